// What is made of files once they have come: by the server's own jobs, with Debian's ffmpeg and poppler-utils.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as tus from 'tus-js-client';
import { session, signIn } from '../support/account.js';
import { complaints } from '../support/axe.js';
import { withRole } from '../support/organiser.js';
import { expect, test, unique } from '../support/test.js';

const demo = (name) => path.join(import.meta.dirname, '../../server/demo/media', name);

/** A recording without files, and somebody who organises its programme. */
async function recording(site) {
  const [event] = await site.db.sql("select id, programme_id from events where state = 'held' order by id limit 1");
  const slug = unique('film');
  const { id } = await site.db.insert('recordings', { event_id: event.id, slug, title: `Filmen ${slug}`, state: 'published', published_at: new Date() });
  const email = await withRole(site.db, event.programme_id);
  return { id, slug, email, address: `${site.url}/organise/recordings/${slug}/jobs` };
}

async function send(site, { slug, email }, name) {
  const cookie = await session(site, email);
  const file = await readFile(demo(name));
  await new Promise((resolve, reject) => {
    new tus.Upload(file, {
      endpoint: `${site.url}/organise/recordings/${slug}/upload`,
      headers: { cookie },
      metadata: { filename: name },
      onError: reject,
      onSuccess: resolve,
    }).start();
  });
}

test('a film and its slides are made ready while one looks on, and shown', async ({ page, site, open }) => {
  test.slow();
  const into = await recording(site);
  await signIn(page, site, into.email);
  await send(site, into, 'uppsala-och-sundsvall.mp4');
  await open(into.address);
  const jobs = page.locator('.media-job');
  await expect(page.getByRole('status').filter({ hasText: '6 av 6 klara.' })).toBeVisible({ timeout: 90_000 });
  await expect(jobs).toHaveCount(6);
  expect(await complaints(page)).toEqual([]);
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  await page.setViewportSize({ width: 1280, height: 800 });

  // One of them again, by the keyboard: the button stays where it is, and says what can be done now.
  const poster = jobs.filter({ hasText: 'Startbild' });
  await poster.getByRole('button', { name: 'Gör om' }).focus();
  await page.keyboard.press('Enter');
  await expect(poster).toContainText(/Väntar|Pågår|Klart/);
  await expect(poster.getByRole('button')).toBeFocused();
  await expect(poster).toContainText('Klart', { timeout: 30_000 });

  await send(site, into, 'uppsala-och-sundsvall.pdf');
  await expect(page.getByRole('status').filter({ hasText: '7 av 7 klara.' })).toBeVisible({ timeout: 60_000 });
  await site.db.sql('insert into slide_times (recording_id, start_ms, page) values ($1, 0, 1), ($1, 20000, 2)', [into.id]);

  await open(`${site.url}/recordings/${into.slug}`);
  const slide = page.locator('.slide-on-view img');
  await expect(slide).toHaveAttribute('alt', /^Bild 1: \S+/);
  expect(await slide.evaluate((image) => image.decode().then(() => image.naturalWidth))).toBe(1280);
  const first = await slide.getAttribute('src');
  const bar = page.getByRole('slider', { name: 'Plats i inspelningen' });
  const box = await bar.boundingBox();
  await expect(page.locator('.peek')).toHaveCount(0);
  // Over its middle: the tile of that second, cut out of all of them.
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await expect(page.locator('.peek')).toHaveAttribute('viewBox', /^(1440 180|0 270|1280 180) 160 90$/);
  await expect(page.locator('.peek text')).toHaveText(/^0:(29|30)$/);
  await page.mouse.move(0, 0);
  await expect(page.locator('.peek')).toHaveCount(0);
  await bar.focus();
  await page.keyboard.press('End');
  await expect(page.locator('.peek')).toHaveCount(1);
  // It stays within the bar.
  const peek = await page.locator('.peek').boundingBox();
  expect(peek.x + peek.width).toBeLessThanOrEqual(box.x + box.width + 1);
  await page.keyboard.press('Escape');
  await expect(page.locator('.peek')).toHaveCount(0);
  await expect(slide).toHaveAttribute('alt', /^Bild 2: /);
  expect(await slide.getAttribute('src')).not.toBe(first);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('what failed says why, and is done again by a form', async ({ page, site }) => {
    const into = await recording(site);
    const key = `${unique('fil').replace(/[^a-z0-9]/g, '')}0123456789abcdef`.slice(0, 20);
    await site.db.insert('media_files', { recording_id: into.id, role: 'original', key: `${key}.mp4`, content_type: 'video/mp4', bytes: 5 });
    await signIn(page, site, into.email);
    await page.goto(into.address);
    await expect(page.getByText('Inget har gjorts av filerna än.')).toBeVisible();
    await page.getByRole('button', { name: 'Bearbeta filerna' }).click();
    await expect(page).toHaveURL(/\/jobs#jobs$/);
    await expect(async () => {
      await page.reload();
      await expect(page.locator('.media-job')).toContainText('Filen finns inte i lagret', { timeout: 500 });
    }).toPass({ timeout: 30_000 });
    await expect(page.getByRole('status').filter({ hasText: '0 av 1 klara, 1 gick inte.' })).toBeVisible();
    await page.getByRole('button', { name: 'Gör om', exact: true }).click();
    await expect(page.locator('.media-job')).toHaveCount(1);
    await page.goto(into.address.replace('/organise/', '/en/organise/'));
    await expect(page.getByRole('heading', { name: 'Processing of the files' })).toBeVisible();
  });

  test('who organises elsewhere is told nothing', async ({ page, site, guard }) => {
    guard.excuse(/403/);
    const into = await recording(site);
    const other = await site.db.programme();
    await signIn(page, site, await withRole(site.db, other.id));
    expect((await page.goto(into.address)).status()).toBe(403);
  });
});
