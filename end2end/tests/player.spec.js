import { expect, test } from '../support/test.js';
import { session, signIn } from '../support/account.js';
import { violations } from '../support/axe.js';
import { files, full, recording, sentences } from '../support/recordings.js';
import { unique } from '../support/database.js';

const video = (page) => page.locator('.player video');
const time = (page) => video(page).evaluate((media) => media.currentTime);
const at = (page, seconds) => expect.poll(async () => Math.round(await time(page)), { message: 'where it is' }).toBe(seconds);
const plays = (page, wanted = true) => expect.poll(() => video(page).evaluate((media) => !media.paused)).toBe(wanted);
const ready = (page) => expect.poll(() => video(page).evaluate((media) => media.readyState)).toBeGreaterThan(0);
const bar = (page) => page.getByRole('slider', { name: 'Plats i inspelningen' });
const key = (page, name) => page.locator('.deck').getByRole('button', { name, exact: true });

/** Opens a recording's page and waits until our controls have taken over. */
async function watch(page, open, url) {
  await open(url);
  await expect(page.locator('.deck')).toBeVisible();
  await expect(video(page)).not.toHaveAttribute('controls', /.*/);
  await ready(page);
}

test('the buttons do what they say, and say how things stand', async ({ page, site, context, open }) => {
  await files(context);
  const it = await full(site.db);
  await watch(page, open, `${site.url}${it.path}`);
  await expect(bar(page)).toHaveAttribute('aria-valuetext', '0 sekunder av 1 minut');
  await key(page, '10 sekunder framåt').click();
  await at(page, 10);
  await expect(bar(page)).toHaveAttribute('aria-valuetext', '10 sekunder av 1 minut');
  await key(page, '10 sekunder bakåt').click();
  await key(page, '10 sekunder bakåt').click();
  await at(page, 0);
  await key(page, 'Spela').click();
  await plays(page);
  await expect.poll(() => time(page)).toBeGreaterThan(0.5);
  await key(page, 'Pausa').click();
  await plays(page, false);
  await expect(key(page, 'Spela')).toBeVisible();

  await key(page, 'Ljud av').click();
  await expect(key(page, 'Ljud av')).toHaveAttribute('aria-pressed', 'true');
  expect(await video(page).evaluate((media) => media.muted)).toBe(true);
  await page.getByRole('slider', { name: 'Ljudstyrka' }).fill('40');
  expect(await video(page).evaluate((media) => [media.muted, media.volume])).toEqual([false, 0.4]);

  const modes = () => video(page).evaluate((media) => Object.fromEntries([...media.textTracks].map((track) => [track.language, track.mode])));
  expect(await modes()).toEqual({ sv: 'disabled', en: 'disabled' });
  await key(page, 'Undertexter').click();
  await expect(key(page, 'Undertexter')).toHaveAttribute('aria-pressed', 'true');
  expect(await modes()).toEqual({ sv: 'showing', en: 'disabled' });

  await page.getByText('Inställningar', { exact: true }).click();
  await page.getByLabel('Undertexter på').selectOption('en');
  expect(await modes()).toEqual({ sv: 'disabled', en: 'showing' });
  await page.getByLabel('Textens storlek').selectOption('large');
  await page.getByLabel('Textens färg').selectOption('yellow');
  await expect(page.locator('.player')).toHaveClass(/cues-large cues-yellow/);
  await page.getByLabel('Hastighet').selectOption({ label: '1,5×' });
  expect(await video(page).evaluate((media) => media.playbackRate)).toBe(1.5);
  expect(await violations(page)).toEqual([]);

  // It stays in this browser.
  await watch(page, open, `${site.url}${it.path}`);
  await expect(page.locator('.player')).toHaveClass(/cues-large cues-yellow/);
  expect(await video(page).evaluate((media) => [media.playbackRate, media.volume])).toEqual([1.5, 0.4]);
  expect(await modes()).toEqual({ sv: 'disabled', en: 'showing' });
});

