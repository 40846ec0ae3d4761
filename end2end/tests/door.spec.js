import { session, signIn } from '../support/account.js';
import { complaints, violations } from '../support/axe.js';
import { crowd, withRole } from '../support/organiser.js';
import { expect, test } from '../support/test.js';

const guest = (page, name) => page.locator('.guest').filter({ hasText: name });
const awake = (page) => page.waitForSelector('.at-the-door[data-awake]');

/** An event that is today, in Sweden, whatever the hour. */
async function today(site, fields = {}) {
  const programme = await site.db.programme();
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Stockholm' }).format(new Date());
  const event = await site.db.event({
    programme_id: programme.id, starts: `${day} 00:00`, ends: `${day} 23:59`, format: 'on_site', venue: 'Aulan', seats: { on_site: 200 }, ...fields,
  });
  const email = await withRole(site.db, programme.id);
  return { event, programme, email, door: `${site.url}/organise/events/${event.slug}/door` };
}

const named = (names) => `(array[${names.map((name) => `'${name}'`).join(',')}])[n]`;

/** Makes a steward's link as an organiser does. Returns its address. */
async function link(page, door, name) {
  await page.goto(door);
  await page.getByLabel('Vem får länken?').fill(name);
  await page.getByRole('button', { name: 'Skapa en länk' }).click();
  await expect(page.getByText('Kopiera den nu')).toBeVisible();
  return new URL(await page.locator('.new-link a').getAttribute('href'), door).href;
}

for (const script of [true, false]) {
  test.describe(script ? 'the door' : 'the door without JavaScript', () => {
    test.use({ javaScriptEnabled: script });

    test('a steward with a link finds people by name, checks them in and takes it back', async ({ page, window, ownSite, guard }) => {
      const { event, email, door } = await today(ownSite);
      await crowd(ownSite.db, event, 3, { way: 'on_site', name: named(['Åsa Öberg', 'Bo Ek', 'Åke Åkesson']), organisation: "'Umeå kommun'" });
      await crowd(ownSite.db, event, 1, { way: 'on_site', status: 'waitlisted', name: "'Vera Väntar'" });
      await signIn(page, ownSite, email);
      const address = await link(page, door, 'Entrén');
      const steward = await window({ javaScriptEnabled: script });
      await steward.goto(address);
      if (script) await awake(steward);
      await expect(steward.locator('.guest')).toHaveText([/Bo Ek/, /Åke Åkesson/, /Åsa Öberg/]);
      await expect(steward.getByText('0 av 3 har kommit')).toBeVisible();
      await expect(steward.locator('#links')).toHaveCount(0);

      await steward.getByRole('searchbox').fill('asa ob');
      if (!script) await steward.getByRole('button', { name: 'Sök' }).click();
      await expect(steward.locator('.guest')).toHaveText([/Åsa Öberg/]);
      await steward.getByRole('button', { name: 'Checka in: Åsa Öberg' }).click();
      await expect(steward.getByText('Åsa Öberg är incheckad.')).toBeVisible();
      await expect(guest(steward, 'Åsa Öberg')).toContainText(/Kom \d\d:\d\d, Entrén/);
      await expect(steward.getByText('1 av 3 har kommit')).toBeVisible();
      expect(await ownSite.db.standing(event)).toEqual({ attended: 1, confirmed: 2, waitlisted: 1 });
      await steward.getByRole('button', { name: 'Ångra: Åsa Öberg' }).click();
      await expect(steward.getByText('Ångrat: Åsa Öberg är inte incheckad.')).toBeVisible();
      expect(await ownSite.db.standing(event)).toEqual({ confirmed: 3, waitlisted: 1 });

      // Somebody in line is told so, and cannot be let in just so.
      await steward.getByRole('searchbox').fill('vera');
      if (!script) await steward.getByRole('button', { name: 'Sök' }).click();
      await expect(guest(steward, 'Vera Väntar')).toContainText('På väntelistan, har ingen plats.');
      await expect(guest(steward, 'Vera Väntar').getByRole('button')).toHaveCount(0);
      await steward.getByRole('searchbox').fill('finns inte');
      if (!script) await steward.getByRole('button', { name: 'Sök' }).click();
      await expect(steward.getByText('Ingen som heter så är anmäld.')).toBeVisible();

      // The link is shown once, opens nothing else, and nothing any more once it is revoked.
      await page.goto(door);
      await expect(page.locator('.new-link')).toHaveCount(0);
      await expect(page.locator('.door-links li')).toContainText('Entrén');
      await page.getByRole('button', { name: 'Återkalla: Entrén' }).click();
      await expect(page.getByText('öppnar ingenting längre')).toBeVisible();
      await expect(page.locator('.door-links li')).toHaveCount(0);
      // The page reads anew, and is told that there is nothing.
      guard.excuse(/404.*\/api\/door/);
      if (script) await expect(steward.getByText('Incheckningen är stängd')).toBeVisible();
      await expect(async () => expect((await steward.goto(address)).status()).toBe(404)).toPass();
    });

    test('a link needs a name', async ({ page, ownSite }) => {
      const { email, door } = await today(ownSite);
      await signIn(page, ownSite, email);
      await page.goto(door);
      await page.getByRole('button', { name: 'Skapa en länk' }).click();
      await expect(page.getByText('Skriv vem länken är till.')).toBeVisible();
      await expect(page.getByLabel('Vem får länken?')).toHaveAttribute('aria-invalid', 'true');
    });
  });
}

