// Which page of the slides is shown from when on, as an organiser sets it beside the film.
import { signIn } from '../support/account.js';
import { violations } from '../support/axe.js';
import { withRole } from '../support/organiser.js';
import { recording } from '../support/recordings.js';
import { expect, test } from '../support/test.js';

const PAGES = ['Vad är en stafett', 'Två kommuner berättar', 'Frågor', 'Tack'];
const times = (page) => page.getByRole('list', { name: 'Tider' }).getByRole('listitem');
const shown = (page) => page.getByRole('list', { name: 'Sidor' }).getByRole('button');
const said = (page) => page.locator('.slides-said');
const seek = (page, seconds) =>
  page.locator('video').evaluate(async (film, seconds) => {
    const there = new Promise((done) => film.addEventListener('seeked', done, { once: true }));
    film.currentTime = seconds;
    await there;
  }, seconds);
const save = (page) => page.getByRole('button', { name: 'Spara', exact: true }).click();
const stored = async (site, it) =>
  (await site.db.sql('select start_ms, page from slide_times where recording_id = $1 order by start_ms', [it.id])).map((row) => [row.start_ms, row.page]);

async function desk(page, site, options = {}) {
  const programme = await site.db.programme();
  const event = await site.db.event({ programme_id: programme.id, starts: '2024-05-14 09:00', state: 'held' });
  const it = await recording(site.db, { event, pages: PAGES, ...options });
  await signIn(page, site, await withRole(site.db, programme.id));
  return { ...it, at: `${site.url}/organise/recordings/${it.slug}/slides` };
}

