import { session, signIn } from '../support/account.js';
import { complaints } from '../support/axe.js';
import { crowd, question, withRole } from '../support/organiser.js';
import { expect, test } from '../support/test.js';

const people = (page) => page.locator('.person');
const section = (page, name) => page.getByRole('region', { name: new RegExp(`^${name}`) });
const awake = (page) => page.waitForSelector('.roll[data-awake]');

async function eventOf(site, fields = {}) {
  const programme = await site.db.programme();
  const event = await site.db.event({ programme_id: programme.id, starts: '2031-05-14 09:00', seats: { digital: 1000 }, ...fields });
  return { event, programme, email: await withRole(site.db, programme.id), address: `${site.url}/organise/events/${event.slug}` };
}

for (const script of [true, false]) {
  test.describe(script ? 'the list' : 'the list without JavaScript', () => {
    test.use({ javaScriptEnabled: script });

    test('searched, filtered, put in order and leafed through, all of it in the address', async ({ page, site }) => {
      const { event, email, address } = await eventOf(site);
      const food = await question(site.db, event, { kind: 'choice', label_sv: 'Mat?', options_sv: ['Ärtsoppa', 'Fisk'] });
      await crowd(site.db, event, 120, { name: "'Nr ' || lpad(n::text, 3, '0')" });
      await crowd(site.db, event, 2, { status: 'waitlisted', name: "case n when 1 then 'Åsa Öberg' else 'Bo Ek' end", organisation: "'Örebro kommun'" });
      await site.db.sql("insert into sign_up_answers select id, $1, 'Ärtsoppa' from sign_ups where event_id = $2 and name in ('Nr 007', 'Bo Ek')", [food, event.id]);
      await signIn(page, site, email);
      await page.goto(address);
      if (script) await awake(page);
      await expect(page.getByRole('heading', { name: 'Anmälda 122 personer' })).toBeVisible();
      await expect(people(page)).toHaveCount(100);
      await expect(page.getByText('Sida 1 av 2')).toBeVisible();

      await page.getByRole('link', { name: 'Nästa' }).click();
      await expect(people(page)).toHaveCount(22);
      await expect(section(page, 'Har plats').getByRole('listitem')).toHaveCount(20);
      await expect(section(page, 'Väntelistan').getByRole('listitem')).toHaveText([/1\. Åsa Öberg/, /2\. Bo Ek/]);
      expect(new URL(page.url()).searchParams.get('page')).toBe('2');

      await page.getByRole('searchbox').fill('oberg orebro');
      await page.getByRole('button', { name: 'Sök' }).click();
      await expect(people(page)).toHaveText([/Åsa Öberg/]);
      expect(new URL(page.url()).searchParams.get('q')).toBe('oberg orebro');
      await page.getByRole('searchbox').fill('finns inte');
      await page.getByRole('button', { name: 'Sök' }).click();
      await expect(page.getByText('Ingen passar det du har valt.')).toBeVisible();
      await page.getByRole('link', { name: 'Visa alla' }).click();
      await expect(people(page)).toHaveCount(100);

      await page.locator('summary', { hasText: 'Filter' }).click();
      await page.getByLabel('Mat?', { exact: true }).selectOption({ label: 'Ärtsoppa' });
      if (!script) await page.getByRole('button', { name: 'Sök' }).click();
      await expect(people(page)).toHaveText([/Nr 007/, /Bo Ek/]);
      await page.getByRole('link', { name: /^Väntelistan/ }).click();
      await expect(people(page)).toHaveText([/Bo Ek/]);
      await page.getByRole('link', { name: /^Alla/ }).click();
      await expect(people(page)).toHaveCount(2);
      await page.getByLabel('Ordning').selectOption({ label: 'Namn, A till Ö' });
      if (!script) await page.getByRole('button', { name: 'Sök' }).click();
      await expect(people(page)).toHaveText([/Bo Ek/, /Nr 007/]);
      // The address says all of it: whoever gets it sees the same.
      const shared = page.url();
      await page.goto('about:blank');
      await page.goto(shared);
      await expect(people(page)).toHaveText([/Bo Ek/, /Nr 007/]);
      await expect(page.getByLabel('Mat?', { exact: true })).toHaveValue('Ärtsoppa');
    });

    test('several are approved at once', async ({ page, site }) => {
      const { event, email, address } = await eventOf(site, { needs_approval: true });
      await crowd(site.db, event, 4, { status: 'requested', name: "'Frågar ' || n" });
      await signIn(page, site, email);
      await page.goto(`${address}?sort=-name`);
      if (script) await awake(page);
      await page.getByLabel('Välj Frågar 1').check();
      await page.getByLabel('Välj Frågar 3').check();
      if (script) await expect(page.getByText('2 valda')).toBeVisible();
      await page.getByRole('button', { name: 'Godkänn valda' }).click();
      await expect(page.getByRole('main').getByRole('status').filter({ hasText: 'Godkänt.' })).toBeVisible();
      // Where one was.
      await expect(people(page)).toHaveText([/Frågar 4.*väntar/s, /Frågar 3.*har plats/s, /Frågar 2.*väntar/s, /Frågar 1.*har plats/s]);
      expect(await site.db.standing(event)).toEqual({ requested: 2, confirmed: 2 });
      await page.getByRole('button', { name: 'Godkänn valda' }).click();
      await expect(page.getByText('Ingen var vald')).toBeVisible();
      await page.locator('summary', { hasText: 'Neka valda' }).click();
      await page.getByLabel('Välj Frågar 4').check();
      await page.locator('#reason-chosen').fill('Tyvärr.');
      await page.getByRole('button', { name: 'Neka valda' }).click();
      await expect(people(page).first()).toContainText('Tyvärr.');
      expect(await site.db.standing(event)).toEqual({ requested: 1, refused: 1, confirmed: 2 });
    });
  });
}

