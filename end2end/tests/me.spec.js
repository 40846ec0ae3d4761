// One's own page: the way in, series as lines of stops, what was missed, one's calendar, and what is held about one.
import { execFileSync } from 'node:child_process';
import { signIn } from '../support/account.js';
import { violations } from '../support/axe.js';
import { recording } from '../support/recordings.js';
import { expect, test, unique } from '../support/test.js';

const heading = (page) => page.getByRole('heading', { level: 1 });
const sideways = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
const from = (minutes) => new Date(Date.now() + minutes * 60e3);
const someone = () => `${unique('asa')}@exempel.se`;

// What begins soon is first on the start page of the site that tests share: these tests have each their own.

/** An event that begins in so many minutes and lasts an hour. */
const soon = (site, minutes, fields = {}) =>
  site.db.event({ starts: from(minutes), ends: from(minutes + 60), meeting_url: 'https://meet.example.org/rum-1', ...fields });

test('the way in opens when it is time, by the server\'s clock and not by the phone\'s', async ({ page, bare: site }) => {
  const email = someone();
  await site.server.signUp(await soon(site, 17), { email });
  await signIn(page, site, email);
  // A phone that is three hours behind.
  await page.clock.install({ time: from(-180) });
  await page.goto(`${site.url}/me`);
  const countdown = page.locator('#countdown');
  await expect(countdown).toHaveText(/^Börjar om 1[67] minuter\.$/);
  await expect(page.getByRole('link', { name: 'Gå till mötet' })).toHaveCount(0);
  await page.waitForFunction(() => document.querySelector('#countdown'));
  await expect(async () => {
    await page.clock.runFor(60_000);
    await expect(page.getByRole('link', { name: 'Gå till mötet' })).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 15_000 });
  await expect(countdown).toHaveText(/^Börjar om 1?\d minuter\.$/);
  expect(await violations(page)).toEqual([]);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the page says when it is, and has the way in when that is open', async ({ page, bare: site }) => {
    const email = someone();
    const event = await soon(site, 10);
    await site.server.signUp(event, { email });
    // There is no page to ask for the browser's name.
    const { session } = await import('../support/account.js');
    const [name, value] = (await session(site, email)).split('=');
    await page.context().addCookies([{ name, value, url: site.url, httpOnly: true, sameSite: 'Lax' }]);
    await page.goto(`${site.url}/me`);
    await expect(page.getByRole('link', { name: 'Gå till mötet' })).toHaveAttribute('href', `/events/${event.slug}/join`);
    await page.goto(`${site.url}/me/calendar`);
    await page.getByRole('button', { name: 'Slå på' }).click();
    await expect(page.getByLabel('Adressen till din kalender')).toHaveValue(/\/feeds\/mine\/[\w-]{43}\.ics/);
    await page.goto(`${site.url}/me/data`);
    await expect(heading(page)).toHaveText('Det vi har om dig');
  });
});

test('a series is a line of stops: taken, missed with its recording, coming', async ({ page, bare: site }) => {
  const email = someone();
  const programme = await site.db.programme();
  const series = await site.db.series({ programme_id: programme.id, title_sv: 'Turnén genom Skellefteå, Östersund och Malå' });
  const stop = (title_sv, days, fields = {}) => {
    const starts = from(days * 24 * 60);
    return site.db.event({ title_sv, series_id: series.id, programme_id: programme.id, starts, ends: new Date(starts.getTime() + 3600e3), ...fields });
  };
  const [taken, missed, mine] = [await stop('Första stoppet', 3), await stop('Andra stoppet', 4), await stop('Tredje stoppet', 5)];
  await stop('Fjärde stoppet', 6);
  for (const event of [taken, missed, mine]) await site.server.signUp(event, { email });
  await site.db.sql("update sign_ups set status = 'attended' where event_id = $1", [taken.id]);
  await site.db.sql("update events set starts_at = starts_at - interval '9 days', ends_at = ends_at - interval '9 days', state = 'held' where id = any($1)", [[taken.id, missed.id]]);
  await recording(site.db, { event: missed, title: 'Det som sades vid andra stoppet' });
  await signIn(page, site, email);
  await page.goto(`${site.url}/me`);
  const stops = page.locator('.my-lines li');
  await expect(stops).toContainText([/Första stoppet.*Du var med/s, /Andra stoppet.*Du missade.*Se inspelningen/s, /Tredje stoppet.*Du har en plats/s, /Fjärde stoppet.*Du har ingen plats/s]);
  await expect(page.getByText('Du har varit med på 1 av 4 stopp.')).toBeVisible();
  // Whatever a stop is to the reader, it is laid out as the others are.
  const looks = () => stops.evaluateAll((all) => [...new Set(all.map((stop) => { const { display, alignItems } = getComputedStyle(stop); return `${display} ${alignItems}`; }))]);
  expect(await looks()).toHaveLength(1);
  const left = page.getByRole('region', { name: 'Inspelningar av det du missade' });
  await expect(left.getByRole('link', { name: /Det som sades vid andra stoppet/ })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await sideways(page)).toBe(0);
  await stops.nth(1).getByRole('link', { name: /Se inspelningen/ }).click();
  await expect(heading(page)).toHaveText('Det som sades vid andra stoppet');
});

