// The door without a network.
import { signIn } from '../support/account.js';
import { violations } from '../support/axe.js';
import { crowd, withRole } from '../support/organiser.js';
import { expect, test } from '../support/test.js';

const guest = (page, name) => page.locator('.guest').filter({ hasText: name });
const awake = (page) => page.waitForSelector('.at-the-door[data-awake]');
const said = (page) => page.locator('#said');

/** A door that is open today, with stewards' links. */
async function hall(page, site, names) {
  const programme = await site.db.programme();
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Stockholm' }).format(new Date());
  const event = await site.db.event({
    programme_id: programme.id, starts: `${day} 00:00`, ends: `${day} 23:59`, format: 'on_site', venue: 'Aulan', seats: { on_site: 4000 },
  });
  await crowd(site.db, event, names.length, { way: 'on_site', name: `(array[${names.map((name) => `'${name}'`).join(',')}])[n]` });
  const email = await withRole(site.db, programme.id);
  await signIn(page, site, email);
  const door = `${site.url}/organise/events/${event.slug}/door`;
  const link = async (name) => {
    await page.goto(door);
    await page.getByLabel('Vem får länken?').fill(name);
    await page.getByRole('button', { name: 'Skapa en länk' }).click();
    return new URL(await page.locator('.new-link a').getAttribute('href'), door).href;
  };
  return { event, door, link, email };
}

const isTheWorkers = (page) => expect.poll(() => page.evaluate(() => Boolean(navigator.serviceWorker.controller)), { timeout: 10_000 }).toBe(true);

/** Opens a door and waits until it could be opened without a network. */
async function opened(page, address) {
  await page.goto(address);
  await awake(page);
  await isTheWorkers(page);
}

test('goes over to working without a network by itself, survives reloading, and sends what it kept', async ({ page, window, ownSite, guard }) => {
  test.setTimeout(90_000);
  guard.excuse(/ERR_INTERNET_DISCONNECTED|Failed to fetch|ERR_FAILED/);
  const { event, link } = await hall(page, ownSite, ['Åsa Öberg', 'Bo Ek', 'Åke Åkesson']);
  const address = await link('Baksidan');
  const steward = await window();
  await opened(steward, address);
  await steward.waitForTimeout(2_000);
  await steward.context().setOffline(true);
  await expect(steward.getByText('Utan nät. Det går att checka in ändå.')).toBeVisible();
  await steward.getByRole('button', { name: 'Checka in: Åsa Öberg' }).click();
  await expect(said(steward)).toHaveText('Åsa Öberg är incheckad. Sparat här, inte skickat än.');
  await expect(guest(steward, 'Åsa Öberg')).toContainText('Sparad här, inte skickad än');
  await expect(steward.getByText('1 incheckning är sparad här')).toBeVisible();
  await expect(steward.getByText('1 av 3 har kommit')).toBeVisible();
  expect(await violations(steward)).toEqual([]);
  // A code is known without a network, too; one that is not says why.
  const ticket = await ownSite.db.value("select ticket from sign_ups where event_id = $1 and name = 'Bo Ek'", [event.id]);
  await steward.getByText('Skriv koden i stället').click();
  const type = async (text) => {
    await steward.getByLabel('Koden under bilden').fill(text);
    await steward.locator('.scan form').getByRole('button', { name: 'Checka in' }).click();
  };
  await type('000000000000');
  await expect(said(steward)).toContainText('Koden finns inte i telefonens lista');
  await type(ticket);
  await expect(said(steward)).toContainText('Bo Ek är incheckad. Sparat här');
  expect(await ownSite.db.standing(event)).toEqual({ confirmed: 3 });
  // Reloaded, and opened anew, without a network.
  await steward.reload();
  await awake(steward);
  await expect(steward.getByText('Utan nät.')).toBeVisible();
  await expect(steward.getByText(/Listan är som den var kl\. \d\d:\d\d\./)).toBeVisible();
  await expect(steward.getByText('2 incheckningar är sparade här')).toBeVisible();
  await expect(guest(steward, 'Åsa Öberg')).toContainText('Sparad här, inte skickad än');
  const again = await steward.context().newPage();
  await steward.close();
  await again.goto(address);
  await awake(again);
  await expect(again.getByText('2 incheckningar är sparade här')).toBeVisible();
  await again.getByRole('button', { name: 'Ångra: Bo Ek' }).click();
  await expect(said(again)).toContainText('Ångrat: Bo Ek är inte incheckad. Sparat här');
  const before = await ownSite.db.value('select now()');
  await again.waitForTimeout(2_500);
  await again.context().setOffline(false);
  await expect(said(again)).toHaveText('Nätet är tillbaka, och allt som sparats här är skickat.', { timeout: 15_000 });
  await expect(again.getByText('Utan nät.')).toBeHidden();
  await expect(again.locator('.kept')).toBeHidden();
  await expect(guest(again, 'Åsa Öberg')).toContainText(/Kom \d\d:\d\d, Baksidan/);
  expect(await ownSite.db.standing(event)).toEqual({ attended: 1, confirmed: 2 });
  // The time is the door's, and each was done once.
  const rows = await ownSite.db.sql("select c.happened_at, c.received_at, c.undone_at from check_ins c join sign_ups s on s.id = c.sign_up_id where s.name = 'Åsa Öberg'");
  expect(rows).toHaveLength(1);
  expect(rows[0].happened_at < before && rows[0].received_at > before).toBe(true);
});

