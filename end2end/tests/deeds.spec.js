// What an organiser does to several sign-ups at once, and undoes.
import { session, signIn } from '../support/account.js';
import { violations } from '../support/axe.js';
import { crowd, withRole } from '../support/organiser.js';
import { expect, test } from '../support/test.js';

const people = (page) => page.locator('.person');
const section = (page, name) => page.getByRole('region', { name: new RegExp(`^${name}`) });
const awake = (page) => page.waitForSelector('.roll[data-awake]');
const said = (page, text) => expect(page.getByRole('main').getByRole('status').filter({ hasText: text })).toBeVisible();
const unfold = (page, name) => page.locator('.deeds summary', { hasText: name }).click();

async function eventOf(site, fields = {}) {
  const programme = await site.db.programme();
  const event = await site.db.event({ programme_id: programme.id, starts: '2031-05-14 09:00', seats: { digital: 2 }, ...fields });
  return { event, programme, email: await withRole(site.db, programme.id), address: `${site.url}/organise/events/${event.slug}` };
}
const mails = async (site, event) => (await site.db.sql('select kind from mails where event_id = $1 order by id', [event.id])).map((row) => row.kind);

for (const script of [true, false]) {
  test.describe(script ? 'deeds' : 'deeds without JavaScript', () => {
    test.use({ javaScriptEnabled: script });

    test('cancelled with a mail or without, undone, and refused once the seat is gone', async ({ page, site }) => {
      const { event, email, address } = await eventOf(site);
      await crowd(site.db, event, 2, { name: "'Plats ' || n" });
      await crowd(site.db, event, 1, { status: 'waitlisted', name: "'Väntar'" });
      await signIn(page, site, email);
      await page.goto(address);
      if (script) await awake(page);
      // Somebody in line: no seat moves, and the place in line comes back.
      await page.getByLabel('Välj Väntar').check();
      await unfold(page, /^Avanmäl/);
      await page.getByLabel('Mejla dem att de är avanmälda').uncheck();
      await page.getByLabel('Varför? Visas bara för arrangörer.').fill('Ringde <b>återbud</b>');
      await page.getByRole('button', { name: 'Avanmäl dem' }).click();
      await said(page, 'Avanmält.');
      await expect(section(page, 'Kommer inte').getByRole('listitem')).toContainText('Ringde <b>återbud</b>');
      expect(await mails(site, event)).toEqual([]);
      await page.getByRole('button', { name: /^Ångra: 1 avanmäld/ }).click();
      await said(page, 'Ångrat.');
      await expect(section(page, 'Väntelistan').getByRole('listitem')).toHaveText([/1\. Väntar/]);
      await expect(page.getByRole('button', { name: /^Ångra/ })).toHaveCount(0);

      // Somebody with a seat: it goes to the one in line, and is gone.
      if (script) await awake(page);
      await page.getByLabel('Välj Plats 1').check();
      await unfold(page, /^Avanmäl/);
      await page.getByRole('button', { name: 'Avanmäl dem' }).click();
      await said(page, 'Avanmält.');
      await expect(section(page, 'Har plats').getByRole('listitem')).toHaveText([/Plats 2/, /Väntar/]);
      expect(await mails(site, event)).toEqual(['cancelled', 'promoted']);
      await page.getByRole('button', { name: /^Ångra: 1 avanmäld/ }).click();
      await said(page, 'platsen har redan gått till någon annan');
      expect(await site.db.standing(event)).toEqual({ confirmed: 2, cancelled: 1 });
    });

    test('a place out of turn asks why and for a seat, and nothing that was chosen or typed is lost', async ({ page, site }) => {
      const { event, email, address } = await eventOf(site, { seats: { digital: 1 } });
      await crowd(site.db, event, 1, { name: "'Har plats'" });
      await crowd(site.db, event, 3, { status: 'waitlisted', name: "'Väntar ' || n" });
      await signIn(page, site, email);
      await page.goto(address);
      if (script) await awake(page);
      await page.getByLabel('Välj Väntar 3').check();
      await unfold(page, 'Ge plats före andra');
      await page.getByRole('button', { name: 'Ge dem en plats' }).click();
      await expect(page.locator('#promote_reason-error')).toHaveText('Skriv varför. Det sparas i historiken.');
      if (script) await awake(page);
      await expect(page.getByLabel('Välj Väntar 3')).toBeChecked();
      await page.locator('#promote_reason-chosen').fill('Håller i "passet" </textarea>');
      await page.getByRole('button', { name: 'Ge dem en plats' }).click();
      await expect(page.locator('#beyond-error')).toContainText('lediga platser');
      if (script) await awake(page);
      if (script) expect(await violations(page)).toEqual([]);
      await expect(page.locator('#promote_reason-chosen')).toHaveValue('Håller i "passet" </textarea>');
      await page.locator('#promote').getByLabel('Utöka platserna om det är fullt').check();
      await page.getByRole('button', { name: 'Ge dem en plats' }).click();
      await said(page, 'De har fått en plats.');
      await expect(section(page, 'Har plats').getByRole('listitem')).toHaveText([/Har plats/, /Väntar 3.*Före andra i kön.*Håller i "passet"/s]);
      await expect(page.getByText('2 av 2 platser tagna, 2 på väntelistan')).toBeVisible();
      expect(await mails(site, event)).toEqual(['promoted']);
      const told = await site.db.sql('select h.reason, h.actor_id is not null as acted from sign_up_history h join sign_ups s on s.id = h.sign_up_id where s.event_id = $1', [event.id]);
      expect(told).toEqual([{ reason: 'Håller i "passet" </textarea>', acted: true }]);
      await page.getByRole('button', { name: /^Ångra: 1 fick plats före andra/ }).click();
      await said(page, 'Ångrat.');
      await expect(section(page, 'Väntelistan').getByRole('listitem')).toHaveText([/1\. Väntar 1/, /2\. Väntar 2/, /3\. Väntar 3/]);
      await expect(page.getByText('1 av 1 platser tagna, 3 på väntelistan')).toBeVisible();
    });
  });
}

