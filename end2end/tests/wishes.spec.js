// What one wants to be mailed about: choosing it, stopping it by the link in a mail, and the mail that there
// is a recording.
import { session, signIn } from '../support/account.js';
import { complaints } from '../support/axe.js';
import { PostOffice } from '../support/post.js';
import { Site } from '../support/server.js';
import { expect, instant, test, unique } from '../support/test.js';

const somebody = () => `${unique('person')}@exempel.se`;
const heading = (page) => page.getByRole('heading', { level: 1 });
const unwanted = (db, email) =>
  db.sql('select w.kind from mail_wishes w join people p on p.id = w.person_id where p.email = $1 and not w.wanted order by w.kind', [email])
    .then((rows) => rows.map((row) => row.kind));

/** The secret by which a person stops a kind of mail, as the jobs make it with the first such mail. */
async function secretOf(db, email, kind) {
  await db.sql("insert into people (name, email, email_key) values ('Åsa', $1, $1) on conflict do nothing", [email]);
  await db.sql('insert into mail_wishes (person_id, kind) select id, $2 from people where email = $1 on conflict do nothing', [email, kind]);
  return db.value('select w.token from mail_wishes w join people p on p.id = w.person_id where p.email = $1 and w.kind = $2', [email, kind]);
}

/** An event that is over, and one who had a place, with this status. */
async function over(db, status, { daysAgo = 1, ...fields } = {}) {
  const starts = new Date(Date.now() - daysAgo * 86_400_000 - 2 * 3_600_000);
  const event = await db.event({ starts, title_sv: 'Att våga', title_en: 'Daring', ...fields });
  const [row] = await db.fill(event, 1);
  await db.sql('update sign_ups set status = $2 where id = $1', [row.id, status]);
  return { event, email: row.email };
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('chosen on a page of one\'s own, and kept', async ({ page, site }) => {
      const email = somebody();
      const event = await site.db.event({ starts: '2031-05-14 09:00', sign_up_opens_at: instant('2031-04-01 08:00'), title_sv: 'Öppnar i april' });
      await site.server.post(`${event.path}/watch`, { email });
      await signIn(page, site, email);
      await page.goto(`${site.url}/me`);
      await page.getByRole('link', { name: 'Mejl till dig' }).click();
      await expect(heading(page)).toHaveText('Mejl till dig');
      await expect(page.locator('main')).toContainText(`Mejlen går till ${email}.`);
      await expect(page.locator('main')).toContainText('Det som rör din egen plats får du alltid veta');
      const boxes = page.getByRole('group', { name: 'Det här vill du ha mejl om' }).getByRole('checkbox');
      await expect(boxes).toHaveCount(3);
      for (const box of await boxes.all()) await expect(box).toBeChecked();
      await page.getByLabel('Påminnelse en timme före').uncheck();
      await page.getByLabel('När det finns en inspelning').uncheck();
      await page.getByRole('button', { name: 'Spara' }).click();
      await expect(page).toHaveURL('/me/mail?saved');
      await expect(page.getByText('Sparat', { exact: true })).toBeVisible();
      expect(await unwanted(site.db, email)).toEqual(['hour', 'recording']);
      await page.goto('/me/mail');
      await expect(page.getByText('Sparat', { exact: true })).toHaveCount(0);
      await expect(page.getByLabel('Påminnelse dagen före')).toBeChecked();
      await expect(page.getByLabel('Påminnelse en timme före')).not.toBeChecked();

      // What one watches, in a list.
      const watched = page.locator('section').filter({ hasText: 'Anmälningar som du bevakar' });
      await expect(watched.getByRole('listitem')).toHaveCount(1);
      await expect(watched.getByRole('link', { name: 'Öppnar i april' })).toHaveAttribute('href', event.path);
      await page.getByRole('button', { name: 'Sluta bevaka: Öppnar i april' }).click();
      await expect(watched).toContainText('Du bevakar ingen anmälan just nu');
      expect(await site.db.value('select count(*) from opening_watchers where email = $1', [email])).toBe(0);

      // None at all, which browsers send as an empty form; and back.
      await page.getByLabel('Påminnelse dagen före').uncheck();
      await page.getByRole('button', { name: 'Spara' }).click();
      await expect(page).toHaveURL('/me/mail?saved');
      expect(await unwanted(site.db, email)).toEqual(['day', 'hour', 'recording']);
      await page.getByLabel('När det finns en inspelning').check();
      await page.getByRole('button', { name: 'Spara' }).click();
      await expect(page).toHaveURL('/me/mail?saved');
      await expect.poll(() => unwanted(site.db, email)).toEqual(['day', 'hour']);
    });

    test('in English, from one\'s account', async ({ page, site }) => {
      const email = somebody();
      await page.goto('/en/me/mail');
      await expect(heading(page)).toHaveText('Sign in first');
      await signIn(page, site, email, { lang: 'en' });
      await page.goto(`${site.url}/en/me`);
      await page.getByRole('link', { name: 'Your account' }).click();
      await page.getByRole('main').getByRole('link', { name: 'Mail to you' }).click();
      await expect(heading(page)).toHaveText('Mail to you');
      await expect(page.locator('main')).toContainText('What concerns your own place you are always told');
      await page.getByLabel('Reminder the day before').uncheck();
      await page.getByRole('button', { name: 'Save' }).click();
      await expect(page).toHaveURL('/en/me/mail?saved');
      await expect(page.getByText('Saved', { exact: true })).toBeVisible();
      expect(await unwanted(site.db, email)).toEqual(['day']);
    });

    test('the link in a mail asks first, and then stops that kind alone', async ({ page, site }) => {
      const email = somebody();
      const path = `/unsubscribe/${await secretOf(site.db, email, 'hour')}`;
      await page.goto(path);
      await expect(heading(page)).toHaveText('Sluta få mejl om det här?');
      await expect(page.locator('main')).toContainText('En timme före det du är anmäld till får du en påminnelse.');
      expect(await unwanted(site.db, email)).toEqual([]);
      await page.getByRole('button', { name: 'Ja, sluta mejla mig' }).click();
      await expect(page).toHaveURL('/unsubscribe/done');
      await expect(heading(page)).toHaveText('Du får inga fler mejl om det här');
      expect(await unwanted(site.db, email)).toEqual(['hour']);
      // Again: it says how things are.
      await page.goto(`/en${path}`);
      await expect(heading(page)).toHaveText('You get no more mail about this');
      await expect(page.getByRole('link', { name: 'Choose what you want mail about' })).toHaveAttribute('href', '/en/me/mail');
    });
  });
}