test('what happens shows within a second, and takes nothing away from whoever is at work', async ({ page, site, window }) => {
  const { event, email, address } = await eventOf(site, { needs_approval: true });
  await crowd(site.db, event, 3, { status: 'requested', name: "(array['Frågar 1', 'Frågar 2', 'Frågar 3 Ödla'])[n]" });
  const other = await window();
  for (const each of [page, other]) {
    await signIn(each, site, email);
    await each.goto(address);
    await awake(each);
  }
  // One is writing why, with somebody chosen.
  await page.getByLabel('Välj Frågar 3').check();
  const last = people(page).filter({ hasText: 'Frågar 3' });
  await last.locator('summary').click();
  await last.locator('textarea').fill('Det här skriver jag just');
  await last.locator('textarea').focus();
  const top = async () => (await last.boundingBox()).y;
  const before = await top();

  // The other approves somebody above, and somebody signs up.
  await other.getByRole('button', { name: 'Godkänn: Frågar 1' }).click();
  await expect(section(page, 'Har plats').getByRole('listitem')).toHaveText([/Frågar 1/], { timeout: 1000 });
  await site.server.signUp(event, { name: 'Nya Åke' });
  await expect(section(page, 'Väntar på svar').getByRole('listitem')).toHaveText([/Frågar 2/, /Frågar 3/, /Nya Åke/], { timeout: 1000 });
  await expect(last.locator('textarea')).toHaveValue('Det här skriver jag just');
  await expect(last.locator('textarea')).toBeFocused();
  await expect(page.getByLabel('Välj Frågar 3')).toBeChecked();
  await expect(page.getByText('1 vald')).toBeVisible();
  await expect.poll(async () => Math.abs((await top()) - before)).toBeLessThan(2);

  // A mail that comes back moves no seat, and shows.
  await site.db.sql(
    "insert into mails (kind, to_address, language, sign_up_id, event_id, state) select 'requested', 'x@y.se', 'sv', id, event_id, 'queued' from sign_ups where event_id = $1 and name = 'Frågar 2'",
    [event.id],
  );
  await site.db.sql("update mails set state = 'failed', problem = '550 <b>nobody' where event_id = $1 and to_address = 'x@y.se'", [event.id]);
  await expect(page.getByText('550 <b>nobody')).toBeVisible({ timeout: 2000 });

  // What is being searched for is not written over either.
  const field = page.getByRole('searchbox');
  // Not by a digit: addresses are searched, too, and have some of their own.
  await field.pressSequentially('fragar odla', { delay: 60 });
  await expect(people(page)).toHaveText([/Frågar 3/]);
  await expect(field).toHaveValue('fragar odla');
  await expect(field).toBeFocused();
  await expect(last.locator('textarea')).toHaveValue('Det här skriver jag just');
  await site.server.signUp(event, { name: 'Ännu En' });
  await expect(page.getByRole('link', { name: 'Väntar på svar 4' })).toBeVisible({ timeout: 1000 });
  await expect(people(page)).toHaveCount(1);
});