test('what one door does shows at the others within a second', async ({ page, window, ownSite }) => {
  const { event, email, door } = await today(ownSite);
  await crowd(ownSite.db, event, 40, { way: 'on_site', name: "'Nr ' || lpad(n::text, 3, '0')" });
  await signIn(page, ownSite, email);
  const address = await link(page, door, 'Baksidan');
  await page.goto(door);
  const steward = await window();
  await steward.goto(address);
  await awake(page);
  await awake(steward);
  expect(await violations(steward)).toEqual([]);
  await steward.getByRole('searchbox').fill('nr 00');
  await steward.getByRole('button', { name: 'Checka in: Nr 007' }).click();
  await expect(guest(page, 'Nr 007')).toContainText(', Baksidan', { timeout: 1000 });
  await expect(page.getByText('1 av 40 har kommit')).toBeVisible();
  await page.getByRole('button', { name: 'Checka in: Nr 008' }).click();
  await expect(guest(steward, 'Nr 008')).toContainText(', Ordna Ordnarsson', { timeout: 1000 });
  await expect(steward.getByRole('searchbox')).toHaveValue('nr 00');
  // The button that was pressed keeps the focus, and takes it back.
  await expect(page.getByRole('button', { name: 'Ångra: Nr 008' })).toBeFocused();
});

test('a steward is shown names and organisations and nothing else, on the days of the event alone', async ({ page, ownSite }) => {
  const { event, email, door } = await today(ownSite);
  await crowd(ownSite.db, event, 2, { way: 'on_site' });
  await signIn(page, ownSite, email);
  const address = await link(page, door, 'Entrén');
  const token = address.split('/').pop();
  const api = () => ownSite.server.raw(`/api/door?lang=sv&token=${token}`);
  const open = await api();
  expect(open.status).toBe(200);
  expect(Object.keys(JSON.parse(open.text).guests[0]).sort()).toEqual(['came', 'id', 'name', 'organisation', 'status', 'ticket', 'way']);
  expect(open.text).not.toContain('@');
  const [hash] = await ownSite.db.sql('select token_hash from door_links');
  expect(hash.token_hash.toString('latin1')).not.toContain(token);
  const id = await ownSite.db.value('select min(id) from sign_ups where event_id = $1', [event.id]);
  await ownSite.db.sql("update events set starts_at = starts_at + interval '1 day', ends_at = ends_at + interval '1 day' where id = $1", [event.id]);
  expect(JSON.parse((await api()).text).guests).toEqual([]);
  const refused = await ownSite.server.post(`/door/${token}/check-in`, { sign_up: id }, { accept: 'application/json' });
  expect(JSON.parse(refused.text)).toMatchObject({ done: 'closed' });
  await page.goto(address);
  await expect(page.getByText('Incheckningen öppnar vid midnatt')).toBeVisible();
  await expect(page.locator('.guest')).toHaveCount(0);
  for (const bad of ['x', token.slice(1) + 'A']) {
    expect((await ownSite.server.raw(`/door/${bad}`)).status).toBe(404);
    expect((await ownSite.server.post(`/door/${bad}/check-in`, { sign_up: id }, { accept: 'application/json' })).status).toBe(404);
  }
});

test('a host checks in and makes no links; whoever hosts elsewhere is not let in', async ({ page, ownSite }) => {
  const { event, programme, door } = await today(ownSite);
  await crowd(ownSite.db, event, 1, { way: 'on_site', name: "'Åsa'" });
  const host = await withRole(ownSite.db, programme.id, 'host');
  await signIn(page, ownSite, host);
  await page.goto(door);
  await awake(page);
  await page.getByRole('button', { name: 'Checka in: Åsa' }).click();
  await expect(guest(page, 'Åsa')).toContainText('Ordna Ordnarsson');
  await expect(page.locator('#links')).toHaveCount(0);
  const elsewhere = await withRole(ownSite.db, (await ownSite.db.programme()).id, 'host');
  const cookie = await session(ownSite, elsewhere);
  expect((await ownSite.server.raw(`/organise/events/${event.slug}/door`, { headers: { cookie } })).status).toBe(403);
});

for (const [lang, prefix] of [['sv', ''], ['en', '/en']]) {
  test(`two hundred people with long names on a phone and on a desk, ${lang}`, async ({ page, ownSite }) => {
    test.setTimeout(90_000);
    const { event, email } = await today(ownSite, { format: 'hybrid', seats: { on_site: 300, digital: null } });
    const name = "case n % 3 when 0 then repeat('Å', 200) when 1 then '🙂 Eva-Britt ' || n else 'Ali ' || n end";
    await crowd(ownSite.db, event, 180, { way: 'on_site', name, organisation: "repeat('Organisation', 16)" });
    await crowd(ownSite.db, event, 20, { name });
    await signIn(page, ownSite, email, { lang });
    await page.setViewportSize({ width: lang === 'en' ? 1280 : 390, height: 900 });
    await page.goto(`${ownSite.url}${prefix}/organise/events/${event.slug}/door`);
    await awake(page);
    await expect(page.locator('.guest')).toHaveCount(60);
    await page.locator('.guest .btn').first().click();
    await expect(page.locator('.guest').first()).toContainText(/\d\d:\d\d/);
    expect(await complaints(page, lang)).toEqual([]);
    await page.locator('.guest .btn').first().click();
    await expect(page.locator('.guest').first()).not.toContainText(/\d\d:\d\d/);
  });
}
