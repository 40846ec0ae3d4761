// People are moved to another date: what becomes of them is said beforehand, done, told and undone.
import { session, signIn } from '../support/account.js';
import { violations } from '../support/axe.js';
import { crowd, withRole } from '../support/organiser.js';
import { expect, test } from '../support/test.js';

const people = (page) => page.locator('.person');
const section = (page, name) => page.getByRole('region', { name: new RegExp(`^${name}`) });
const awake = (page) => page.waitForSelector('.roll[data-awake]');
const said = (page, text) => expect(page.getByRole('main').getByRole('status').filter({ hasText: text })).toBeVisible();

async function two(site, fields = {}) {
  const programme = await site.db.programme();
  const here = await site.db.event({ programme_id: programme.id, title_sv: 'Verkstad i maj', starts: '2031-05-14 09:00', seats: { digital: 3 } });
  const there = await site.db.event({ programme_id: programme.id, title_sv: 'Verkstad i juni', starts: '2031-06-11 09:00', seats: { digital: 1 }, ...fields });
  return { programme, here, there, email: await withRole(site.db, programme.id), address: `${site.url}/organise/events/${here.slug}` };
}

for (const script of [true, false]) {
  test.describe(script ? 'moving' : 'moving without JavaScript', () => {
    test.use({ javaScriptEnabled: script });

    test('said beforehand, done with a mail, followed by their own page, and undone', async ({ page, site }) => {
      const { here, there, email, address } = await two(site);
      await crowd(site.db, here, 2, { name: "'Plats ' || n" });
      await site.server.signUp(here, { name: 'Egen Länk', email: `egen-${here.slug}@exempel.se` });
      const token = await site.db.value("select token from sign_ups where event_id = $1 and name = 'Egen Länk'", [here.id]);
      await signIn(page, site, email);
      await page.goto(address);
      if (script) await awake(page);
      await page.getByLabel('Välj Plats 2').check();
      await page.getByLabel('Välj Egen Länk').check();
      await page.getByRole('button', { name: 'Flytta till en annan dag' }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Flytta 2 personer');
      await expect(page.getByText('Plats 2, Egen Länk')).toBeVisible();
      await expect(page.getByLabel(/Verkstad i juni/)).toBeVisible();
      await expect(page.getByText('1 får plats, 1 hamnar sist på väntelistan.')).toBeVisible();
      if (script) expect(await violations(page)).toEqual([]);
      // Nothing chosen: nothing done, and said so.
      await page.getByRole('button', { name: 'Flytta', exact: true }).click();
      await expect(page.getByRole('alert').or(page.locator('.errors')).first()).toContainText('Välj vart de ska flyttas.');
      expect(await site.db.standing(here)).toEqual({ confirmed: 3 });
      await page.getByLabel(/Verkstad i juni/).check();
      await page.getByRole('button', { name: 'Flytta', exact: true }).click();
      await said(page, 'Flyttat.');
      await expect(section(page, 'Kommer inte').getByRole('listitem')).toHaveText([/Plats 2.*Flyttad till Verkstad i juni, 11 juni 2031/s, /Egen Länk.*Flyttad till/s]);
      expect(await site.db.standing(here)).toEqual({ confirmed: 1, cancelled: 2 });
      expect(await site.db.standing(there)).toEqual({ confirmed: 1, waitlisted: 1 });
      expect((await site.db.sql('select kind from mails where event_id = $1', [there.id])).map((row) => row.kind).sort()).toEqual(['confirmed', 'waitlisted']);
      await page.goto(`${site.url}/organise/events/${there.slug}`);
      await expect(people(page).first()).toContainText('Flyttad hit från Verkstad i maj, 14 maj 2031');
      // The link that the person has leads to what they have now.
      await page.goto(`${site.url}/sign-ups/${token}`);
      await expect(page.getByRole('main')).toContainText('Verkstad i juni');
      await expect(page.getByText('Arrangören flyttade dig hit från en annan dag, till väntelistan')).toBeVisible();
      await expect(page.getByText('Du anmälde dig och fick en plats')).toBeVisible();
      await page.goto(address);
      await page.getByRole('button', { name: /^Ångra: 2 flyttade till Verkstad i juni/ }).click();
      await said(page, 'Ångrat. Allt är som förut.');
      expect(await site.db.standing(here)).toEqual({ confirmed: 3 });
      expect(await site.db.standing(there)).toEqual({ cancelled: 2 });
      await page.goto(`${site.url}/sign-ups/${token}`);
      await expect(page.getByRole('main')).toContainText('Verkstad i maj');
    });
  });
}

test('one mail says where from and where to, and takes the old day out of the calendar', async ({ page, site }) => {
  const { here, there, email } = await two(site, { title_en: 'Workshop in June' });
  await site.server.signUp(here, { name: 'Egen Länk', email: `brev-${here.slug}@exempel.se` });
  const id = await site.db.value('select id from sign_ups where event_id = $1', [here.id]);
  const cookie = await session(site, email);
  const answer = await site.server.post(`/organise/events/${here.slug}/move`, { do: 'move', to: String(there.id), mail: 'yes', sign_up: String(id) }, { cookie });
  expect(answer.headers.location).toMatch(/done=relocated$/);
  const mails = await site.db.sql('select m.id, m.kind, m.event_id, s.token from mails m join sign_ups s on s.moved_from_id = $1 where m.to_address = $2 order by m.id', [id, `brev-${here.slug}@exempel.se`]);
  // One mail for the move, which also takes the day that they have left out of their calendar.
  expect(mails.map((mail) => [mail.kind, mail.event_id])).toEqual([['confirmed', here.id], ['confirmed', there.id]]);
  const { text } = await site.server.raw(`/dev/mail/${mails[1].id}/source`);
  const decoded = text.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  const words = Buffer.from(decoded, 'latin1').toString('utf8');
  expect(words).toContain('Arrangören har flyttat din anmälan hit från Verkstad i maj, 14 maj 2031.');
  expect(words).toContain(`/sign-ups/${mails[1].token}`);
  const parts = [...text.matchAll(/^Content-Type: (text\/calendar|application\/ics);.*method=(\w+)/gm)].map(([, kind, method]) => `${kind} ${method}`);
  expect(parts).toEqual(['text/calendar REQUEST', 'application/ics REQUEST', 'text/calendar CANCEL']);
  await page.goto(`${site.url}/dev/mail/${mails[1].id}`);
  await expect(page.getByRole('heading', { name: /\(REQUEST\)|\(CANCEL\)/ })).toHaveCount(2);
});

test('who may move, and where to', async ({ site }) => {
  const { programme, here, there, email } = await two(site);
  await crowd(site.db, here, 1);
  const id = await site.db.value('select id from sign_ups where event_id = $1', [here.id]);
  const elsewhere = await site.db.event({ starts: '2031-06-11 09:00' });
  const move = async (who, to) => site.server.post(`/organise/events/${here.slug}/move`, { do: 'move', to: String(to), sign_up: String(id) }, who ? { cookie: await session(site, who) } : {});
  expect((await move(null, there.id)).status).toBe(401);
  expect((await move(await withRole(site.db, programme.id, 'host'), there.id)).status).toBe(403);
  expect((await move(await withRole(site.db, elsewhere.programme_id), there.id)).status).toBe(403);
  for (const to of [elsewhere.id, here.id, 999_999, 'x']) expect((await move(email, to)).status, String(to)).toBe(422);
  expect(await site.db.standing(here)).toEqual({ confirmed: 1 });
  expect((await move(email, there.id)).headers.location).toMatch(/done=relocated$/);
});

for (const [lang, prefix] of [['sv', ''], ['en', '/en']]) {
  test(`the page that asks where to, on a phone and on a desk, ${lang}`, async ({ page, site }) => {
    const { here, programme, email } = await two(site);
    for (let n = 0; n < 6; n += 1) {
      await site.db.event({ programme_id: programme.id, title_sv: `${'Verkstadssammankomst '.repeat(4)}${n}`, starts: `2031-07-0${n + 1} 09:00` });
    }
    await crowd(site.db, here, 3, { name: "repeat('Å', 150) || n" });
    await signIn(page, site, email, { lang });
    for (const width of [320, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(`${site.url}${prefix}/organise/events/${here.slug}`);
      await awake(page);
      await page.getByRole('button', { name: lang === 'sv' ? 'Välj alla på sidan' : 'Choose all on the page' }).click();
      await page.getByRole('button', { name: lang === 'sv' ? 'Flytta till en annan dag' : 'Move to another date' }).click();
      await expect(page.getByRole('radio')).toHaveCount(7);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), String(width)).toBe(true);
      expect(await violations(page)).toEqual([]);
    }
  });
}
