import { expect, test } from '../support/test.js';
import { unstyled, violations } from '../support/axe.js';
import { everyPage, visit } from '../support/pages.js';
import { Site } from '../support/server.js';

const WIDE = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };
const NARROW = { width: 320, height: 640 };

// One site for the tests of this file in one worker: its pages are many, and nothing here changes them.
let site;
let pages;
test.beforeAll(async () => {
  site = await Site.create('demo');
  pages = await everyPage(site);
});
test.afterAll(() => site?.remove());

/** What sticks out sideways of a page that is as wide as the window. */
function overflow(page) {
  return page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return null;
    const culprits = [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > room + 1 && !element.closest('.strip, .hp'))
      .map((element) => `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''}`);
    return `${document.documentElement.scrollWidth} > ${room}: ${culprits.slice(0, 4).join(' ')}`;
  });
}

/** One first heading, landmarks, a title, and ids that are there once. */
async function outline(page, entry) {
  await expect(page.locator('h1'), entry.name).toHaveCount(1);
  await expect(page.getByRole('main'), entry.name).toHaveCount(1);
  // The mailbox is a developer's tool and has no frame.
  await expect(page.getByRole('banner'), entry.name).toHaveCount(entry.swedishOnly ? 0 : 1);
  await expect(page.getByRole('contentinfo'), entry.name).toHaveCount(entry.swedishOnly ? 0 : 1);
  expect(await page.title(), entry.name).toMatch(/\S.* – Stafett$/);
  const twice = await page.evaluate(() => {
    const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
    return ids.filter((id, index) => ids.indexOf(id) !== index);
  });
  expect(twice, entry.name).toEqual([]);
}

// Every page is visited once in each language, on a narrow phone in one and on a desk in the other, and looked
// at in several widths, colours and sizes. Which pages there are is known only once they have been made; so a
// test takes every fourth of them.
const PARTS = 4;
for (const lang of ['sv', 'en']) {
  for (let part = 0; part < PARTS; part += 1) {
    test(`nothing to complain of, light and dark, wide and narrow, large and small (${lang}, ${part + 1} of ${PARTS})`, async ({ page, context }) => {
      test.setTimeout(90_000);
      const mine = pages.filter((entry, index) => index % PARTS === part && !(lang === 'en' && entry.swedishOnly));
      const found = [];
      const first = lang === 'sv' ? NARROW : WIDE;
      for (const entry of mine) {
        const note = (line, how) => line && found.push(`${entry.name} (${lang}, ${how}): ${line}`);
        await page.setViewportSize(first);
        await page.emulateMedia({ colorScheme: 'light' });
        const response = await visit(page, site, entry, lang);
        expect(response.status(), entry.name).toBe(entry.status ?? 200);
        if (/month/.test(entry.name)) await expect(page.getByRole('grid')).toBeVisible();
        await outline(page, entry);
        for (const line of await unstyled(page)) note(line, 'style');
        let looks = false;
        for (const [size, colorScheme] of lang === 'sv' ? [[PHONE, 'dark'], [WIDE, 'light']] : [[WIDE, 'dark'], [PHONE, 'light']]) {
          if (size === PHONE) {
            await page.setViewportSize(NARROW);
            note(await overflow(page), 'at 320 px');
          }
          await page.setViewportSize(size);
          await page.emulateMedia({ colorScheme });
          for (const line of await violations(page, { looks })) note(line, `${colorScheme}, ${size.width} px`);
          looks = true;
        }
        // By now the page has come to life, and the guard of every test has seen what it asked for.
        await page.setViewportSize(WIDE);
        await page.evaluate(() => {
          document.documentElement.style.fontSize = '200%';
        });
        note(await overflow(page), 'at 200 % text');
      }
      expect(found).toEqual([]);
      expect(await context.cookies()).toEqual([]);
    });
  }
}

test('the title of a month says which', async () => {
  const titleOf = async (name) => {
    const { text } = await site.server.raw(pages.find((entry) => entry.name === name).path);
    return text.match(/<title>([^<]*)/)[1];
  };
  expect(await titleOf('month')).not.toBe(await titleOf('empty month'));
});

