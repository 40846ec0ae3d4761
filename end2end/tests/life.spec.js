// The whole life of a sign-up as it is lived: on a phone with the keyboard alone, and far from the mast.
import { mailedSecret } from '../support/account.js';
import { question } from '../support/organiser.js';
import { expect, goodForm, test, unique } from '../support/test.js';

const heading = (page) => page.getByRole('heading', { level: 1 });
const PHONE = { width: 390, height: 844 };

/** Goes there by Tab, as somebody does who has nothing else. What has the focus must be seen to have it. */
async function tabTo(page, target, key = 'Tab') {
  for (let step = 0; step < 120; step += 1) {
    const hasFocus = () => target.evaluate((element) => element === document.activeElement);
    if (await hasFocus()) {
      // A page that has just come gives the focus to its heading, a moment after this hand could have been there.
      await page.waitForTimeout(120);
      if (!(await hasFocus())) continue;
      // The page was replaced between the two looks.
      if (!(await target.boundingBox())) continue;
      // It may be on its way there: pages scroll smoothly.
      const isOnScreen = async () => {
        const [box, { height }] = [await target.boundingBox(), page.viewportSize()];
        return Boolean(box) && box.y + box.height > 0 && box.y < height;
      };
      await expect.poll(isOnScreen, { message: 'what has the focus is on the screen', timeout: 2_000 }).toBe(true);
      return;
    }
    await page.keyboard.press(key);
  }
  throw new Error(`not reached by ${key}: ${target}`);
}

async function press(page, target, key = 'Enter') {
  await tabTo(page, target);
  await page.keyboard.press(key);
}

async function write(page, target, text) {
  await tabTo(page, target);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(text);
}

/** A tour of two stops, one of which asks something, and an event by itself. */
async function programme(site) {
  const { id } = await site.db.programme();
  const series = await site.db.series({ programme_id: id });
  const in_it = { programme_id: id, series_id: series.id, seats: { digital: 9 } };
  const first = await site.db.event({ ...in_it, starts: '2031-05-14 09:00', title_sv: 'Stopp ett' });
  const second = await site.db.event({ ...in_it, starts: '2031-05-21 09:00', title_sv: 'Stopp två' });
  const alone = await site.db.event({ programme_id: id, starts: '2031-06-01 09:00', seats: { digital: 9 } });
  await question(site.db, first, { kind: 'choice', label_sv: 'Vad äter du?', options_sv: ['Ärtsoppa', 'Paj'], is_required: true });
  return { series, first, second, alone };
}