test('one click of a mail provider: from elsewhere, as it likes, and no more than that kind', async ({ site }) => {
  const [email, other] = [somebody(), somebody()];
  const token = await secretOf(site.db, email, 'recording');
  await secretOf(site.db, other, 'recording');
  const elsewhere = { 'sec-fetch-site': 'cross-site', origin: 'https://mail.example' };
  const bodies = [
    ['List-Unsubscribe=One-Click', 'application/x-www-form-urlencoded'],
    ['--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n', 'multipart/form-data; boundary=x'],
  ];
  for (const [body, kind] of bodies) {
    await site.db.sql('update mail_wishes set wanted = true where token = $1', [token]);
    const answer = await site.server.raw(`/unsubscribe/${token}`, { method: 'POST', body, headers: { 'content-type': kind, ...elsewhere } });
    expect(answer.status).toBe(200);
    expect(await unwanted(site.db, email)).toEqual(['recording']);
  }
  expect(await unwanted(site.db, other)).toEqual([]);
  // Looking at the link is nothing, however often.
  await site.db.sql('update mail_wishes set wanted = true where token = $1', [token]);
  for (const method of ['GET', 'HEAD', 'GET']) {
    expect((await site.server.raw(`/unsubscribe/${token}`, { method, headers: elsewhere })).status).toBe(200);
  }
  expect(await unwanted(site.db, email)).toEqual([]);
});