test('two doors that let in the same person are settled, and both are told', async ({ page, window, ownSite, guard }) => {
  test.setTimeout(90_000);
  guard.excuse(/ERR_INTERNET_DISCONNECTED|Failed to fetch|ERR_FAILED/);
  const { event, link } = await hall(page, ownSite, ['Åsa Öberg', 'Bo Ek']);
  const [front, back] = [await window(), await window()];
  const [entry, rear] = [await link('Entrén'), await link('Baksidan')];
  await opened(front, entry);
  await opened(back, rear);
  // Åsa comes to the back first, Bo to the front.
  await back.context().setOffline(true);
  await expect(back.getByText('Utan nät.')).toBeVisible();
  await back.getByRole('button', { name: 'Checka in: Åsa Öberg' }).click();
  await front.getByRole('button', { name: 'Checka in: Bo Ek' }).click();
  await expect(guest(front, 'Bo Ek')).toContainText('Kom');
  await front.waitForTimeout(1_500);
  await front.getByRole('button', { name: 'Checka in: Åsa Öberg' }).click();
  await back.getByRole('button', { name: 'Checka in: Bo Ek' }).click();
  await expect(back.getByText('2 incheckningar är sparade här')).toBeVisible();
  await back.context().setOffline(false);
  await expect(back.getByText('allt som sparats här är skickat')).toBeVisible({ timeout: 15_000 });
  for (const door of [front, back]) {
    await expect(guest(door, 'Åsa Öberg')).toContainText(/Kom \d\d:\d\d, Baksidan/);
    await expect(guest(door, 'Bo Ek')).toContainText(/Kom \d\d:\d\d, Entrén/);
    await expect(door.locator('.settled')).toContainText(/Åsa Öberg checkades in vid två dörrar\. Den första gäller: \d\d:\d\d, Baksidan\./);
  }
  await expect(back.locator('.settled')).toContainText(/Bo Ek checkades in vid två dörrar\. Den första gäller: \d\d:\d\d, Entrén\./);
  expect(await violations(back)).toEqual([]);
  await back.getByRole('button', { name: 'Jag har sett det' }).click();
  await expect(back.locator('.settled')).toBeHidden();
  expect(await ownSite.db.standing(event)).toEqual({ attended: 2 });
});