test.describe('with the keyboard alone, on a phone', () => {
  test.use({ viewport: PHONE });

  test('in by a mailed link, a whole series with its questions, a group, out of one stop', async ({ page, site }) => {
    test.slow();
    const { series, first, second, alone } = await programme(site);
    const email = `${unique('tangent')}@exempel.se`;
    const main = page.getByRole('main');
    await page.goto('/sign-in');
    await write(page, main.getByLabel('E-post'), email);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/sign-in\/sent$/);
    await expect.poll(() => mailedSecret(site.db, email)).toBeTruthy();
    await page.goto(`/sign-in/${await mailedSecret(site.db, email)}`);
    await press(page, main.getByRole('button'));
    await page.waitForURL(/\/me$/);

    await page.goto(`/series/${series.slug}`);
    await write(page, page.getByLabel('Namn'), 'Tage Tangent');
    await write(page, page.getByLabel('Organisation'), 'Umeå kommun');
    // One of several: Tab comes to the first, arrows choose.
    await tabTo(page, page.getByLabel('Ärtsoppa'));
    await page.keyboard.press('ArrowDown');
    await expect(page.getByLabel('Paj')).toBeChecked();
    // Forgotten: told at the top, and a link leads to where it is.
    await press(page, page.getByRole('button', { name: 'Anmäl dig till hela serien' }));
    await press(page, page.getByRole('alert').getByRole('link'));
    await expect(page.locator('#consent')).toBeFocused();
    await page.keyboard.press('Space');
    await press(page, page.getByRole('button', { name: 'Anmäl dig till hela serien' }));
    await expect(heading(page)).toHaveText('Du är anmäld till hela serien');
    expect([await site.db.standing(first), await site.db.standing(second)]).toEqual([{ confirmed: 1 }, { confirmed: 1 }]);

    // Out of the second stop, the answer to the first changed.
    const own = page.url();
    await press(page, page.locator('.own-stops > li').nth(1).getByRole('link', { name: 'Till din anmälan' }));
    await press(page, page.locator('summary', { hasText: 'Avanmäl mig' }));
    await press(page, page.getByRole('button', { name: 'Ja, avanmäl mig' }));
    await expect(heading(page)).toHaveText('Du är avanmäld');
    await page.goto(own);
    await press(page, page.locator('.own-stops > li').nth(0).getByRole('link', { name: 'Till din anmälan' }));
    await press(page, page.locator('summary', { hasText: 'Dina svar' }));
    await tabTo(page, page.getByLabel('Paj'));
    await page.keyboard.press('ArrowUp');
    await press(page, page.getByRole('button', { name: 'Spara svaren' }));
    await expect(page.getByText('Svaren är sparade.')).toBeVisible();
    expect(await site.db.value('select a.answer from sign_up_answers a join sign_ups s on s.id = a.sign_up_id where s.event_id = $1', [first.id])).toBe('Ärtsoppa');
    expect(await site.db.standing(second)).toEqual({ cancelled: 1 });

    // Two colleagues.
    await page.goto(alone.path);
    await press(page, page.getByRole('link', { name: 'Anmäl flera kollegor' }));
    await write(page, page.locator('#name'), 'Tage Tangent');
    await write(page, page.locator('#organisation'), 'Umeå kommun');
    for (const [number, name] of [[1, 'Bo'], [2, 'Li']]) {
      const row = page.getByRole('group', { name: `Kollega ${number}`, exact: true });
      await write(page, row.getByLabel('Namn'), name);
      await write(page, row.getByLabel('E-post'), `${unique(name)}@exempel.se`);
    }
    await press(page, page.locator('#consent'), 'Space');
    await press(page, main.getByRole('button', { name: 'Anmäl alla' }).last());
    await expect(heading(page)).toHaveText('Klart, så här gick det');
    expect(await site.db.standing(alone)).toEqual({ confirmed: 2 });
  });
});

/** A telephone far from the mast: 400 ms away, 30 kB a second, and a processor six times slower than this one. */
async function farAway(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', { offline: false, latency: 400, downloadThroughput: 30_000, uploadThroughput: 20_000 });
  await session.send('Emulation.setCPUThrottlingRate', { rate: 6 });
}

test.describe('far from the mast', () => {
  test.use({ viewport: PHONE });

  test('whoever is quicker than the page loses nothing, and need not wait for it', async ({ page, site }) => {
    test.setTimeout(120_000);
    const event = await site.db.event({ starts: '2031-05-14 09:00', seats: { digital: 9 } });
    await farAway(page);
    const form = goodForm();
    const alive = page.waitForRequest((request) => new URL(request.url()).pathname === '/live', { timeout: 90_000 });
    await page.goto(event.path, { waitUntil: 'commit' });
    // Written while the client is still on its way.
    await page.getByLabel('Namn').fill(form.name);
    await page.getByLabel('E-post').fill(form.email);
    await alive;
    await expect(page.getByLabel('Namn')).toHaveValue(form.name);
    await expect(page.getByLabel('E-post')).toHaveValue(form.email);
    // And once more by somebody who does not wait at all.
    await page.goto('about:blank');
    await page.goto(event.path, { waitUntil: 'commit' });
    await page.getByLabel('Namn').fill(form.name);
    await page.getByLabel('E-post').fill(form.email);
    await page.getByLabel('Organisation').fill(form.organisation);
    await page.locator('#consent').check();
    const button = page.getByRole('main').getByRole('button', { name: 'Anmäl dig' });
    // Impatient.
    await button.dblclick({ noWaitAfter: true });
    await expect(heading(page)).toHaveText(/anmäld/, { timeout: 30_000 });
    expect(await site.db.standing(event)).toEqual({ confirmed: 1 });
  });
});
