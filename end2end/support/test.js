// The test function of all specs. Beside Playwright's own fixtures it gives `site` (a server and a database
// with the demonstration, shared by the tests of a worker), `ownSite` (the same for one test alone), `bare`
// (one without anything in it), `open` (a page that has come to life) and `guard`.
//
// The guard watches every page of every test: no request to elsewhere, no error on the console (the
// browser reports violations of the content security policy there), no exception, no answer above 499.
import { test as base, expect } from '@playwright/test';
import { Contexts } from './contexts.js';
import { Site, origins } from './server.js';

export { expect };
export { goodForm } from './server.js';
export { unique, instant } from './database.js';

class Guard {
  problems = [];
  excused = [];
  pages = new Set();
  watched = new Map();

  /** What this test provokes on purpose. */
  excuse(...patterns) {
    this.excused.push(...patterns);
  }

  note(problem) {
    if (!this.over) this.problems.push(problem);
  }

  /** From here on servers go away under pages that still follow them. */
  end() {
    this.over = true;
  }

  watch(context) {
    const listeners = [];
    const on = (event, listener) => {
      context.on(event, listener);
      listeners.push([event, listener]);
    };
    this.watched.set(context, listeners);
    on('request', (request) => {
      const url = new URL(request.url());
      if (request.isNavigationRequest()) this.pages.add(request.url().split('#')[0]);
      if (!['data:', 'blob:', 'about:', 'chrome-error:'].includes(url.protocol) && !origins.has(url.origin)) {
        this.note(`request to elsewhere: ${request.url()}`);
      }
    });
    on('response', (response) => {
      if (response.status() >= 500) this.note(`${response.status()} from ${response.url()}`);
    });
    on('console', (message) => {
      if (message.type() !== 'error') return;
      // That a page was answered with 404 or 422 is told by the browser as an error; the test sees the page. Where a
      // worker looks after pages it is told of the worker's own request, of which nothing says that it is for a page.
      if (this.pages.has(message.location().url.split('#')[0]) && /status of 4\d\d/.test(message.text())) return;
      this.note(`console: ${message.text()} (${message.location().url})`);
    });
    on('weberror', (error) => this.note(`exception: ${error.error().stack ?? error.error()} on ${error.page()?.url()}`));
    on('dialog', (dialog) => {
      this.note(`dialog: ${dialog.message()}`);
      dialog.dismiss().catch(() => {});
    });
    return context;
  }

  /** The context goes on to another test. */
  leave(context) {
    for (const [event, listener] of this.watched.get(context) ?? []) context.off(event, listener);
    this.watched.delete(context);
  }

  check() {
    const left = this.problems.filter((problem) => !this.excused.some((pattern) => pattern.test(problem)));
    expect(left, 'what the browser complained about').toEqual([]);
  }
}

/** Opens an address and waits until the page follows what happens: then WASM has taken it over. */
async function openAlive(page, url) {
  const alive = page.waitForRequest((request) => new URL(request.url()).pathname === '/live');
  alive.catch(() => {});
  const response = await page.goto(url);
  await alive;
  return response;
}

export const test = base.extend({
  site: [
    async ({}, use) => {
      const site = await Site.create('demo');
      await use(site);
      await site.remove();
    },
    { scope: 'worker' },
  ],
  ownSite: async ({ guard }, use) => {
    const site = await Site.create('demo');
    await use(site);
    guard.end();
    await site.remove();
  },
  bare: async ({ guard }, use) => {
    const site = await Site.create('empty');
    await use(site);
    guard.end();
    await site.remove();
  },
  baseURL: async ({ site }, use) => use(site.url),
  guard: [
    async ({}, use) => {
      const guard = new Guard();
      await use(guard);
      guard.check();
    },
    { auto: true },
  ],
  contexts: [
    async ({ browser }, use) => {
      const contexts = new Contexts(browser);
      await use(contexts);
      await contexts.close();
    },
    { scope: 'worker' },
  ],
  asked: async ({ baseURL, colorScheme, deviceScaleFactor, hasTouch, isMobile, javaScriptEnabled, locale, timezoneId, userAgent, viewport }, use) =>
    use({ baseURL, colorScheme, deviceScaleFactor, hasTouch, isMobile, javaScriptEnabled, locale, timezoneId, userAgent, viewport }),
  context: async ({ contexts, asked, guard }, use, info) => {
    const context = await contexts.take(asked);
    await use(guard.watch(context));
    guard.leave(context);
    await contexts.give(context, info.status === info.expectedStatus);
  },
  /** Another window of another person: `await window({ timezoneId: … })`. It is an ordinary one, whatever the test's is. */
  window: async ({ contexts, guard, baseURL, locale, timezoneId, viewport }, use, info) => {
    const taken = [];
    await use(async (options = {}) => {
      const context = await contexts.take({ baseURL, locale, timezoneId, viewport, ...options });
      taken.push(context);
      return guard.watch(context).newPage();
    });
    for (const context of taken) {
      guard.leave(context);
      await contexts.give(context, info.status === info.expectedStatus);
    }
  },
  open: async ({ page }, use) => use((url, other = page) => openAlive(other, url)),
});