test('axe finds nothing in a crowded day that has been opened, nor in the opened filters of a phone', async ({ page, open }) => {
  const programme = await site.db.programme();
  for (let hour = 10; hour < 17; hour += 1) await site.db.event({ programme_id: programme.id, starts: `2031-05-14 ${hour}:00` });
  await open(`${site.url}/calendar?view=month&date=2031-05-01&programme=${programme.slug}`);
  await page.locator('.more-day').click();
  await expect(page.locator('.ev').filter({ hasText: '16:00' })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.setViewportSize(PHONE);
  await page.goto(`${site.url}/calendar?view=agenda&date=2031-05-01`);
  await page.locator('.filter > summary').click();
  await expect(page.locator('.filter .groups')).toBeVisible();
  expect(await violations(page)).toEqual([]);
});

test('from the start page to a place by keyboard alone', async ({ page, open }) => {
  await open(`${site.url}/`);
  const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() || document.activeElement?.id || '');
  const visibleFocus = () =>
    page.evaluate(() => {
      const style = getComputedStyle(document.activeElement);
      return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    });
  /** Tabs until something with this text has the focus. */
  const tabTo = async (text, most = 60) => {
    for (let presses = 0; presses < most; presses += 1) {
      await page.keyboard.press('Tab');
      expect(await visibleFocus(), await focused()).toBe(true);
      if ((await focused()) === text) return;
    }
    throw new Error(`Tab never came to "${text}"`);
  };
  await page.keyboard.press('Tab');
  expect(await focused()).toBe('Hoppa till innehållet');
  await expect(page.getByRole('link', { name: 'Hoppa till innehållet' })).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.locator('main')).toBeFocused();
  await tabTo('Anmäl dig');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/events\/[\w-]+#sign-up$/);
  await expect(page.locator('#sign-up')).toBeInViewport();
  await tabTo('name');
  await page.keyboard.type('Åsa Öberg');
  await tabTo('email', 1);
  await page.keyboard.type('tangentbord@exempel.se');
  await tabTo('organisation', 1);
  await page.keyboard.type('Umeå kommun');
  await page.keyboard.press('Escape'); // the suggestions
  await tabTo('consent', 1);
  await page.keyboard.press('Space');
  await tabTo('Anmäl dig', 1);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Du är anmäld');
});

test('after going to another page the focus is on its heading; within the calendar it stays', async ({ page, open }) => {
  await open(`${site.url}/`);
  const heading = page.getByRole('heading', { level: 1 });
  await page.getByRole('navigation', { name: 'Huvudmeny' }).getByRole('link', { name: 'Kalender' }).click();
  await expect(page).toHaveURL(/\/calendar$/);
  await expect(heading).toBeFocused();
  const next = page.locator('.steps [rel=next]');
  await next.focus();
  const before = await heading.textContent();
  await page.keyboard.press('Enter');
  await expect(heading).not.toHaveText(before);
  await expect(heading).not.toBeFocused();
  await expect(next).toBeFocused();
  await page.goBack();
  await page.goBack();
  await expect(page).toHaveURL(`${site.url}/`);
  await expect(heading).toBeFocused();
  await page.locator('.tour a').first().click();
  await expect(page).toHaveURL(/\/events\//);
  await expect(heading).toBeFocused();
});

test('with reduced motion nothing moves', async ({ page, open }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await open(`${site.url}/`);
  const moving = () => page.evaluate(() => document.getAnimations().filter((animation) => animation.playState === 'running' && (animation.effect.getTiming().duration || 0) > 0).map((animation) => animation.animationName ?? animation.transitionProperty));
  const client = await page.context().newCDPSession(page);
  await client.send('Network.enable');
  await client.send('Network.emulateNetworkConditions', { offline: false, latency: 1_500, downloadThroughput: -1, uploadThroughput: -1 });
  await page.getByRole('navigation', { name: 'Huvudmeny' }).getByRole('link', { name: 'Kalender' }).click();
  await expect(page.locator('.progress.busy')).toHaveCount(1);
  expect(await moving()).toEqual([]);
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  expect(await moving()).toEqual([]);
});