for (const script of [true, false]) {
  test.describe(script ? 'by hand' : 'by hand without JavaScript', () => {
    test.use({ javaScriptEnabled: script });

    test('somebody is added, once, beyond full only if that is said, and taken away again', async ({ page, site }) => {
      const { event, email, address } = await eventOf(site, { seats: { digital: 1 }, sign_up_closes_at: new Date('2024-01-01') });
      await crowd(site.db, event, 1, { name: "'Har plats'" });
      await signIn(page, site, email);
      await page.goto(address);
      const fill = async (name, mail) => {
        if (script) await awake(page);
        await page.locator('summary', { hasText: 'Lägg till någon' }).click();
        await page.getByLabel('Namn', { exact: true }).fill(name);
        await page.getByLabel('E-post', { exact: true }).fill(mail);
        await page.getByLabel('Organisation', { exact: true }).fill('Örebro kommun');
        await page.locator('#consent').check();
      };
      await fill('Ring "Rut" 🙂', 'ingen adress');
      await page.getByRole('button', { name: 'Lägg till', exact: true }).click();
      await expect(page.locator('#email-error')).toHaveText('Skriv en e-postadress, som namn@kommun.se.');
      await expect(page.getByLabel('Namn', { exact: true })).toHaveValue('Ring "Rut" 🙂');
      if (script) await awake(page);
      if (script) expect(await violations(page)).toEqual([]);
      const mail = `rut-${event.slug}@exempel.se`;
      await page.getByLabel('E-post', { exact: true }).fill(mail);
      await page.getByRole('button', { name: 'Lägg till', exact: true }).click();
      await said(page, 'Tillagd, sist på väntelistan.');
      await expect(section(page, 'Väntelistan').getByRole('listitem')).toHaveText([/Ring "Rut" 🙂/]);
      expect(await mails(site, event)).toEqual(['waitlisted']);
      await fill('Rut igen', mail.toUpperCase());
      await page.getByRole('button', { name: 'Lägg till', exact: true }).click();
      await said(page, 'Den adressen är redan anmäld.');
      await fill('Talar', `talar-${event.slug}@exempel.se`);
      await page.locator('#add').getByLabel('Utöka platserna om det är fullt').check();
      await page.getByLabel('Mejla personen länken till anmälan').uncheck();
      await page.getByRole('button', { name: 'Lägg till', exact: true }).click();
      await said(page, 'Tillagd, med plats.');
      await expect(page.getByText('2 av 2 platser tagna, 1 på väntelistan')).toBeVisible();
      expect(await mails(site, event)).toEqual(['waitlisted']);
      await page.getByRole('button', { name: /^Ångra: 1 tillagd/ }).first().click();
      await said(page, 'Ångrat.');
      await expect(page.getByText('1 av 1 platser tagna, 1 på väntelistan')).toBeVisible();
    });
  });
}