test('the keys, while the player has the focus and at no other time', async ({ page, site, context, open }) => {
  await files(context);
  const it = await full(site.db);
  await watch(page, open, `${site.url}${it.path}`);
  await page.locator('h1').focus();
  for (const name of ['k', 'l', '5', 'm']) await page.keyboard.press(name);
  expect(await video(page).evaluate((media) => [media.paused, media.currentTime, media.muted])).toEqual([true, 0, false]);

  await bar(page).focus();
  await page.keyboard.press('l');
  await at(page, 10);
  await page.keyboard.press('ArrowRight');
  await at(page, 15);
  await page.keyboard.press('j');
  await at(page, 5);
  await page.keyboard.press('ArrowLeft');
  await at(page, 0);
  await page.keyboard.press('5');
  await at(page, 30);
  await page.keyboard.press('End');
  await at(page, 60);
  await page.keyboard.press('Home');
  await at(page, 0);
  await page.keyboard.press('m');
  expect(await video(page).evaluate((media) => media.muted)).toBe(true);
  await page.keyboard.press('c');
  await expect(key(page, 'Undertexter')).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('>');
  await page.keyboard.press('>');
  expect(await video(page).evaluate((media) => media.playbackRate)).toBe(1.5);
  await page.keyboard.press('<');
  expect(await video(page).evaluate((media) => media.playbackRate)).toBe(1.25);
  await page.keyboard.press('k');
  await plays(page);
  await page.keyboard.press(' ');
  await plays(page, false);
  // A button keeps its own key.
  await key(page, '10 sekunder framåt').focus();
  const before = await time(page);
  await page.keyboard.press(' ');
  await expect.poll(async () => Math.round((await time(page)) - before)).toBe(10);
  await plays(page, false);
  // What the browser does with Control is the browser's.
  await page.keyboard.press('Control+ArrowRight');
  await expect.poll(async () => Math.round((await time(page)) - before)).toBe(10);
});

test('the bar: drawn as it stands, dragged, with its chapters on it', async ({ page, site, context, open }) => {
  await files(context);
  const it = await full(site.db);
  await watch(page, open, `${site.url}${it.path}`);
  await expect(bar(page).locator('.tick')).toHaveCount(2);
  const box = await bar(page).boundingBox();
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await at(page, 30);
  await expect(page.locator('.deck-chapter')).toHaveText('Samtalet');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.75, box.y + 40, { steps: 4 });
  await page.mouse.up();
  await at(page, 45);
  await expect(page.locator('.deck-chapter')).toHaveText('Avslutning');
  await page.mouse.move(box.x, box.y);
  await at(page, 45);
  const chapter = page.getByRole('navigation', { name: 'Kapitel' }).getByRole('link', { name: /Samtalet/ });
  await chapter.click();
  await expect.poll(() => time(page)).toBeGreaterThan(19.9);
  await plays(page);
  await expect(chapter).toHaveAttribute('aria-current', 'true');
  await expect(page).toHaveURL(`${site.url}${it.path}`);
});

test('begins where the address says, and gives an address of where it is', async ({ page, site, context, open }) => {
  await files(context);
  const it = await full(site.db);
  await watch(page, open, `${site.url}${it.path}?t=12`);
  await at(page, 12);
  await key(page, '10 sekunder framåt').click();
  await expect(page.getByRole('link', { name: 'Länk hit' })).toHaveAttribute('href', `${it.path}?t=22`);
  await page.getByRole('link', { name: 'Länk hit' }).click();
  await expect(page).toHaveURL(`${site.url}${it.path}?t=22`);
  await expect(page.locator('.player').getByRole('status')).toHaveText(/Länken (är kopierad|står nu i adressfältet)\./);
  await at(page, 22);
  await watch(page, open, `${site.url}${it.path}?t=1m1s`);
  await expect(bar(page)).toHaveAttribute('aria-valuetext', '1 minut av 1 minut');
  await watch(page, open, `${site.url}${it.path}?t=nonsens`);
  await at(page, 0);
});

