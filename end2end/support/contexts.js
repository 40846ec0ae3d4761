// Browser contexts that are used again. A new one has nothing in store: it starts a process and compiles the client
// for its first page, which is most of what a page costs. Here a test gets one in which a page stands open and the
// client has been compiled, and which knows nothing of who had it before: no cookie, no storage, no worker, no page.
import { origins } from './server.js';

export class Contexts {
  #free = new Map();
  #made = new Map();

  constructor(browser) {
    this.browser = browser;
  }

  /** A context with these options that nobody else has. */
  async take(options) {
    const key = JSON.stringify(Object.entries(options).sort());
    const free = this.#free.get(key)?.pop();
    if (free) return free;
    const context = await this.browser.newContext(options);
    const anchor = await context.newPage();
    if (options.baseURL) await anchor.goto(`${options.baseURL}/robots.txt`);
    this.#made.set(context, { key, anchor, session: await context.newCDPSession(anchor) });
    context.on('close', () => this.#made.delete(context));
    return context;
  }

  /** Whoever has used it needs it no more. What a test has left that failed is not used again. */
  async give(context, well) {
    const made = this.#made.get(context);
    if (!made) return;
    if (!well) {
      await context.close();
      return;
    }
    for (const page of context.pages()) if (page !== made.anchor) await page.close();
    await context.unrouteAll({ behavior: 'ignoreErrors' });
    await context.setOffline(false);
    await context.clearCookies();
    await context.clearPermissions();
    for (const origin of origins) await made.session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
    if (!this.#free.has(made.key)) this.#free.set(made.key, []);
    this.#free.get(made.key).push(context);
  }

  async close() {
    for (const context of [...this.#made.keys()]) await context.close();
  }
}