test('two organisers undo at once, and it is done once', async ({ page, site }) => {
  const { event, email, address } = await eventOf(site, { seats: { digital: 300 } });
  await crowd(site.db, event, 250, { name: "'Nr ' || n" });
  await signIn(page, site, email);
  await page.goto(address);
  await awake(page);
  await page.getByRole('button', { name: 'Välj alla 250' }).click();
  await unfold(page, /^Avanmäl/);
  await page.getByRole('button', { name: 'Avanmäl dem' }).click();
  await expect(section(page, 'Kommer inte')).toBeVisible();
  expect(await site.db.standing(event)).toEqual({ cancelled: 250 });
  const deed = await site.db.value('select id from deeds where event_id = $1', [event.id]);
  const cookie = await session(site, email);
  const twice = await Promise.all([0, 1].map(() => site.server.post(`/organise/events/${event.slug}/undo`, { deed: String(deed) }, { cookie })));
  expect(twice.map((answer) => answer.headers.location.split('=')[1]).sort()).toEqual(['nothing', 'undone']);
  expect(await site.db.standing(event)).toEqual({ confirmed: 250 });
  expect(await site.db.value("select count(*) from mails where event_id = $1 and kind = 'confirmed'", [event.id])).toBe(250);
  // The page that stayed open knows.
  await expect(section(page, 'Har plats').getByRole('listitem')).toHaveCount(100, { timeout: 2000 });
  await expect(page.getByRole('button', { name: /^Ångra/ })).toHaveCount(0);
});

for (const script of [true, false]) {
  test.describe(script ? 'keys' : 'keys without JavaScript', () => {
    test.use({ javaScriptEnabled: script });

    test('Enter in a box does nothing', async ({ page, site }) => {
      const { event, email, address } = await eventOf(site, { needs_approval: true });
      await crowd(site.db, event, 1, { status: 'requested', name: "'Frågar'" });
      await signIn(page, site, email);
      await page.goto(address);
      if (script) await awake(page);
      await page.getByLabel('Välj Frågar').check();
      await page.getByLabel('Välj Frågar').press('Enter');
      await page.waitForTimeout(300);
      expect(await site.db.standing(event)).toEqual({ requested: 1 });
    });
  });
}

test('who may do and undo', async ({ site }) => {
  const { event, programme, email } = await eventOf(site);
  const other = await eventOf(site);
  await crowd(site.db, event, 1);
  const [{ id }] = await site.db.sql('select id from sign_ups where event_id = $1', [event.id]);
  const host = await withRole(site.db, programme.id, 'host');
  const path = `/organise/events/${event.slug}`;
  const mine = { cookie: await session(site, email) };
  await site.server.post(`${path}/cancel`, { sign_up: String(id) }, mine);
  const deed = String(await site.db.value('select id from deeds where event_id = $1', [event.id]));
  const posts = [[`${path}/cancel`, { sign_up: String(id) }], [`${path}/promote`, { sign_up: String(id), promote_reason: 'x' }], [`${path}/undo`, { deed }], [`${path}/add`, { name: 'X', email: 'x@exempel.se', organisation: 'X', consent: 'yes' }]];
  for (const [who, status] of [[null, 401], ['nagon@exempel.se', 403], [host, 403], [other.email, 403]]) {
    const headers = who ? { cookie: await session(site, who) } : {};
    for (const [address, fields] of posts) expect((await site.server.post(address, fields, headers)).status, `${who} ${address}`).toBe(status);
  }
  // By way of an event of one's own nothing is done to another.
  const theirs = { cookie: await session(site, other.email) };
  for (const [address, fields] of posts) {
    if (!address.endsWith('/add')) await site.server.post(address.replace(event.slug, other.event.slug), fields, theirs);
    expect((await site.server.post(address.replace(event.slug, 'finns-inte'), fields, theirs)).status).toBe(403);
  }
  expect(await site.db.standing(event)).toEqual({ cancelled: 1 });
  for (const nonsense of [{}, { deed: 'x' }, { deed: '99999999999999999999' }]) {
    expect((await site.server.post(`${path}/undo`, nonsense, mine)).headers.location).toMatch(/done=too_late$/);
  }
  expect((await site.server.post(`${path}/cancel`, {}, mine)).headers.location).toMatch(/done=nobody$/);
});
