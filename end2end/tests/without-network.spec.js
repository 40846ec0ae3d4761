// One's own pages and the coming programme without a network: a telephone in a train, or in a hall without one.
import { signIn } from '../support/account.js';
import { violations } from '../support/axe.js';
import { expect, test } from '../support/test.js';

const heading = (page) => page.getByRole('heading', { level: 1 });
const note = (page) => page.locator('.kept-note');
const pathOf = (answer) => new URL(answer.json.manage_url).pathname;
const NO_NETWORK = /ERR_INTERNET_DISCONNECTED|Failed to fetch|ERR_FAILED|net::ERR/;

/** The paths that are kept. */
const kept = (page) => page.evaluate(async () => {
  const all = (await caches.has('site pages')) ? await (await caches.open('site pages')).keys() : [];
  return all.map(({ url }) => new URL(url).pathname).sort();
});

const sideways = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Somebody with a place at the hall, who has their own page open and kept. */
async function participant(page, site, { lang = 'sv' } = {}) {
  const event = await site.db.event({ starts: '2031-05-14 09:00', format: 'on_site', venue: 'Aulan', seats: { on_site: 20 } });
  const email = `${event.slug}@exempel.se`;
  const own = await site.server.signUp(event, { email, name: 'Åsa O’Hara-Öberg' });
  await signIn(page, site, email, { lang });
  const prefix = lang === 'en' ? '/en' : '';
  const place = `${prefix}${pathOf(own)}`;
  await page.goto(`${site.url}${prefix}/me`);
  await expect.poll(() => kept(page), { timeout: 20_000 }).toEqual(
    expect.arrayContaining([`${prefix}/me`, place, `${prefix}/events/${event.slug}`, `${prefix}/calendar`]),
  );
  return { event, email, place };
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('one\'s own page, the code for the door and the programme open without a network and say how old they are', async ({ page, ownSite, guard }) => {
    guard.excuse(NO_NETWORK);
    const { event, place } = await participant(page, ownSite);
    await page.context().setOffline(true);
    await page.goto(`${ownSite.url}/me`);
    await expect(heading(page)).toBeVisible();
    await expect(note(page)).toHaveText(/^Inget svar från nätet\. Så här såg sidan ut \S+ \d+ \S+ kl\.? \d\d:\d\d\. Försök igen$/);
    expect(await violations(page)).toEqual([]);
    expect(await sideways(page)).toBe(0);
    // By the keyboard alone, from the page that is kept to another.
    await page.getByRole('link', { name: /Hantera|Se eller ändra/ }).first().focus();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(new RegExp(`${place}$`));
    await expect(page.locator('.ticket svg')).toBeVisible();
    await expect(note(page)).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await page.goto(`${ownSite.url}/calendar`);
    await expect(note(page)).toBeVisible();
    await page.goto(`${ownSite.url}/events/${event.slug}`);
    await expect(page.locator('main')).toContainText(`Aktivitet ${event.slug}`);
    await expect(page).toHaveURL(new RegExp(`/events/${event.slug}$`));
    // What is not kept says so, and leads to what is.
    await page.goto(`${ownSite.url}/recordings`);
    await expect(heading(page)).toHaveText('Inget svar från nätet');
    await expect(page.getByRole('main').getByRole('link')).toContainText(['Försök igen', 'Min sida', 'Kalender']);
    expect(await violations(page)).toEqual([]);
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await sideways(page)).toBe(0);
    await page.getByRole('link', { name: `Aktivitet ${event.slug}` }).click();
    await expect(page.locator('main')).toContainText(`Aktivitet ${event.slug}`);
    await expect(page).toHaveURL(new RegExp(`/events/${event.slug}$`));
    // Once there is a network, the page is as it is now.
    await page.context().setOffline(false);
    await expect(note(page)).toBeHidden({ timeout: 15_000 });
    await expect(page.locator('main')).toContainText(`Aktivitet ${event.slug}`);
    await expect(page).toHaveURL(new RegExp(`/events/${event.slug}$`));
  });

  test('a page that was open goes on to what is kept, in English too', async ({ page, ownSite, guard }) => {
    guard.excuse(NO_NETWORK, /TypeError|unavailable/i);
    const { event } = await participant(page, ownSite, { lang: 'en' });
    await page.goto(`${ownSite.url}/en/me`);
    await page.waitForRequest((request) => new URL(request.url()).pathname === '/live').catch(() => {});
    await page.context().setOffline(true);
    await page.getByRole('link', { name: `Aktivitet ${event.slug}` }).first().click();
    await expect(note(page)).toHaveText(/^No answer from the network\. This is how the page was on .+ Try again$/, { timeout: 15_000 });
    await expect(page.locator('main')).toContainText(`Aktivitet ${event.slug}`);
    await expect(page).toHaveURL(new RegExp(`/events/${event.slug}$`));
  });
});

