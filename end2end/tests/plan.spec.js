import { signIn, session } from '../support/account.js';
import { complaints, violations } from '../support/axe.js';
import { withRole } from '../support/organiser.js';
import { expect, test, unique } from '../support/test.js';

const heading = (page) => page.getByRole('heading', { level: 1 });
const said = (page) => page.getByRole('main').getByRole('status');
const save = (page) => page.locator('.save').getByRole('button').click();

/** A programme with somebody who organises it. */
async function desk(site) {
  const programme = await site.db.programme();
  return { programme, email: await withRole(site.db, programme.id) };
}

async function eventOf(site, fields = {}) {
  const { programme, email } = await desk(site);
  const event = await site.db.event({ programme_id: programme.id, starts: '2031-05-14 09:00', seats: { digital: 9 }, ...fields });
  return { event, programme, email, form: `${site.url}/organise/events/${event.slug}/edit` };
}

for (const script of [true, false]) {
  test.describe(script ? 'planning' : 'planning without JavaScript', () => {
    test.use({ javaScriptEnabled: script });

    test('an event from nothing to what participants see', async ({ page, site, window }) => {
      const { programme, email } = await desk(site);
      const title = `Lära av Åre ${unique('x')}`;
      await signIn(page, site, email);
      await page.goto(`${site.url}/me`);
      await page.getByRole('link', { name: 'Att arrangera' }).click();
      await page.getByRole('link', { name: 'Ny aktivitet' }).click();
      await expect(heading(page)).toHaveText('Ny aktivitet');
      await page.getByLabel('Program och serie').selectOption({ label: programme.title_sv });
      await page.getByLabel('Titel', { exact: true }).fill(title);
      await page.getByLabel('Datum', { exact: true }).fill('2031-03-30');
      await page.getByLabel('Börjar').fill('02:30');
      await page.getByLabel('Slutar', { exact: true }).fill('04:00');
      await page.locator('#summary_sv').fill('Vi **ses**.\n\n<script>window.hacked = 1</script>[x](javascript:alert(1))');

      // Rows come and move without anything being saved or lost.
      await page.getByLabel('Minuter 1').fill('25');
      await page.getByLabel('Vad som händer 1').fill('Föredrag');
      await page.getByRole('region', { name: 'Programpunkter' }).getByRole('button', { name: 'Lägg till en rad' }).click();
      await expect(page.getByText('Inget är sparat än.')).toBeVisible();
      await page.getByLabel('Minuter 2').fill('15');
      await page.getByLabel('Vad som händer 2').fill('Frågor');
      await page.getByRole('button', { name: 'Upp 2' }).click();
      await expect(page.getByLabel('Vad som händer 1')).toHaveValue('Frågor');
      await page.getByRole('button', { name: 'Ned 1' }).click();
      await expect(page.getByLabel('Vad som händer 1')).toHaveValue('Föredrag');
      await page.getByLabel('Namn 1').fill('Eva Ny');
      await page.getByLabel('Roll 1').fill('Innovationsledare');
      await page.getByRole('button', { name: 'Visa beskrivningen som den blir' }).click();
      await expect(page.locator('.looks strong')).toHaveText('ses');
      await expect(page.getByLabel('Titel', { exact: true })).toHaveValue(title);

      // That night the clock goes from two to three.
      await save(page);
      await expect(page.locator('#starts-error')).toContainText('Den tiden finns inte');
      await expect(page.getByRole('alert').getByRole('link')).toHaveCount(1);
      await page.getByLabel('Börjar').fill('08:00');
      await page.getByLabel('Slutar', { exact: true }).fill('08:45');
      await save(page);
      await expect(said(page).filter({ hasText: 'Utkastet är sparat' })).toBeVisible();
      await expect(heading(page)).toHaveText(title);

      const slug = await site.db.value('select slug from events where title_sv = $1', [title]);
      const visitor = await window({ javaScriptEnabled: script });
      expect((await visitor.goto(`${site.url}/events/${slug}`)).status()).toBe(404);
      await page.getByRole('link', { name: 'Så ser deltagarna den' }).click();
      await expect(page.getByRole('note')).toContainText('Så här ser sidan ut för deltagarna');
      await expect(heading(page)).toHaveText(title);
      await expect(page.locator('.lead strong')).toHaveText('ses');
      await expect(page.getByText('Eva Ny')).toBeVisible();
      await expect(page.getByText('08:00–08:25')).toBeVisible();
      if (script) expect(await page.evaluate(() => window.hacked)).toBeUndefined();
      expect(await page.locator('.lead :is(script, a[href^=javascript])').count()).toBe(0);
      await page.getByRole('link', { name: 'Tillbaka till formuläret' }).click();
      await page.getByRole('button', { name: 'Publicera' }).click();
      await expect(said(page).filter({ hasText: 'Den är publicerad.' })).toBeVisible();
      expect((await visitor.goto(`${site.url}/events/${slug}`)).status()).toBe(200);
      await expect(visitor.locator('.lead strong')).toHaveText('ses');
      const description = await visitor.locator('meta[name=description]').getAttribute('content');
      expect(description).toMatch(/^Vi ses\./);
      const ics = await site.server.raw(`/events/${slug}.ics?lang=sv`);
      expect(ics.text).toContain('DESCRIPTION:Vi ses.');
    });

    test('two organisers at once: nothing is lost, and where both wrote one chooses', async ({ page, site, window }) => {
      const { event, programme, email, form } = await eventOf(site, { title_sv: `Ett ${unique('t')}`, slots: [[25, 'Föredrag']] });
      await signIn(page, site, email);
      const other = await window({ javaScriptEnabled: script });
      await signIn(other, site, await withRole(site.db, programme.id));
      await page.goto(form);
      await other.goto(form);
      await other.getByLabel('Titel', { exact: true }).fill('Den andras titel');
      await other.getByLabel('Vad som händer 1').fill('Långt föredrag');
      await other.getByLabel('Digitala platser').fill('40');
      await save(other);
      await expect(said(other).filter({ hasText: 'Sparat.' })).toBeVisible();

      await page.getByLabel('Titel', { exact: true }).fill('Min titel');
      await page.getByLabel('Lokal').fill('Rum 5');
      const [answer] = await Promise.all([page.waitForResponse((response) => response.request().method() === 'POST'), save(page)]);
      expect(answer.status()).toBe(409);
      await expect(page.getByRole('heading', { name: 'Någon annan har ändrat samma sak' })).toBeVisible();
      const choice = page.getByRole('group', { name: 'Titel' });
      await expect(choice).toContainText('Min titel');
      await expect(choice).toContainText('Den andras titel');
      // What only one has changed is there already.
      await expect(page.getByLabel('Vad som händer 1')).toHaveValue('Långt föredrag');
      await expect(page.getByLabel('Digitala platser')).toHaveValue('40');
      await expect(page.getByLabel('Lokal')).toHaveValue('Rum 5');
      // Without a choice one is asked again.
      await save(page);
      await expect(choice).toBeVisible();
      expect(await site.db.value('select title_sv from events where id = $1', [event.id])).toBe('Den andras titel');
      await choice.getByRole('radio', { name: 'Mitt' }).check();
      await save(page);
      await expect(said(page).filter({ hasText: 'Sparat.' })).toBeVisible();
      const [now] = await site.db.sql('select title_sv, venue from events where id = $1', [event.id]);
      expect(now).toEqual({ title_sv: 'Min titel', venue: 'Rum 5' });
      expect(await site.db.value('select title_sv from slots where event_id = $1', [event.id])).toBe('Långt föredrag');
    });

    test('cancelled with a word to those signed up, a copy, put away', async ({ page, site }) => {
      const { event, email, form } = await eventOf(site);
      await site.server.signUp(event, { name: 'Anmäld Åsa' });
      await signIn(page, site, email);
      await page.goto(form);
      await page.locator('summary', { hasText: 'Ställ in' }).click();
      await expect(page.getByText('Den som är anmäld får ett mejl.')).toBeVisible();
      await page.getByLabel('Ett ord till de anmälda').fill('Talaren är <b>sjuk</b>.');
      await page.getByRole('button', { name: 'Ja, ställ in' }).click();
      await expect(said(page).filter({ hasText: 'Den är inställd.' })).toBeVisible();
      await page.goto(event.path);
      await expect(page.getByText('Talaren är <b>sjuk</b>.')).toBeVisible();
      expect(await site.db.value("select count(*) from mails where event_id = $1 and kind = 'event_cancelled'", [event.id])).toBe(1);
      await page.goto(form);
      await page.getByRole('button', { name: 'Gör en kopia' }).click();
      await expect(said(page).filter({ hasText: 'Det här är en kopia' })).toBeVisible();
      await page.getByRole('button', { name: 'Lägg undan' }).click();
      await expect(said(page).filter({ hasText: 'Den är undanlagd.' })).toBeVisible();
      await page.goto(`${site.url}/organise`);
      await page.locator('summary', { hasText: 'Undanlagt' }).click();
      await page.locator('.planning details').getByRole('link', { name: event.title }).click();
      await page.getByRole('button', { name: 'Ta fram igen' }).click();
      await expect(said(page).filter({ hasText: 'Den är framtagen igen.' })).toBeVisible();
    });
  });
}