test('chosen over several pages, and everybody who is found', async ({ page, site }) => {
  const { event, email, address } = await eventOf(site, { needs_approval: true });
  await crowd(site.db, event, 230, {
    // A word that no made-up address or organisation can have.
    status: 'requested', name: "'Nr ' || lpad(n::text, 3, '0') || case when n::text like '%1%' then ' Xerxes' else '' end",
  });
  await signIn(page, site, email);
  await page.goto(address);
  await awake(page);
  await page.getByLabel('Välj Nr 002').check();
  await page.getByRole('link', { name: 'Nästa' }).click();
  await page.getByLabel('Välj Nr 150').check();
  await expect(page.getByText('2 valda')).toBeVisible();
  await page.getByRole('button', { name: 'Godkänn valda' }).click();
  await expect(page.getByRole('main').getByRole('status').filter({ hasText: 'Godkänt.' })).toBeVisible();
  const approved = () => site.db.sql("select name from sign_ups where event_id = $1 and status = 'confirmed' order by name", [event.id]);
  expect((await approved()).map((row) => row.name)).toEqual(['Nr 002', 'Nr 150 Xerxes']);

  await page.goto(`${address}?q=nr+xerxes`);
  await awake(page);
  await page.getByRole('button', { name: 'Välj alla på sidan' }).click();
  await expect(page.getByText('100 valda')).toBeVisible();
  const found = await site.db.value("select count(*) from sign_ups where event_id = $1 and name like '%Xerxes'", [event.id]);
  await page.getByRole('button', { name: `Välj alla ${found}` }).click();
  await expect(page.getByText(`${found} valda`)).toBeVisible();
  await page.getByRole('button', { name: 'Godkänn valda' }).click();
  await expect(page.getByRole('main').getByRole('status').filter({ hasText: 'Godkänt.' })).toBeVisible();
  expect(await site.db.value("select count(*) from sign_ups where event_id = $1 and status = 'confirmed' and name not like '%Xerxes'", [event.id])).toBe(1);
  expect(await site.db.value("select count(*) from sign_ups where event_id = $1 and status = 'requested' and name like '%Xerxes'", [event.id])).toBe(0);
});