test('signing out takes away what was kept, with a network and without', async ({ page, ownSite, guard }) => {
  guard.excuse(NO_NETWORK, /status of 401/);
  const { email } = await participant(page, ownSite);
  await page.getByRole('button', { name: 'Logga ut' }).click();
  await page.waitForURL(`${ownSite.url}/`);
  expect(await kept(page)).not.toContain('/me');
  await page.context().setOffline(true);
  await page.goto(`${ownSite.url}/me`);
  await expect(heading(page)).toHaveText('Inget svar från nätet');
  // It goes there by itself once it can.
  await page.context().setOffline(false);
  await expect(heading(page)).toHaveText('Logga in först', { timeout: 15_000 });
  // Once more, and this time the server hears nothing of it.
  await signIn(page, ownSite, email);
  await page.goto(`${ownSite.url}/me`);
  await expect.poll(() => kept(page), { timeout: 20_000 }).toContain('/me');
  await page.context().setOffline(true);
  await page.goto(`${ownSite.url}/me`);
  await expect(note(page)).toBeVisible();
  await page.getByRole('button', { name: 'Logga ut' }).click();
  await expect(heading(page)).toHaveText('Inget svar från nätet');
  expect(await kept(page)).toEqual([]);
});

test('a session that was ended elsewhere leaves nothing behind', async ({ page, ownSite, guard }) => {
  guard.excuse(/status of 401/);
  await participant(page, ownSite);
  await ownSite.db.sql('delete from sessions');
  await page.goto(`${ownSite.url}/me`);
  await expect.poll(() => kept(page)).toEqual([]);
});

test('what was kept longer than a session lasts is not shown', async ({ page, ownSite, guard }) => {
  guard.excuse(NO_NETWORK);
  await participant(page, ownSite);
  const age = (days) => page.evaluate(async (days) => {
    const pages = await caches.open('site pages');
    const page = await pages.match('/me', { ignoreVary: true });
    const headers = new Headers(page.headers);
    headers.set('date', new Date(Date.now() - days * 86400e3).toUTCString());
    await pages.put('/me', new Response(await page.text(), { headers }));
  }, days);
  await age(13);
  await page.context().setOffline(true);
  await page.goto(`${ownSite.url}/me`);
  await expect(note(page)).toBeVisible();
  await age(15);
  await page.goto(`${ownSite.url}/me`);
  await expect(heading(page)).toHaveText('Inget svar från nätet');
});

test('a server that does not answer is not waited for when the page is kept', async ({ page, ownSite, guard }) => {
  guard.excuse(NO_NETWORK);
  await participant(page, ownSite);
  const { pid } = ownSite.server.process;
  process.kill(pid, 'SIGSTOP');
  try {
    await page.goto(`${ownSite.url}/me`);
    await expect(note(page)).toBeVisible();
  } finally {
    process.kill(pid, 'SIGCONT');
  }
  await page.getByRole('link', { name: 'Försök igen' }).click();
  await expect(note(page)).toBeHidden();
});

test('whoever has the link alone has their place kept, without an account', async ({ page, ownSite, guard }) => {
  guard.excuse(NO_NETWORK, /status of 401/);
  const event = await ownSite.db.event({ starts: '2031-05-14 09:00', format: 'on_site', venue: 'Aulan', seats: { on_site: 20 } });
  const own = await ownSite.server.signUp(event);
  await page.goto(`${ownSite.url}${pathOf(own)}`);
  await expect.poll(() => kept(page), { timeout: 20_000 }).toEqual(expect.arrayContaining([pathOf(own), '/calendar']));
  // Nobody is signed in, which says nothing of the place.
  await page.goto(`${ownSite.url}/me`);
  await page.context().setOffline(true);
  await page.goto(`${ownSite.url}${pathOf(own)}`);
  await expect(page.locator('.ticket svg')).toBeVisible();
  await expect(note(page)).toBeVisible();
});

test('who only reads the programme gets no worker', async ({ page, open, site }) => {
  await open(`${site.url}/calendar`);
  expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
});

test('a page of an older build goes on: the document is loaded anew', async ({ page, open, site, guard }) => {
  guard.excuse(/status of 404|CompileError|TypeError|split_|chunk_/);
  const event = await site.db.event({ starts: '2031-05-14 09:00' });
  await open(`${site.url}/calendar?view=agenda&date=2031-05-14`);
  const gone = /\/pkg\/[^/]+\/(split_pages|chunk_\d+)\.wasm$/;
  await page.route(gone, (route) => route.fulfill({ status: 404, body: '' }));
  const loaded = page.waitForResponse((response) => response.request().isNavigationRequest());
  await page.getByRole('link', { name: `Aktivitet ${event.slug}` }).first().click();
  await loaded;
  await page.unroute(gone);
  await expect(heading(page)).toHaveText(`Aktivitet ${event.slug}`);
});

test('it can be put on a home screen', async ({ request, site }) => {
  for (const [path, lang, start] of [['/manifest.webmanifest', 'sv', '/me'], ['/en/manifest.webmanifest', 'en', '/en/me']]) {
    const answer = await request.get(`${site.url}${path}`);
    expect(answer.headers()['content-type']).toBe('application/manifest+json');
    const manifest = await answer.json();
    expect([manifest.lang, manifest.start_url]).toEqual([lang, start]);
    for (const { src } of manifest.icons) expect((await request.get(`${site.url}${src}`)).ok(), src).toBe(true);
  }
  const page = await (await request.get(`${site.url}/en/calendar`)).text();
  expect(page).toContain('<link rel="manifest" href="/en/manifest.webmanifest"');
  expect((await request.get(`${site.url}/icons/180.png`)).headers()['content-type']).toBe('image/png');
});
