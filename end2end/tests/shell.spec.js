import { expect, test } from '../support/test.js';
import { everyPage, visit } from '../support/pages.js';

const headingOf = (page) => page.getByRole('heading', { level: 1 });

test.describe('headers', () => {
  test('each answer has its own nonce, and the policy is strict', async ({ site }) => {
    const nonces = new Set();
    for (const path of ['/', '/', '/calendar', '/calendar', '/events/stafett-umea', '/events/stafett-umea', '/finns-inte', '/en', '/dev/mail']) {
      const { headers, text } = await site.server.raw(path);
      const policy = headers['content-security-policy'];
      expect(policy, path).toContain("default-src 'self'");
      expect(policy, path).not.toContain('unsafe-inline');
      expect(policy, path).not.toMatch(/'unsafe-eval'/);
      const [, nonce] = policy.match(/'nonce-([^']+)'/) ?? [];
      if (path === '/dev/mail' && !nonce) continue;
      expect(nonce?.length, path).toBeGreaterThanOrEqual(16);
      expect(nonces.has(nonce), `a nonce used twice on ${path}`).toBe(false);
      nonces.add(nonce);
      for (const [script] of text.matchAll(/<script(?![^>]*application\/ld\+json)[^>]*>/g)) {
        expect(script, path).toContain(`nonce="${nonce}"`);
      }
      expect(text, path).not.toMatch(/ on(click|load|error|submit)=/i);
      expect(text, path).not.toMatch(/ style="/i);
    }
  });

  test('what else protects a page', async ({ site }) => {
    const { headers } = await site.server.raw('/');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBeTruthy();
    expect(headers['content-security-policy']).toMatch(/frame-ancestors '(none|self)'/);
    expect(headers['content-security-policy']).toMatch(/form-action 'self'/);
    expect(headers['content-security-policy']).toMatch(/base-uri '(none|self)'/);
    expect(headers['set-cookie']).toBeUndefined();
  });

  test('files with a hash in their address are kept for good and come compressed; others are 404', async ({ site }) => {
    const { text } = await site.server.raw('/');
    const files = [...new Set(text.match(/\/pkg\/[\w./]+\.(?:js|wasm|css)/g))];
    expect(files.map((file) => file.split('.').pop()).sort()).toEqual(['css', 'css', 'js', 'wasm']);
    // What the page's part consists of is named in short.
    const [, names, folder] = text.match(/of'([\w ]+)'\.split\(' '\)\)fetch\('([\w./]+)\//);
    expect(names).toMatch(/^split_pages chunk_/);
    files.push(...names.split(' ').map((name) => `${folder}/${name}.wasm`));
    for (const file of files) expect(file).toMatch(/\b[0-9a-f]{16}\b/);
    for (const file of files) {
      const answer = await site.server.raw(file, { headers: { 'accept-encoding': 'br, gzip' } });
      expect(answer.status, file).toBe(200);
      expect(answer.headers['content-encoding'], file).toBe('br');
      expect(answer.headers['cache-control'], file).toMatch(/immutable/);
      expect(answer.headers.vary ?? '', file).toMatch(/accept-encoding/i);
    }
    const plain = await site.server.raw(files.find((file) => file.endsWith('wasm')));
    expect(plain.headers['content-type']).toBe('application/wasm');
    expect(plain.headers['content-encoding']).toBeUndefined();
    for (const path of ['/pkg/0000000000000000/stafett.js', '/pkg/', '/pkg/../hash.txt', '/pkg/%2e%2e/hash.txt', '/finns.css']) {
      expect((await site.server.raw(path)).status, path).toBe(404);
    }
    expect((await site.server.raw('/favicon.svg')).headers['content-type']).toMatch(/image\/svg/);
  });

  test('alive and ready', async ({ site }) => {
    expect((await site.server.raw('/healthz')).status).toBe(200);
    expect((await site.server.raw('/readyz')).status).toBe(200);
    expect((await site.server.raw('/', { method: 'HEAD' })).status).toBe(200);
  });

  test('a first visit to the calendar stays small', async ({ site }) => {
    const get = (path) => site.server.raw(path, { headers: { 'accept-encoding': 'br, gzip' } });
    const page = await get('/calendar?view=month');
    expect(page.headers['content-encoding']).toMatch(/br|gzip/);
    const [css] = (await site.server.raw('/')).text.match(/\/pkg\/main\.[0-9a-f]+\.css/);
    expect(page.buffer.length + (await get(css)).buffer.length).toBeLessThan(40_000);
  });
});

test.describe('in the browser', () => {
  test('the WASM that was built for production takes the page over', async ({ page, open }) => {
    const loaded = page.waitForResponse((response) => response.url().endsWith('.wasm'));
    await open('/calendar?view=month');
    expect((await loaded).status()).toBe(200);
    // A table as the server sends it, a grid once the program runs.
    await expect(page.getByRole('grid')).toBeVisible();
    await page.locator('[role=grid] [tabindex="0"]').focus();
    await page.keyboard.press('PageDown');
    await expect(page).toHaveURL(/date=/);
  });

  test('the calendar loads the other pages\' part of the program once somebody does something', async ({ page, open }) => {
    const parts = [];
    page.on('request', (request) => {
      if (request.url().endsWith('.wasm')) parts.push(request.url().split('/').pop());
    });
    await open('/calendar?view=agenda');
    await page.waitForLoadState('networkidle');
    expect(parts).toEqual(['stafett_bg.wasm']);
    await page.mouse.move(200, 200);
    // What the other pages and the organiser's share is a file of its own; the organiser's part stays away.
    await expect.poll(() => parts.filter((part) => !part.startsWith('chunk_'))).toEqual(['stafett_bg.wasm', 'split_pages.wasm']);
    const loaded = parts.length;
    await page.locator('.row h3 a, .row h4 a').first().click();
    await expect(page.locator('dl.facts')).toBeVisible();
    expect(parts).toHaveLength(loaded);
  });

  test('a part that cannot be loaded: the reader is told, and can try again', async ({ page, open, guard }) => {
    guard.excuse(/ERR_FAILED/, /Failed to fetch/, /TypeError/);
    await page.route('**/split_pages.wasm', (route) => route.abort());
    await open('/calendar?view=agenda');
    // The document was loaded anew for it, which did not help.
    const link = page.locator('.row h3 a, .row h4 a').first();
    await link.evaluate((it) => sessionStorage.setItem('stafett-anew', it.getAttribute('href')));
    await link.click();
    await expect(headingOf(page)).toHaveText('Vi når inte kalendern just nu');
    await expect(page).toHaveURL(/\/events\//);
    await page.unroute('**/split_pages.wasm');
    await page.getByRole('link', { name: 'Ladda om', exact: true }).click();
    await expect(page.locator('dl.facts')).toBeVisible();
  });

  test('going from page to page loads no document, and the program keeps running', async ({ page, open }) => {
    await open('/');
    const documents = [];
    page.on('request', (request) => {
      if (request.resourceType() === 'document') documents.push(request.url());
    });
    await page.locator('.hero h1 a').click();
    await expect(page).toHaveURL(/\/events\//);
    await expect(page.locator('dl.facts')).toBeVisible();
    await page.locator('.kicker a').first().click();
    await expect(page).toHaveURL(/\/series\//);
    await expect(page.locator('.tour')).toBeVisible();
    await page.getByRole('link', { name: 'Visa serien i kalendern' }).click();
    await expect(page.locator('.row').first()).toBeVisible();
    await page.locator('.wordmark').click();
    await expect(page.locator('.hero')).toBeVisible();
    expect(documents).toEqual([]);
  });

  test('the title, the description and the other language\'s address follow', async ({ page, open }) => {
    await open('/');
    await page.locator('.hero h1 a').click();
    await expect(page.locator('dl.facts')).toBeVisible();
    const title = await headingOf(page).textContent();
    await expect(page).toHaveTitle(`${title} – Stafett`);
    await expect(page.locator('link[rel=canonical]')).toHaveCount(1);
    await expect(page.locator('link[rel=canonical]')).toHaveAttribute('href', page.url());
    await expect(page.locator('meta[name=description]')).toHaveCount(1);
    await page.goBack();
    await expect(page).toHaveTitle('Det som händer härnäst – Stafett');
  });

  test('back twice, faster than the page wakes up, is back twice', async ({ page, open, site }) => {
    await open('/');
    const first = await headingOf(page).textContent();
    await page.locator('.hero h1 a').click();
    await expect(page.locator('dl.facts')).toBeVisible();
    await page.goto(`${site.url}/en/calendar`);
    // The client is held back on the way; both addresses behind us belong to one document.
    let release;
    const held = new Promise((resolve) => {
      release = resolve;
    });
    await page.route('**/*.wasm', async (route) => {
      await held;
      await route.continue();
    });
    await page.goBack();
    await expect(page.locator('dl.facts')).toBeVisible();
    await page.goBack();
    await expect(page).toHaveURL(`${site.url}/`);
    await expect(headingOf(page)).toHaveText(first);
    const alive = page.waitForRequest((request) => new URL(request.url()).pathname === '/live');
    release();
    await alive;
    await expect(headingOf(page)).toHaveText(first);
  });

  test('back comes to where one was; on comes to the top', async ({ page, open }) => {
    await page.setViewportSize({ width: 1280, height: 500 });
    await open('/');
    const programme = page.getByRole('region', { name: 'Program', exact: true }).getByRole('link').first();
    await page.evaluate(() => addEventListener('click', () => { window.scrolledTo = scrollY; }, { capture: true, once: true }));
    await programme.click();
    const before = await page.evaluate(() => window.scrolledTo);
    expect(before).toBeGreaterThan(300);
    await expect(page).toHaveURL(/\/programmes\//);
    await expect(page.locator('dl.facts')).toBeVisible();
    await expect.poll(() => page.evaluate(() => scrollY)).toBe(0);
    await page.goBack();
    await expect(page.locator('.hero')).toHaveCount(1);
    await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(before - 60);
    expect(await page.evaluate(() => scrollY)).toBeLessThan(before + 60);
  });

  test('turning the calendar leaves the scroll position alone', async ({ page, open }) => {
    await page.setViewportSize({ width: 1280, height: 500 });
    await open('/calendar?view=month');
    await page.locator('[role=grid] [tabindex="0"]').focus();
    await page.evaluate(() => scrollTo(0, 250));
    const before = await page.evaluate(() => scrollY);
    await page.keyboard.press('PageDown');
    await expect(page).toHaveURL(/date=/);
    await expect(page.locator('[role=grid] [tabindex="0"]')).toBeFocused();
    expect(await page.evaluate(() => scrollY)).toBeGreaterThan(before - 250);
  });

  test('on a slow network a line runs and the reader is told', async ({ page, context, open }) => {
    await open('/');
    const client = await context.newCDPSession(page);
    await client.send('Network.enable');
    await client.send('Network.emulateNetworkConditions', { offline: false, latency: 1_500, downloadThroughput: -1, uploadThroughput: -1 });
    const title = await headingOf(page).textContent();
    await page.getByRole('navigation', { name: 'Huvudmeny' }).getByRole('link', { name: 'Kalender' }).click();
    await expect(page.locator('.progress.busy')).toHaveCount(1);
    await expect(page.locator('#live')).toHaveText('Sidan hämtas');
    // What was there stays until what comes is there.
    await expect(headingOf(page)).toHaveText(title);
    await expect(page.getByRole('grid')).toBeVisible();
    await expect(page.locator('.progress.busy')).toHaveCount(0);
    await expect(page.locator('#live')).not.toHaveText('Sidan hämtas');
  });

  test('nothing is painted before its style is there', async ({ page, site }) => {
    await page.route('**/*.css', async (route) => {
      const response = await route.fetch();
      await new Promise((resolve) => setTimeout(resolve, 700));
      await route.fulfill({ response });
    });
    await page.goto(`${site.url}/calendar`);
    const { paint, css } = await page.evaluate(async () => {
      const painted = await new Promise((resolve) => {
        new PerformanceObserver((list) => resolve(list.getEntriesByName('first-contentful-paint')[0]?.startTime)).observe({ type: 'paint', buffered: true });
      });
      // It is told of in a moment of the browser's own choice.
      const style = await new Promise((resolve) => {
        new PerformanceObserver((list) => {
          const sheet = list.getEntries().find((entry) => entry.name.endsWith('.css'));
          if (sheet) resolve(sheet);
        }).observe({ type: 'resource', buffered: true });
      });
      return { paint: painted, css: style.responseEnd };
    });
    expect(paint).toBeGreaterThanOrEqual(css);
  });

  test('the page can be used before the program has come, and if it never does', async ({ page, guard }) => {
    guard.excuse(/ERR_FAILED/, /Failed to fetch/, /dynamically imported/, /\.wasm/);
    await page.route('**/*.wasm', (route) => route.abort());
    await page.goto('/calendar?view=month&date=2023-09-01');
    await page.getByRole('link', { name: 'Vecka', exact: true }).click();
    await expect(page.locator('.week')).toBeVisible();
    await page.goto('/events/stafett-sundsvall');
    await page.getByRole('button', { name: 'Anmäl dig' }).click();
    await expect(page.getByRole('alert')).toBeVisible();
  });
});

test.describe('language', () => {
  test('switching keeps the page, its filters and its view', async ({ page, open }) => {
    await open('/calendar?view=week&date=2023-09-06&kind=seminar');
    await expect(page.locator('html')).toHaveAttribute('lang', 'sv');
    const other = page.getByRole('banner').getByRole('link', { name: 'English' });
    await expect(other).toHaveAttribute('lang', 'en');
    await expect(other).toHaveAttribute('hreflang', 'en');
    await other.click();
    await expect(page).toHaveURL(/\/en\/calendar\?view=week&date=2023-09-06&kind=seminar$/);
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    await expect(headingOf(page)).toHaveText('week 36, 4 Sep – 10 Sep 2023');
    await expect(page.getByRole('link', { name: 'Week', exact: true })).toHaveAttribute('aria-current', 'page');
    await page.getByRole('banner').getByRole('link', { name: 'Svenska' }).click();
    await expect(page).toHaveURL(/\d\/calendar\?view=week/);
    await expect(headingOf(page)).toHaveText('vecka 36, 4 sep – 10 sep 2023');
    await expect(page.locator('html')).toHaveAttribute('lang', 'sv');
  });

  test('on every page', async ({ page, open }) => {
    for (const path of ['/', '/series/digital-turne', '/programmes/innovationsledning', '/events/stafett-umea', '/finns-inte']) {
      await open(path);
      await page.getByRole('banner').getByRole('link', { name: 'English' }).click();
      await expect(page, path).toHaveURL(new RegExp(`/en${path === '/' ? '' : path}$`));
      await expect(page.locator('html'), path).toHaveAttribute('lang', 'en');
      await expect(page.getByRole('contentinfo'), path).toContainText('Free software under EUPL 1.2');
      await page.reload();
      await expect(page.getByRole('contentinfo'), path).toContainText('Free software under EUPL 1.2');
    }
  });

  test('English pages link to English pages only', async ({ page }) => {
    for (const path of ['/en', '/en/calendar?view=agenda', '/en/series/digital-turne', '/en/programmes/innovationsledning', '/en/events/stafett-umea', '/en/finns-inte']) {
      await page.goto(path);
      const strays = await page
        .locator('a[href^="/"]:not(.lang):not([href*=".ics"], [href^="/materials/files/"]), form[action^="/"]')
        .evaluateAll((elements) => elements.map((element) => element.getAttribute('href') ?? element.getAttribute('action')).filter((href) => !/^\/en($|[/?#])/.test(href)));
      expect(strays, path).toEqual([]);
    }
  });
});

test('every link within the site leads somewhere', async ({ ownSite }) => {
  test.setTimeout(90_000);
  const seen = new Set();
  const waiting = ['/', '/en', '/calendar?view=agenda', '/calendar?view=month&date=2023-09-01'];
  const broken = [];
  // The calendar goes on for ever, and so do choices upon choices: such pages are looked at, and not followed.
  const calendar = /^(\/en)?\/(calendar|feeds)/;
  const choices = /^(\/en)?\/(recordings|materials)\?/;
  const follow = async () => {
    for (let path = waiting.pop(); path; path = waiting.pop()) {
      const answer = await ownSite.server.raw(path);
      if (answer.status !== 200) broken.push(`${path}: ${answer.status}`);
      if (!/html/.test(answer.headers['content-type'])) continue;
      if (choices.test(path) || (calendar.test(path) && seen.size > 150)) continue;
      for (const [, href] of answer.text.matchAll(/<a[^>]* href="(\/[^"#]*)/g)) {
        const next = href.replaceAll('&amp;', '&');
        // Each page leads to the way in, and back from there to itself; each sentence of a film to its second.
        const kind = next.replace(/date=[^&]+/, 'date=').replace(/next=.*/, 'next=').replace(/\?t=.*/, '?t=');
        if (seen.has(kind)) continue;
        seen.add(kind);
        waiting.push(next);
      }
    }
  };
  await follow();
  expect(seen.size).toBeGreaterThan(100);
  expect(broken).toEqual([]);
});

test.describe('a page that is taken over piece by piece', () => {
  const ways = [
    { link: 'Vecka', address: /view=week/, there: (page) => page.locator('.week') },
    { link: 'Stafett', address: /\d\/$/, there: (page) => page.locator('.hero') },
  ];
  for (const { link, address, there } of ways) {
    test(`is left at any moment without harm (${link})`, async ({ page, site }) => {
      test.setTimeout(90_000);
      const session = await page.context().newCDPSession(page);
      await session.send('Emulation.setCPUThrottlingRate', { rate: 8 });
      // From before the first piece to after the last.
      for (const wait of [0, 80, 160, 320, 700]) {
        const client = page.waitForRequest((request) => request.url().endsWith('stafett_bg.wasm'));
        await page.goto(`${site.url}/calendar?view=month&date=2023-09-01`, { waitUntil: 'commit' });
        await client;
        await page.waitForTimeout(wait);
        // As a finger does it: the element is there, and nobody waits for the page.
        await page.getByRole('link', { name: link, exact: true }).first().click({ noWaitAfter: true });
        await expect(page).toHaveURL(address, { timeout: 20_000 });
        await expect(there(page)).toBeVisible();
        await expect(headingOf(page)).toHaveCount(1);
        await page.goBack();
        await expect(page.getByRole('grid')).toBeVisible();
        await expect(headingOf(page)).toHaveText('september 2023');
      }
    });
  }
});