test('a press on a page shows it from where the film is', async ({ page, site, open }) => {
  const it = await desk(page, site);
  await open(it.at);
  await expect(page.getByText('Inga tider än. Spela filmen och välj sidan som visas.')).toBeVisible();
  await expect(shown(page)).toHaveCount(4);
  await page.getByRole('button', { name: 'Sida 1: Vad är en stafett' }).click();
  await expect(said(page)).toHaveText('Sida 1 visas från 00:00:00.000.');
  await seek(page, 12.5);
  await page.getByRole('button', { name: 'Sida 3: Frågor' }).click();
  await expect(said(page)).toHaveText('Sida 3 visas från 00:00:12.500.');
  await expect(page.getByText('Nu visas sida 3 av 4')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Sida 3: Frågor' })).toHaveAttribute('aria-current', 'true');
  await page.getByRole('button', { name: 'Sida 3: Frågor' }).click();
  await expect(said(page)).toHaveText('Sida 3 visas redan.');
  await expect(page.getByText('Ändringarna är inte sparade än.')).toBeVisible();
  // A slip of the finger is put right in the row.
  await expect(times(page)).toHaveCount(2);
  await times(page).nth(1).getByLabel('Sida', { exact: true }).fill('2');
  await times(page).nth(1).getByLabel('Tid', { exact: true }).fill('0:12');
  await times(page).nth(1).getByLabel('Tid', { exact: true }).press('Tab');
  await expect(page.getByText('Nu visas sida 2 av 4')).toBeVisible();
  await save(page);
  await expect(page.getByText('Tiderna är sparade.')).toBeVisible();
  expect(await stored(site, it)).toEqual([[0, 1], [12_000, 2]]);
  await expect(page.getByText('Ändringarna är inte sparade än.')).toBeHidden();
});

test('by keys alone: next, back, undone, gone to, removed', async ({ page, site, open }) => {
  const it = await desk(page, site, { slides: [[0, 1], [30_000, 3]] });
  await open(it.at);
  await expect(times(page)).toHaveCount(2);
  await seek(page, 10);
  await page.keyboard.press('n');
  await expect(said(page)).toHaveText('Sida 2 visas från 00:00:10.000.');
  await seek(page, 20);
  await page.keyboard.press('b');
  await expect(said(page)).toHaveText('Sida 1 visas från 00:00:20.000.');
  await page.keyboard.press('b');
  await expect(said(page)).toHaveText('Det finns ingen sådan sida.');
  await page.keyboard.press('z');
  await expect(said(page)).toHaveText('Den senaste ändringen är ångrad.');
  await expect(times(page)).toHaveCount(3);
  // The pages are one stop of the tab key.
  await shown(page).first().focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('End');
  await expect(shown(page).nth(3)).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  await expect(said(page)).toHaveText('Sida 3 visas från 00:00:20.000.');
  // It came next anyway: it comes sooner.
  await expect(times(page)).toHaveCount(3);
  const there = times(page).nth(1).getByRole('button', { name: 'Gå dit: 00:00:10.000' });
  await there.focus();
  await page.keyboard.press('Enter');
  expect(await page.locator('video').evaluate((film) => film.currentTime)).toBe(10);
  await expect(times(page).nth(1)).toHaveAttribute('aria-current', 'true');
  // Letters that are typed are letters.
  await times(page).nth(1).getByLabel('Tid', { exact: true }).focus();
  await page.keyboard.press('n');
  await expect(times(page)).toHaveCount(3);
  await page.keyboard.press('Tab');
  await expect(times(page).nth(1).getByText('Raden börjar inte med en tid som 1:05.')).toBeVisible();
  await expect(times(page).nth(1).getByLabel('Tid', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  const remove = times(page).nth(1).getByRole('button', { name: /^Ta bort/ });
  await remove.focus();
  await page.keyboard.press('Enter');
  await expect(times(page)).toHaveCount(2);
  await expect(times(page).nth(1).getByRole('button', { name: /^Ta bort/ })).toBeFocused();
  await times(page).nth(1).getByLabel('Sida', { exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Tiderna är sparade.')).toBeVisible();
  expect(await stored(site, it)).toEqual([[0, 1], [20_000, 3]]);
});

test('lists from elsewhere are pasted, and leaving asks about what is not saved', async ({ page, site, open, guard }) => {
  guard.excuse(/^dialog: $/);
  const it = await desk(page, site);
  await open(it.at);
  await page.getByText('Som text').click();
  await page.getByLabel('Tider och sidor').fill('0:00 sida 1\n0:30;2\n0:45 4');
  await expect(times(page)).toHaveCount(3);
  await expect(times(page).nth(1).getByLabel('Tid', { exact: true })).toHaveValue('00:00:30.000');
  await seek(page, 40);
  await page.keyboard.press('Escape');
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('n');
  await expect(page.getByLabel('Tider och sidor')).toHaveValue('00:00:00.000 1\n00:00:30.000 2\n00:00:40.000 3\n00:00:45.000 4');
  const asked = new Promise((done) => { page.once('dialog', (dialog) => done(dialog.type())); });
  await page.close({ runBeforeUnload: true });
  expect(await asked).toBe('beforeunload');
  expect(await stored(site, it)).toEqual([]);
});

test('what the server refuses is shown by its line, and nothing of it is lost', async ({ page, site, open }) => {
  const it = await desk(page, site, { slides: [[0, 1]] });
  await open(it.at);
  await times(page).first().getByLabel('Tid', { exact: true }).fill('9:00:00');
  await save(page);
  await expect(page.getByRole('alert')).toContainText('Då är inspelningen slut.');
  await expect(times(page).first().getByLabel('Tid', { exact: true })).toHaveValue('09:00:00.000');
  expect(await stored(site, it)).toEqual([[0, 1]]);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('times are lines in a field', async ({ page, site }) => {
    const it = await desk(page, site, { slides: [[0, 1]] });
    await page.goto(it.at);
    await expect(page.getByRole('button', { name: /^(Nästa sida|Sida|Gå)/ })).toHaveCount(0);
    await page.getByLabel('Tider och sidor').fill('0:00 1\n0:05 2\nx');
    await save(page);
    await expect(page.getByRole('alert')).toContainText('Rad 3');
    await page.getByLabel('Tider och sidor').fill('0:00 1\n0:05 2');
    await save(page);
    await expect(page.getByText('Tiderna är sparade.')).toBeVisible();
    expect(await stored(site, it)).toEqual([[0, 1], [5_000, 2]]);
  });
});

test('slides whose pages are not made yet, and a recording without a film, say so', async ({ page, site, open }) => {
  const it = await desk(page, site, { pages: [], slides: [[0, 1]] });
  const none = await recording(site.db, { event: it.event, seconds: 0, elsewhere_url: 'https://play.example.org/1' });
  await open(`${site.url}/organise/recordings/${none.slug}/slides`);
  await expect(page.getByLabel('Tider och sidor')).toBeVisible();
  await open(it.at);
  await expect(page.getByText('Sidorna visas här som bilder när de har bearbetats.')).toBeVisible();
  await seek(page, 4);
  await page.getByRole('button', { name: 'Nästa sida från nu' }).click();
  await expect(times(page).nth(1).getByLabel('Sida', { exact: true })).toHaveValue('2');
});

for (const [width, lang, scheme] of [[1280, '', 'light'], [390, '/en', 'dark'], [320, '', 'light']]) {
  test(`it is whole at ${width} pixels`, async ({ page, site, open }) => {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme: scheme });
    const it = await desk(page, site, { slides: [[0, 1], [20_000, 2]] });
    await open(`${site.url}${lang}/organise/recordings/${it.slug}/slides`);
    await page.locator('.slides-page').nth(3).click();
    await page.locator('.slides-time input').first().fill('x');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    expect(await violations(page)).toEqual([]);
  });
}