test('a revoked link leaves nothing on the telephone', async ({ page, window, ownSite, guard }) => {
  test.setTimeout(60_000);
  guard.excuse(/404.*\/api\/door/);
  const { door, link } = await hall(page, ownSite, ['Åsa Öberg']);
  const address = await link('Entrén');
  const steward = await window();
  await opened(steward, address);
  const left = () => steward.evaluate(async () => [Object.keys(localStorage).filter((name) => name.startsWith('stafett-door')), await caches.keys()]);
  await expect(async () => {
    const [lists, pages] = await left();
    expect([lists.length, pages.length]).toEqual([1, 1]);
  }).toPass();
  await page.goto(door);
  await page.getByRole('button', { name: 'Återkalla: Entrén' }).click();
  await expect(steward.getByText('Incheckningen är stängd')).toBeVisible();
  await expect(steward.locator('.guest')).toHaveCount(0);
  await expect(async () => expect(await left()).toEqual([[], []])).toPass();
  await steward.goto(address);
  await expect(async () => expect(await left()).toEqual([[], []])).toPass();
});

test('a page that came past its worker asks to be the worker\'s, and a revoked link takes all away from there, too', async ({ page, window, ownSite, guard }) => {
  test.setTimeout(60_000);
  guard.excuse(/404.*\/api\/door/);
  const { door, link } = await hall(page, ownSite, ['Åsa Öberg']);
  const address = await link('Entrén');
  const steward = await window();
  await opened(steward, address);
  // As a page does that is loaded in the moment in which its worker becomes active.
  const past = await steward.context().newCDPSession(steward);
  await past.send('Network.enable');
  await past.send('Network.setBypassServiceWorker', { bypass: true });
  await steward.reload();
  await past.send('Network.setBypassServiceWorker', { bypass: false });
  await awake(steward);
  await isTheWorkers(steward);
  await page.goto(door);
  await page.getByRole('button', { name: 'Återkalla: Entrén' }).click();
  await expect(steward.getByText('Incheckningen är stängd')).toBeVisible();
  const left = () => steward.evaluate(async () => [(await caches.keys()).length, (await navigator.serviceWorker.getRegistrations()).length]);
  await expect.poll(left).toEqual([0, 0]);
});

/** What doors have left on the telephone: lists, what was not sent, pages, workers. What is kept of one's own is not theirs. */
const left = (page) => page.evaluate(async () => {
  const keys = Object.keys(localStorage).filter((name) => name.startsWith('stafett-door'));
  const count = (end) => keys.filter((name) => end.test(name)).length;
  const workers = (await navigator.serviceWorker.getRegistrations()).filter(({ scope }) => new URL(scope).pathname !== '/');
  const pages = (await caches.keys()).filter((name) => !name.startsWith('site '));
  return { lists: count(/ list$/), unsent: count(/ kept /), pages: pages.length, workers: workers.length };
});
const isLeft = (page, expected) => expect(async () => expect(await left(page)).toEqual(expected)).toPass({ timeout: 10_000 });

test('signing out takes an organiser\'s door off the telephone at once, and nothing that was not sent', async ({ page, ownSite, guard }) => {
  test.setTimeout(90_000);
  // That a link opens nothing is asked of the server, which says 404.
  guard.excuse(/ERR_INTERNET_DISCONNECTED|Failed to fetch|ERR_FAILED|401|404.*\/door\//);
  const { event, door, link, email } = await hall(page, ownSite, ['Åsa Öberg', 'Bo Ek']);
  const address = await link('Entrén');
  await opened(page, address);
  // A list is kept a moment after it was read.
  await expect.poll(() => page.evaluate(() => Object.keys(localStorage).some((name) => /^stafett-door \/door\/.* list$/.test(name)))).toBe(true);
  await opened(page, door);
  await isLeft(page, { lists: 2, unsent: 0, pages: 2, workers: 2 });
  await page.context().setOffline(true);
  await expect(page.getByText('Utan nät.')).toBeVisible();
  await page.getByRole('button', { name: 'Checka in: Åsa Öberg' }).click();
  await expect(page.getByText('1 incheckning är sparad här')).toBeVisible();
  await page.goto('about:blank');
  await page.context().setOffline(false);
  await page.goto(`${ownSite.url}/me`);
  await expect(page.getByText('1 incheckning på den här telefonen är inte skickad än.')).toBeVisible();
  await page.getByRole('button', { name: 'Logga ut' }).click();
  await expect(page.getByRole('link', { name: 'Logga in' })).toBeVisible();
  // The steward's door stays as long as its link opens it.
  await isLeft(page, { lists: 1, unsent: 1, pages: 1, workers: 1 });
  await page.goto(door);
  await expect(page.getByText('1 incheckning som gjordes här är inte skickad än. Den skickas när du har loggat in.')).toBeVisible();
  await signIn(page, ownSite, email);
  await page.goto(door);
  await expect.poll(() => ownSite.db.standing(event)).toEqual({ attended: 1, confirmed: 1 });
  // A link that was revoked while its page was closed: any page of the site will do.
  await page.getByRole('button', { name: 'Återkalla: Entrén' }).click();
  await expect(page.getByText('Länken är återkallad och öppnar ingenting längre.')).toBeVisible();
  await page.goto(`${ownSite.url}/calendar`);
  await expect(async () => expect(await left(page)).toMatchObject({ unsent: 0, pages: 1, workers: 1 })).toPass({ timeout: 10_000 });
  expect(await page.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith('stafett-door /door/')))).toEqual([]);
});