for (const script of [true, false]) {
  test.describe(script ? 'a series' : 'a series without JavaScript', () => {
    test.use({ javaScriptEnabled: script });

    test('seven Wednesdays from a pattern, a date changed, published, and a change for the later ones', async ({ page, site }) => {
      const { email, programme } = await desk(site);
      const title = unique('Timmen');
      await signIn(page, site, email);
      await page.goto(`${site.url}/organise/series/new`);
      await page.getByLabel('Seriens titel', { exact: true }).fill(title);
      await page.getByLabel('Första datumet').fill('2031-04-23');
      await page.getByLabel('Antal stopp').fill('7');
      await page.getByLabel('Börjar').fill('08:00');
      await page.getByLabel('Slutar').fill('08:45');
      await page.getByLabel('Stoppens titel', { exact: true }).fill(`${title}, del #`);
      await page.getByLabel('Minuter 1').fill('25');
      await page.getByLabel('Vad som händer 1').fill('Presentation');
      await page.getByRole('region', { name: 'Programpunkter' }).getByRole('button', { name: 'Lägg till en rad' }).click();
      await page.getByLabel('Minuter 2').fill('15');
      await page.getByLabel('Vad som händer 2').fill('Frågor');
      await page.getByRole('region', { name: 'Datumen' }).getByRole('button', { name: 'Visa datumen' }).click();
      const dates = page.getByRole('region', { name: 'Datumen' }).getByRole('listitem');
      await expect(dates).toHaveCount(7);
      // Thursday 22 May 2031 is Ascension Day.
      await page.getByLabel('Datum 5').fill('2031-05-22');
      await page.getByLabel('Datum 7').fill('');
      await page.getByRole('button', { name: 'Gör 7 utkast' }).click();
      await expect(said(page).filter({ hasText: 'Serien är gjord.' })).toBeVisible();
      expect(await site.db.value('select count(*) from events where programme_id = $1', [programme.id])).toBe(6);
      await page.getByRole('button', { name: `Publicera alla 6 i ${title}` }).click();
      await expect(said(page).filter({ hasText: 'Hela serien är publicerad.' })).toBeVisible();

      const [second] = await site.db.sql('select slug from events where title_sv = $1', [`${title}, del 2`]);
      await page.goto(`${site.url}/organise/events/${second.slug}/edit`);
      await page.getByLabel('Vad som händer 2').fill('Samtal');
      await page.getByLabel('Gör samma ändring i senare stopp').check();
      await save(page);
      await expect(said(page).filter({ hasText: 'Sparat, här och i senare stopp.' })).toBeVisible();
      expect(await site.db.value("select count(*) from slots s join events e on e.id = s.event_id where e.programme_id = $1 and s.title_sv = 'Samtal'", [programme.id])).toBe(5);
    });
  });
}

