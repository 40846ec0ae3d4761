// Every page at 390 and 1280 px, light and dark, Swedish and English:
//   node screenshots.mjs [http://127.0.0.1:3000] [folder]
// The site must show the demonstration. To have a sign-up to show, one is made, with an address of its own.
import { mkdir } from 'node:fs/promises';
import { chromium, devices } from '@playwright/test';

const [url = 'http://127.0.0.1:3000', folder = 'results/screenshots'] = process.argv.slice(2);

const PAGES = [
  ['home', '/'],
  ['calendar', '/calendar'],
  ['month', '/calendar?view=month'],
  ['month-filtered', '/calendar?view=month&kind=seminar&places=1'],
  ['month-archive', '/calendar?view=month&date=2023-09-01'],
  ['month-empty', '/calendar?view=month&date=2025-06-01'],
  ['week', '/calendar?view=week'],
  ['agenda', '/calendar?view=agenda'],
  ['search', '/calendar?view=agenda&q=innovation'],
  ['event-open', '/events/turne-10-ars-foljeforskning'],
  ['event-seats', '/events/stafett-sundsvall'],
  ['event-full', '/events/stafett-umea'],
  ['event-preliminary', '/events/arena-for-larande-och-utbyte-i-uppsala'],
  ['event-held', '/events/10-ars-foljeforskning'],
  ['event-course', '/events/kurs-att-coacha-en-ide'],
  ['form-errors', '/events/stafett-sundsvall', submit('.form')],
  ['watch-error', '/events/arena-for-larande-och-utbyte-i-uppsala', submit('#watch')],
  ['signed-up-already', '/events/stafett-umea/signed-up'],
  ['will-tell', '/events/arena-for-larande-och-utbyte-i-uppsala/watching'],
  ['not-open', '/events/arena-for-larande-och-utbyte-i-uppsala/not-open'],
  ['tour', '/series/digital-turne'],
  ['tour-held', '/series/digital-turne-2023'],
  ['relay', '/series/innovationsstafett'],
  ['group-form', '/events/kurs-att-coacha-en-ide/sign-up/group'],
  ['programme', '/programmes/innovationsarbete-i-offentlig-sektor'],
  ['programme-outcomes', '/programmes/innovationsledning'],
  ['programme-season', '/programmes/demosasongen'],
  ['not-found', '/finns-inte'],
];

/** Sends a form as it is. */
function submit(form) {
  return async (page) => {
    const answered = page.waitForNavigation();
    await page.evaluate((selector) => document.querySelector(selector).requestSubmit(), form);
    await answered;
  };
}

const { defaultBrowserType: _, ...phone } = devices['Pixel 7'];
const SCREENS = {
  390: { ...phone, viewport: { width: 390, height: 844 }, deviceScaleFactor: 1 },
  1280: { viewport: { width: 1280, height: 900 } },
};

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
});
await mkdir(folder, { recursive: true });

/** Signs somebody up and returns where their page is. */
async function signUp(slug) {
  const answer = await fetch(`${url}/events/${slug}/sign-up`, {
    method: 'POST',
    headers: { accept: 'application/json', origin: url, 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams({ name: 'Åsa Öberg', email: `skarmbild-${Date.now()}@exempel.se`, organisation: 'Umeå kommun', consent: 'yes' }),
  });
  const { manage_url } = await answer.json();
  return new URL(manage_url, url).pathname.replace(/^\/en/, '');
}
const confirmed = await signUp('kurs-innovation-i-vardagen');
const waitlisted = await signUp('stafett-umea');
PAGES.push(['own-new', `${confirmed}?new`], ['own', confirmed], ['own-in-line', waitlisted]);

let count = 0;
for (const [width, screen] of Object.entries(SCREENS)) {
  for (const colorScheme of ['light', 'dark']) {
    const context = await browser.newContext({ ...screen, colorScheme, locale: 'sv-SE', timezoneId: 'Europe/Stockholm' });
    const page = await context.newPage();
    for (const lang of ['sv', 'en']) {
      const pages = lang === 'sv' ? [...PAGES, ['mailbox', '/dev/mail']] : PAGES;
      for (const [name, path, then] of pages) {
        const address = lang === 'en' ? (path === '/' ? '/en' : `/en${path}`) : path;
        const alive = page.waitForRequest((request) => request.url().includes('/live'), { timeout: 3_000 }).catch(() => null);
        await page.goto(url + address);
        if (then) await then(page);
        else await alive;
        await page.screenshot({ path: `${folder}/${name}-${lang}-${width}-${colorScheme}.png`, fullPage: true });
        count += 1;
      }
    }
    await context.close();
  }
}
// What only a hand shows: an opened day, the opened filters of a phone.
for (const [name, width, path, click] of [
  ['month-open-day', 1280, '/calendar?view=month', '.more-day'],
  ['filters-open', 390, '/calendar?view=agenda', '.filter > summary'],
]) {
  const context = await browser.newContext({ ...SCREENS[width], locale: 'sv-SE' });
  const page = await context.newPage();
  const alive = page.waitForRequest((request) => request.url().includes('/live'));
  await page.goto(url + path);
  await alive;
  if ((await page.locator(click).count()) > 0) {
    await page.locator(click).first().click();
    await page.screenshot({ path: `${folder}/${name}-sv-${width}-light.png`, fullPage: true });
    count += 1;
  }
  await context.close();
}
await browser.close();
console.log(`${count} pictures in ${folder}`);