test('with the keyboard alone', async ({ page, site }) => {
  const { event, email, address } = await eventOf(site, { needs_approval: true });
  await crowd(site.db, event, 3, { status: 'requested', name: "'Frågar ' || n" });
  await signIn(page, site, email);
  await page.goto(address);
  await awake(page);
  await page.getByRole('searchbox').focus();
  const reach = async (locator) => {
    for (let step = 0; step < 40; step += 1) {
      if (await locator.evaluate((node) => node === document.activeElement)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error('Tab does not come there');
  };
  const first = page.getByLabel('Välj Frågar 1');
  await reach(first);
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByLabel('Välj Frågar 2')).toBeFocused();
  await page.keyboard.press('Space');
  await expect(page.getByText('2 valda')).toBeVisible();
  // However long the list is, what can be done is one key away, and the page says so.
  await expect(page.getByText('Pilarna går mellan namnen')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Godkänn valda' })).toBeFocused();
  await expect(page.getByText('Pilarna går mellan namnen')).toBeHidden();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main').getByRole('status').filter({ hasText: 'Godkänt.' })).toBeVisible();
  expect(await site.db.standing(event)).toEqual({ requested: 1, confirmed: 2 });
});

test('a host sees who comes, and neither addresses nor boxes', async ({ page, site }) => {
  const { event, programme, address } = await eventOf(site);
  await question(site.db, event, { kind: 'text', label_sv: 'Hemligt?' });
  await crowd(site.db, event, 2);
  const host = await withRole(site.db, programme.id, 'host');
  await signIn(page, site, host);
  await page.goto(`${address}?q=exempel.se`);
  await expect(page.getByText('Ingen passar det du har valt.')).toBeVisible();
  await page.goto(address);
  await expect(people(page)).toHaveCount(2);
  await expect(page.getByRole('checkbox')).toHaveCount(0);
  const main = await page.getByRole('main').innerHTML();
  expect(main).not.toContain('@exempel.se');
  expect(main).not.toContain('Hemligt?');
  for (const [who, status] of [[null, 401], [host, 200]]) {
    const headers = who ? { cookie: await session(site, who) } : {};
    const api = await site.server.raw(`/api/organise-people?lang=sv&slug=${event.slug}&asked=`, { headers });
    expect(api.status).toBe(status);
    expect(api.text).not.toContain('@');
  }
});

for (const [lang, prefix] of [['sv', ''], ['en', '/en']]) {
  test(`300 people with long names and signs, on a phone and on a desk, ${lang}`, async ({ page, site }) => {
    test.setTimeout(90_000);
    const { event, email } = await eventOf(site, { format: 'hybrid', venue: 'Aulan', seats: { digital: 300, on_site: 1 } });
    await question(site.db, event, { kind: 'choice', label_sv: 'Vad vill du äta, om du får välja alldeles själv?', options_sv: ['Ärtsoppa', 'Räksmörgås'] });
    await question(site.db, event, { kind: 'number', label_sv: 'Hur många?' });
    const name = "case n % 3 when 0 then repeat('Å', 200) when 1 then '🙂 👩‍👩‍👧 Eva-Britt ' || n else 'Ali ' || n end";
    await crowd(site.db, event, 200, { name, organisation: "case n % 2 when 0 then repeat('Organisation', 16) else '=1+1' end" });
    await crowd(site.db, event, 1, { name, way: 'on_site' });
    await crowd(site.db, event, 99, { name, status: 'waitlisted', way: 'on_site' });
    await signIn(page, site, email, { lang });
    for (const query of ['?page=3', '?sort=-organisation&way=on_site']) {
      await page.setViewportSize({ width: lang === 'en' ? 390 : 1280, height: 900 });
      await page.goto(`${site.url}${prefix}/organise/events/${event.slug}${query}`);
      await awake(page);
      for (const summary of await page.locator('.roll summary').all()) if (await summary.isVisible()) await summary.click();
      expect(await complaints(page, lang)).toEqual([]);
    }
    // A hundred names on one page.
    for (const width of [320, 390, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      if (width === 320) await page.goto(`${site.url}${prefix}/organise/events/${event.slug}`);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${width}`).toBe(true);
    }
  });
}

test('five thousand chosen are sent and done with, by number or as all but some', async ({ page, site }) => {
  test.setTimeout(90_000);
  const { event, email, address } = await eventOf(site, { seats: { digital: 6000 }, starts: '2020-05-14 09:00' });
  await crowd(site.db, event, 5000, { name: "'Nr ' || lpad(n::text, 4, '0')" });
  const ids = await site.db.sql('select id from sign_ups where event_id = $1 order by id', [event.id]);
  const numbers = ids.map((row) => String(row.id));
  const cookie = await session(site, email);
  const path = `/organise/events/${event.slug}`;
  // As ticked boxes send them, with numbers as long as they become, and in one field.
  const boxes = new URLSearchParams(numbers.map((id) => ['sign_up', id.padStart(9, '0')])).toString();
  expect((await site.server.post(`${path}/no-show`, boxes, { cookie })).headers.location).toMatch(/done=no_show$/);
  expect(await site.db.standing(event)).toEqual({ no_show: 5000 });
  const field = `sign_ups=${numbers.filter((_, at) => at % 2).join('.')}`;
  expect((await site.server.post(`${path}/attended`, field, { cookie })).headers.location).toMatch(/done=attended$/);
  expect(await site.db.standing(event)).toEqual({ attended: 2500, no_show: 2500 });
  // Where one writes to them, with the longest letter, they are all there.
  const letter = new URLSearchParams({ do: 'preview', subject: 'Hej', text: 'å'.repeat(10_000), whom: 'chosen', sign_ups: numbers.join('.') });
  const written = await site.server.post(`${path}/letters`, letter.toString(), { cookie });
  expect(written.status).toBe(200);
  expect(written.text).toMatch(/5.000 personer/);

  await signIn(page, site, email);
  await page.goto(`${address}?sort=name`);
  await awake(page);
  await page.getByRole('button', { name: /^Välj alla 5.000/ }).click();
  await page.getByLabel('Välj Nr 0003').uncheck();
  await page.getByRole('link', { name: 'Nästa' }).click();
  await expect(page.getByLabel('Välj Nr 0105')).toBeChecked();
  await page.getByLabel('Välj Nr 0105').uncheck();
  await expect(page.getByText(/^4.998 valda$/)).toBeVisible();
  await page.getByRole('button', { name: 'Var med', exact: true }).click();
  await expect.poll(() => site.db.standing(event)).toEqual({ attended: 4998, no_show: 2 });
});