test('an open page of the event follows what is saved', async ({ page, site, open }) => {
  const { event, email } = await eventOf(site, { slots: [[25, 'Föredrag']] });
  await open(`${site.url}${event.path}`);
  const cookie = await session(site, email);
  const path = `/organise/events/${event.slug}/edit`;
  const api = JSON.parse((await site.server.raw(`/api/organise-plan?lang=sv&slug=${event.slug}`, { headers: { cookie } })).text);
  const fields = { ...api.sheet, base: api.base, 'slots-minutes': '45', 'slots-title_sv': 'Workshop', 'slots-title_en': '' };
  const answer = await site.server.post(path, fields, { cookie });
  expect(answer.status).toBe(303);
  await expect(page.getByText('Workshop')).toBeVisible({ timeout: 3000 });
});

test('who may plan', async ({ site }) => {
  const { event, programme } = await eventOf(site, { state: 'draft' });
  const stranger = await desk(site);
  const host = await withRole(site.db, programme.id, 'host');
  const path = `/organise/events/${event.slug}`;
  for (const [who, status] of [[null, 401], ['nagon-annan@exempel.se', 403], [host, 403], [stranger.email, 403]]) {
    const headers = who ? { cookie: await session(site, who) } : {};
    for (const [address, fields] of [
      [`${path}/edit`, { title_sv: 'Stulen' }],
      [`${path}/state`, { to: 'published' }],
      [`${path}/duplicate`, {}],
      [`${path}/archive`, { away: 'yes' }],
      ['/organise/events/finns-inte/edit', { title_sv: 'X' }],
    ]) {
      expect((await site.server.post(address, fields, headers)).status, `${who} ${address}`).toBe(status);
    }
    for (const address of [`${path}/edit`, `${path}/preview`, `/api/organise-plan?lang=sv&slug=${event.slug}`, `/api/event-preview?lang=sv&slug=${event.slug}`]) {
      const seen = await site.server.raw(address, { headers });
      expect(seen.status, `${who} ${address}`).toBe(status);
      expect(seen.text).not.toContain(event.title);
    }
    if (who !== stranger.email) expect((await site.server.post('/organise/events/new', { title_sv: 'X' }, headers)).status).toBe(status);
  }
  // Into somebody else's programme nothing is made.
  const cookie = await session(site, stranger.email);
  const made = await site.server.post('/organise/events/new', { home: String(programme.id), kind: 'seminar', title_sv: 'Insmugglad', date: '2031-01-01', starts: '08:00', ends: '09:00', time_zone: 'Europe/Stockholm', format: 'digital' }, { cookie });
  expect(made.status).toBe(422);
  expect(await site.db.value("select count(*) from events where title_sv in ('Insmugglad', 'Stulen')")).toBe(0);
  expect((await site.server.raw(`/api/organise-drafts?lang=sv`, { headers: { cookie } })).text).not.toContain(event.title);
});