test('what is said goes along, and each sentence can be gone to', async ({ page, site, context, open }) => {
  await files(context);
  const it = await full(site.db);
  await watch(page, open, `${site.url}${it.path}`);
  const said = page.locator('.said-text');
  const marked = said.locator('a[aria-current]');
  await said.getByText('Mening nummer 21.').click();
  await expect.poll(() => time(page)).toBeGreaterThan(39.9);
  await plays(page);
  await expect(marked).toHaveText(/Mening nummer 2[1-4]\./);
  await expect(page).toHaveURL(`${site.url}${it.path}`);
  // Enter on the next one, which the arrow goes to.
  await marked.focus();
  const here = Number((await marked.textContent()).match(/\d+/)[0]);
  await page.keyboard.press('k');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect.poll(async () => Math.round(await time(page))).toBeLessThan(here * 2);
  await key(page, 'Pausa').click();

  // Another language, without anything being played anew.
  const place = await time(page);
  await page.locator('.said-in').getByRole('link', { name: 'Engelska' }).click();
  await expect(said).toContainText('Sentence nummer 3.');
  await expect(said).toHaveAttribute('lang', 'en');
  expect(await time(page)).toBe(place);
  await said.getByText('Sentence nummer 3.').click();
  await at(page, 4);
});

test('the text scrolls within its own box, until the reader scrolls', async ({ page, site, context, open }) => {
  await files(context, { seconds: 600 });
  const it = await recording(site.db, { seconds: 600, cues: { sv: sentences(300) } });
  await watch(page, open, `${site.url}${it.path}`);
  const said = page.locator('.said-text');
  const top = () => said.evaluate((list) => list.scrollTop);
  const windowTop = () => page.evaluate(() => scrollY);
  await bar(page).focus();
  await page.keyboard.press('9');
  await expect.poll(top).toBeGreaterThan(300);
  await expect(said.locator('a[aria-current]')).toBeInViewport();
  expect(await windowTop()).toBe(0);
  await said.hover();
  await page.mouse.wheel(0, -100_000);
  await expect.poll(top).toBe(0);
  await page.keyboard.press('8');
  await page.waitForTimeout(500);
  expect(await top()).toBe(0);
  await page.getByRole('button', { name: 'Följ med i texten' }).click();
  await expect.poll(top).toBeGreaterThan(300);
});

test('who wants nothing to move is not moved', async ({ page, site, context, open }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await files(context, { seconds: 600 });
  const it = await recording(site.db, { seconds: 600, cues: { sv: sentences(300) } });
  await watch(page, open, `${site.url}${it.path}`);
  await bar(page).focus();
  await page.keyboard.press('9');
  await expect(page.locator('.said-text a[aria-current]')).toHaveCount(1);
  expect(await page.locator('.said-text').evaluate((list) => list.scrollTop)).toBe(0);
  await expect(page.getByRole('button', { name: 'Följ med i texten' })).toBeVisible();
});