test('what a revoked link could not send any more is named', async ({ page, window, ownSite, guard }) => {
  test.setTimeout(60_000);
  guard.excuse(/ERR_INTERNET_DISCONNECTED|Failed to fetch|ERR_FAILED|404/);
  const { event, door, link } = await hall(page, ownSite, ['Åsa Öberg', 'Bo Ek']);
  const address = await link('Entrén');
  const steward = await window();
  await opened(steward, address);
  await steward.context().setOffline(true);
  await expect(steward.getByText('Utan nät.')).toBeVisible();
  await steward.getByRole('button', { name: 'Checka in: Åsa Öberg' }).click();
  await expect(steward.getByText('1 incheckning är sparad här')).toBeVisible();
  await page.goto(door);
  await page.getByRole('button', { name: 'Återkalla: Entrén' }).click();
  await steward.context().setOffline(false);
  await expect(said(steward)).toHaveText('1 incheckning hann inte skickas från den här telefonen och räknas inte: Åsa Öberg. Säg det till den som arrangerar.', { timeout: 15_000 });
  await expect(steward.locator('.guest')).toHaveCount(0);
  expect(await violations(steward)).toEqual([]);
  await isLeft(steward, { lists: 0, unsent: 0, pages: 0, workers: 0 });
  expect(await ownSite.db.standing(event)).toEqual({ confirmed: 2 });
});

test('an answer that was on its way when the network went does not count as its being back', async ({ page, ownSite }) => {
  const { door } = await hall(page, ownSite, ['Åsa Öberg']);
  await page.goto(door);
  await awake(page);
  const asked = [];
  await page.route(/\/api\/organise-door/, (route) => asked.push(route));
  const network = (state) => page.evaluate((state) => dispatchEvent(new Event(state)), state);
  const off = page.getByText('Utan nät. Det går att checka in ändå.');
  await network('online');
  await expect.poll(() => asked.length).toBe(1);
  await network('offline');
  await expect(off).toBeVisible();
  await asked[0].continue();
  // It asks again, since it still holds itself to be without a network; that answer tells that it is back.
  await expect.poll(() => asked.length, { timeout: 10_000 }).toBe(2);
  await expect(off).toBeVisible();
  await asked[1].continue();
  await expect(off).toBeHidden();
});

test('the worker looks after the door alone, and is small', async ({ page, ownSite }) => {
  const { door, link } = await hall(page, ownSite, ['Åsa Öberg']);
  await link('Entrén');
  await opened(page, door);
  const scopes = await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).map(({ scope }) => new URL(scope).pathname));
  expect(scopes).toEqual([new URL(door).pathname]);
  const worker = await ownSite.server.raw('/door-worker.js');
  expect(worker.buffer.length).toBeLessThan(6_000);
  for (const part of ['split_pages', 'split_organise']) expect(worker.text).not.toContain(part);
  expect(worker.text).toContain('split_door');
  await page.goto(`${ownSite.url}/calendar`);
  expect(await page.evaluate(() => navigator.serviceWorker.controller)).toBe(null);
});