for (const [lang, prefix] of [['sv', ''], ['en', '/en']]) {
  test(`nothing to complain of in the form, ${lang}`, async ({ page, site }) => {
    const { event, programme, email } = await eventOf(site, { title_sv: 'Innovationsledningsutvecklingsarbete '.repeat(5).trim(), slots: [[25, 'Å'.repeat(200)], [15, 'Frågor']], speakers: ['Eva Ek'] });
    await site.db.insert('materials', { programme_id: programme.id, event_id: event.id, position: 1, kind: 'link', title: 'Ä'.repeat(200) });
    await signIn(page, site, email, { lang });
    for (const path of ['/organise', '/organise/events/new', '/organise/series/new', `/organise/events/${event.slug}/edit`, `/organise/events/${event.slug}/preview`]) {
      await page.goto(`${site.url}${prefix}${path}`);
      for (const summary of await page.locator('main summary').all()) await summary.click();
      expect(await complaints(page, lang)).toEqual([]);
    }
    // And when it comes back with something wrong, by the keyboard alone: Enter in a field saves.
    await page.goto(`${site.url}${prefix}/organise/events/${event.slug}/edit`);
    await page.locator('#ends').fill('01:00');
    await page.locator('#title_en').focus();
    await page.keyboard.press('Enter');
    await expect(page.locator('#ends-error')).toBeVisible();
    await expect(page.locator('#errors')).toBeFocused();
    expect(await violations(page)).toEqual([]);
  });
}