test('the slide that is on view follows', async ({ page, site, context, open }) => {
  await files(context);
  const it = await full(site.db);
  await watch(page, open, `${site.url}${it.path}`);
  const slide = page.getByRole('region', { name: 'Bilder' }).getByRole('link').first();
  await expect(slide).toHaveText('Bild 1');
  await bar(page).focus();
  await page.keyboard.press('5');
  await expect(slide).toHaveText('Bild 2');
  await expect(slide).toHaveAttribute('href', /\.pdf#page=2$/);
  await page.keyboard.press('8');
  await expect(slide).toHaveText('Bild 3');
});

test('another version goes on from where it is', async ({ page, site, context, open }) => {
  await files(context);
  const it = await full(site.db, { audio: true });
  await watch(page, open, `${site.url}${it.path}`);
  await bar(page).focus();
  await page.keyboard.press('5');
  await at(page, 30);
  const before = await video(page).getAttribute('src');
  await page.getByText('Inställningar', { exact: true }).click();
  await page.getByLabel('Version').selectOption({ label: 'Bara ljud' });
  await expect(video(page)).not.toHaveAttribute('src', before);
  await ready(page);
  await at(page, 30);
});

test('the network is lost in the middle: it says so, tries again and keeps its place', async ({ page, site, context, open, guard }) => {
  guard.excuse(/ERR_INTERNET_DISCONNECTED/);
  const state = await files(context);
  const it = await full(site.db);
  await watch(page, open, `${site.url}${it.path}`);
  await bar(page).focus();
  await page.keyboard.press('5');
  await at(page, 30);
  state.gone = true;
  // The browser has all of so short a film; what it does when more is to come and does not is done to it here.
  await video(page).evaluate((media) => media.load());
  const status = page.locator('.player').getByRole('status');
  await expect(status).toHaveText('Kontakten bröts. Vi försöker igen; din plats är kvar.');
  await expect(bar(page)).toHaveAttribute('aria-valuetext', '30 sekunder av 1 minut');
  await expect(page.locator('.player').getByRole('button', { name: 'Försök igen' })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  state.gone = false;
  await expect(status).toHaveText('Kontakten är tillbaka.', { timeout: 15_000 });
  await at(page, 30);
  await expect(page.locator('.player').getByRole('button', { name: 'Försök igen' })).toHaveCount(0);
});

test('a file that is not there is told of, and not asked for over and over', async ({ page, site, context, open, guard }) => {
  guard.excuse(/status of 404/);
  const state = await files(context);
  state.status = 404;
  const it = await full(site.db, { poster: false });
  await open(`${site.url}${it.path}`);
  const status = page.locator('.player').getByRole('status');
  await expect(status).toHaveText('Inspelningen går inte att hämta.');
  state.status = 0;
  await page.locator('.player').getByRole('button', { name: 'Försök igen' }).click();
  await ready(page);
  await expect(status).not.toHaveText('Inspelningen går inte att hämta.');
});

test('what was watched is told, only what was played, and kept only for who is signed in', async ({ page, ownSite, context, open }) => {
  test.setTimeout(60_000);
  await files(context);
  const { db } = ownSite;
  const it = await full(db);
  await watch(page, open, `${ownSite.url}${it.path}`);
  await key(page, 'Spela').click();
  await expect.poll(() => time(page)).toBeGreaterThan(1);
  await page.goto(`${ownSite.url}/recordings`);
  // It is counted, and nobody is in it.
  await expect.poll(() => db.value('select sum(views)::int from recording_days')).toBe(1);
  expect(Number(await db.value('select watched_ms from recording_days'))).toBeGreaterThan(900);
  expect(await db.sql('select part, views from recording_parts where part = 0')).toEqual([{ part: 0, views: 1 }]);
  expect(await db.value('select count(*) from watching')).toBe(0);
  expect(await page.evaluate(() => sessionStorage.length)).toBe(0);

  await signIn(page, ownSite, `${unique('tittar')}@exempel.se`);
  await watch(page, open, `${ownSite.url}${it.path}`);
  await key(page, 'Spela').click();
  await expect.poll(() => time(page)).toBeGreaterThan(2);
  await key(page, 'Pausa').click();
  await bar(page).focus();
  await page.keyboard.press('5');
  await at(page, 30);
  await key(page, 'Spela').click();
  await expect.poll(() => time(page)).toBeGreaterThan(32);
  await page.goto(`${ownSite.url}/recordings`);
  await expect.poll(() => db.value('select count(*) from watching')).toBe(1);
  const [row] = await db.sql('select at_ms, watched::text, (select count(*) from unnest(watched)) as parts, (select sum(upper(p) - lower(p)) from unnest(watched) p) as ms from watching');
  expect(Number(row.parts), row.watched).toBe(2);
  expect(row.at_ms).toBeGreaterThan(31_500);
  expect(Number(row.ms)).toBeGreaterThan(3_500);
  expect(Number(row.ms)).toBeLessThan(12_000);
  // It is gone on with elsewhere.
  await page.goto(`${ownSite.url}/me`);
  await page.getByRole('region', { name: 'Fortsätt titta' }).getByRole('link', { name: 'Mod att prova' }).click();
  await ready(page);
  await expect.poll(async () => Math.round(await time(page))).toBe(Math.floor(row.at_ms / 1_000));
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the browser plays it, and all that is said is there to read', async ({ page, site, context }) => {
    await files(context);
    const it = await full(site.db);
    await page.goto(`${site.url}${it.path}?t=12`);
    await expect(video(page)).toHaveAttribute('controls', '');
    await expect(video(page)).toHaveAttribute('src', /#t=12$/);
    await expect(page.locator('.deck')).toBeHidden();
    await expect(video(page).locator('track')).toHaveCount(2);
    await expect(page.locator('.said-text')).toContainText('Mening nummer 1.');
    await expect(page.locator('.said-text')).toContainText('Mening nummer 30.');
    await page.locator('.said-text').getByText('Mening nummer 21.').click();
    await expect(page).toHaveURL(`${site.url}${it.path}?t=40`);
    await expect(video(page)).toHaveAttribute('src', /#t=40$/);
    await page.locator('.said-in').getByRole('link', { name: 'Engelska' }).click();
    await expect(page.locator('.said-text')).toContainText('Sentence nummer 30.');
    await page.getByRole('navigation', { name: 'Kapitel' }).getByRole('link', { name: /Samtalet/ }).click();
    await expect(video(page)).toHaveAttribute('src', /#t=20$/);
    // The library too.
    await page.goto(`${site.url}/recordings`);
    await page.locator('.filter').getByRole('link', { name: /^Svenska/ }).click();
    await expect(page).toHaveURL(/language=sv/);
  });
});

test('on a telephone nothing sticks out, and everything is large enough to hit', async ({ window, site }) => {
  const page = await window({ viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true });
  await files(page.context());
  const it = await full(site.db);
  await page.goto(`${site.url}${it.path}`);
  await expect(page.locator('.deck')).toBeVisible();
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(sideways).toBe(0);
  const small = await page.locator('.deck :is(button, summary, a, .seek), .chapters a').evaluateAll((list) =>
    list.map((one) => one.getBoundingClientRect()).filter((box) => box.width > 0 && (box.height < 44 || box.width < 44)).length,
  );
  expect(small).toBe(0);
});

test('three hours of what is said do not make the page slow', async ({ page, site, context, open }) => {
  await files(context);
  const it = await recording(site.db, { seconds: 10_800, cues: { sv: Array.from({ length: 3_600 }, (_, n) => [n * 3_000, n * 3_000 + 2_800, `Det här är mening nummer ${n + 1} i ett långt samtal om att våga prova.`]) } });
  const begun = Date.now();
  const answer = await site.server.raw(it.path);
  expect(answer.status).toBe(200);
  expect(Date.now() - begun).toBeLessThan(1_500);
  await open(`${site.url}${it.path}`);
  await expect(page.locator('.deck')).toBeVisible();
  await expect(page.locator('.said-text a[data-at]')).toHaveCount(3_600);
  const longest = await page.evaluate(async () => {
    const media = document.querySelector('.player video');
    let worst = 0;
    for (let step = 0; step < 20; step += 1) {
      const begin = performance.now();
      media.dispatchEvent(new Event('timeupdate'));
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      worst = Math.max(worst, performance.now() - begin);
    }
    return worst;
  });
  expect(longest).toBeLessThan(200);
});