test('what is no link leads nowhere, and breaks nothing', async ({ site }) => {
  const garbage = ['%00', 'a%00b', '%ff', '%C3%A5', '..%2f', "'%20or%201=1", 'a.b', 'x'.repeat(3_000)];
  for (const lang of ['', '/en']) {
    for (const token of garbage) {
      for (const method of ['GET', 'POST']) {
        const body = method === 'POST' ? 'List-Unsubscribe=One-Click' : undefined;
        const answer = await site.server.raw(`${lang}/unsubscribe/${token}`, { method, body });
        expect(answer.status, `${method} ${lang}/unsubscribe/${token.slice(0, 20)}`).toBe(404);
      }
    }
    // It may have been a link: whether it was is nobody's business.
    expect((await site.server.raw(`${lang}/unsubscribe/finnsinte`)).status).toBe(404);
    expect((await site.server.post(`${lang}/unsubscribe/finnsinte`, {})).status).toBe(303);
  }
  expect((await site.server.raw('/api/stoppable?lang=sv&token=%00')).status).toBe(404);
  expect(await site.db.value('select count(*) from mail_wishes where token is null')).toBe(0);
});

test('without a session nothing is told or changed, nor anything that is another\'s', async ({ site }) => {
  const [mine, theirs] = [somebody(), somebody()];
  const event = await site.db.event({ starts: '2031-05-14 09:00', sign_up_opens_at: instant('2031-04-01 08:00') });
  await site.server.post(`${event.path}/watch`, { email: theirs });
  const watch = await site.db.value('select id from opening_watchers where email = $1', [theirs]);
  const cookie = await session(site, mine);
  await session(site, theirs);
  const left = () => site.db.value('select count(*) from opening_watchers where id = $1', [watch]);
  const end = `/me/mail/watches/${watch}/end`;
  expect((await site.server.post(end, {}, { accept: 'application/json' })).status).toBe(401);
  expect((await site.server.post(end, {})).headers.location).toBe('/me/mail');
  expect((await site.server.post(end, {}, { cookie })).status).toBe(303);
  expect(await left()).toBe(1);
  expect((await site.server.post(end, {}, { cookie: await session(site, theirs), origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  expect(await left()).toBe(1);
  for (const id of ['%00', '0', '-1', 'abc', '99999999999999999999']) {
    expect((await site.server.post(`/me/mail/watches/${id}/end`, {}, { cookie })).status, id).toBeLessThan(500);
  }
  expect((await site.server.raw('/me/mail')).status).toBe(401);
  expect((await site.server.raw('/api/wishes?lang=sv')).status).toBe(401);
  expect((await site.server.post('/me/mail', {}, { accept: 'application/json' })).status).toBe(401);
  expect((await site.server.post('/me/mail', { day: 'yes' }, { cookie, origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  for (const body of ['%', 'day=%00', `day=${'a'.repeat(1_000_000)}`, '\xff\xfe']) {
    expect((await site.server.post('/me/mail', body, { cookie })).status, body.slice(0, 9)).toBeLessThan(500);
  }
});

test('the pages on a phone and wide, light and dark, in both languages', async ({ page, site }) => {
  test.setTimeout(60_000);
  const email = somebody();
  const event = await site.db.event({ starts: '2031-05-14 09:00', sign_up_opens_at: instant('2031-04-01 08:00'), title_sv: 'En mycket lång rubrik om innovationsledningsutvecklingsarbete i kommuner' });
  await site.server.post(`${event.path}/watch`, { email });
  await signIn(page, site, email);
  const link = `/unsubscribe/${await secretOf(site.db, email, 'day')}`;
  const wrong = [];
  for (const path of ['/me/mail', '/me/mail?saved', link, '/unsubscribe/done']) {
    for (const lang of ['', '/en']) {
      await page.goto(`${lang}${path}`);
      wrong.push(...(await complaints(page, lang ? 'en' : 'sv')));
    }
  }
  expect(wrong).toEqual([]);
});

test('there is a recording: told once, by two servers, to those who had a place and want to know', async ({ guard }) => {
  test.setTimeout(90_000);
  const office = await PostOffice.open();
  const smtp = { STAFETT_SMTP_URL: office.url, STAFETT_MAIL_FROM: 'Stafett <stafett@exempel.se>' };
  const site = await Site.create('empty', smtp);
  try {
    // Either of them may tell, and links lead to the same site.
    await site.another({ ...smtp, STAFETT_PUBLIC_URL: site.url });
    const { event, email } = await over(site.db, 'attended');
    const [absent, unwilling] = await site.db.fill(event, 2);
    await site.db.sql("update sign_ups set status = 'no_show', language = 'en' where id = $1", [absent.id]);
    await secretOf(site.db, unwilling.email, 'recording');
    await site.db.sql("update mail_wishes set wanted = false where kind = 'recording'");
    const old = await over(site.db, 'attended', { daysAgo: 70 });
    for (const { id } of [event, old.event]) await site.db.insert('recordings', { event_id: id, title: 'Allt', slug: unique('inspelning'), state: 'published', published_at: new Date() });
    await expect.poll(() => office.to(email).length, { timeout: 30_000 }).toBe(1);
    const [told] = office.to(email);
    expect(told.subject).toBe('Inspelningen finns: Att våga');
    expect(told.text).toContain(`${event.path}\n`);
    const link = `${site.url}/unsubscribe/${await secretOf(site.db, email, 'recording')}`;
    expect(told.source).toContain(`\r\nList-Unsubscribe: <${link}>\r\n`);
    expect(told.source).toContain('\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n');
    expect(told.text).toContain(link);
    expect(told.html).toContain(`href="${link}"`);
    const [english] = await office.wait(absent.email);
    expect(english.subject).toBe('The recording is here: Daring');
    // The next round of either server tells nobody anew.
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(office.mails).toHaveLength(2);
    const stop = await site.server.post(new URL(link).pathname, 'List-Unsubscribe=One-Click');
    expect(stop.status).toBe(200);
    expect(await unwanted(site.db, email)).toEqual(['recording']);
  } finally {
    guard.end();
    await site.remove();
    await office.close();
  }
});

test('a reminder says how reminders of its kind are stopped', async ({ guard }) => {
  test.setTimeout(60_000);
  const office = await PostOffice.open();
  const site = await Site.create('empty', { STAFETT_SMTP_URL: office.url, STAFETT_MAIL_FROM: 'Stafett <stafett@exempel.se>' });
  try {
    const event = await site.db.event({ starts: new Date(Date.now() + 50 * 60_000), title_sv: 'Snart' });
    const [willing, unwilling] = await site.db.fill(event, 2);
    await secretOf(site.db, unwilling.email, 'hour');
    await site.db.sql('update mail_wishes set wanted = false');
    await site.db.sql("update sign_ups set created_at = now() - interval '1 day'");
    await expect.poll(() => office.to(willing.email).length, { timeout: 30_000 }).toBe(1);
    const [mail] = office.to(willing.email);
    const link = `${site.url}/unsubscribe/${await secretOf(site.db, willing.email, 'hour')}`;
    expect(mail.source).toContain(`\r\nList-Unsubscribe: <${link}>\r\n`);
    expect(mail.source).toContain('\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n');
    expect(mail.text).toContain('Vill du inte bli påmind en timme före:');
    expect(office.to(unwilling.email)).toEqual([]);
    // What concerns one's own place comes all the same.
    await site.server.post(`${unwilling.path}/cancel`, {});
    expect((await office.wait(unwilling.email))[0].subject).toBe('Du är avanmäld: Snart');
  } finally {
    guard.end();
    await site.remove();
    await office.close();
  }
});