test('one\'s calendar is one\'s own: switched on, renewed, switched off', async ({ page, request, bare: site }) => {
  const email = someone();
  const [event, full] = [await soon(site, 3 * 24 * 60), await soon(site, 4 * 24 * 60, { seats: { digital: 0 } })];
  await site.server.signUp(event, { email });
  await site.server.signUp(full, { email });
  await signIn(page, site, email, { lang: 'en' });
  await page.goto(`${site.url}/en/me/calendar`);
  await page.getByRole('button', { name: 'Switch on' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Your calendar is switched on.' })).toBeVisible();
  const field = page.getByLabel('The address of your calendar');
  const first = await field.inputValue();
  expect(await violations(page)).toEqual([]);
  const read = async (address) => request.get(address.replace(/^https?:\/\/[^/]+/, site.url));
  const answer = await read(first);
  expect(answer.headers()['content-type']).toMatch(/^text\/calendar/);
  expect(answer.headers()['cache-control']).toContain('private');
  const calendar = (await answer.text()).replaceAll('\r\n ', '');
  expect(calendar).toContain(`Aktivitet ${event.slug}`);
  expect(calendar).toMatch(new RegExp(`Waiting for a place: Aktivitet ${full.slug}`));
  expect(calendar).toContain('STATUS:TENTATIVE');
  await page.getByRole('button', { name: 'Renew the address' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'You have a new address.' })).toBeVisible();
  const second = await field.inputValue();
  expect(second).not.toBe(first);
  expect((await read(first)).status()).toBe(404);
  expect((await read(second)).status()).toBe(200);
  await page.getByRole('button', { name: 'Switch off' }).click();
  await expect(page.getByRole('button', { name: 'Switch on' })).toBeVisible();
  expect((await read(second)).status()).toBe(404);
});

test('what is held about somebody can be seen and taken along, by them alone', async ({ page, request, bare: site }) => {
  const email = someone();
  const event = await soon(site, 3 * 24 * 60);
  const own = await site.server.signUp(event, { email, name: 'Åsa <script>alert(1)</script> O’Hara' });
  await signIn(page, site, email);
  await page.goto(`${site.url}/me/account`);
  await page.getByRole('link', { name: 'Det vi har om dig' }).click();
  await expect(heading(page)).toHaveText('Det vi har om dig');
  await expect(page.locator('.stored div').filter({ hasText: /^Anmälningar/ })).toContainText('1');
  await expect(page.locator('.consents li')).toContainText([`Aktivitet ${event.slug}`]);
  await page.getByText('Vad som stod').click();
  expect(await violations(page)).toEqual([]);
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await sideways(page)).toBe(0);
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Ladda ner allt' }).click();
  const file = await (await download).path();
  const unpack = (name) => execFileSync('python3', ['-c', 'import sys,zipfile;sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]))', file, name]).toString();
  const data = JSON.parse(unpack('data.json'));
  expect(data.sign_ups.map((row) => row.event)).toEqual([`Aktivitet ${event.slug}`]);
  expect(data.person[0].email).toBe(email);
  const token = new URL(own.json.manage_url).pathname.split('/').at(-1);
  expect(JSON.stringify(data)).not.toContain(token);
  const html = unpack('index.html');
  expect(html).toContain('&lt;script&gt;');
  expect(html).not.toContain('<script');
  // Nobody else gets it.
  const answer = await request.get(`${site.url}/me/data/stafett.zip`);
  expect(answer.status()).toBe(401);
  expect(answer.headers()['cache-control']).toContain('no-store');
});
