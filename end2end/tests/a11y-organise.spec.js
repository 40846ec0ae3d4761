// The organiser's side as axe sees it: each page is loaded once, in one language, and looked at light and dark, on a desk
// and on a phone. Its own spec has what comes and goes on a page.
import { complaints } from '../support/axe.js';
import { organisePages } from '../support/organise_pages.js';
import { Site } from '../support/server.js';
import { expect, test } from '../support/test.js';

const PARTS = 2;

let site;
let all;
test.beforeAll(async () => {
  site = await Site.create('empty');
  all = await organisePages(site);
});
test.afterAll(() => site?.remove());

for (let part = 0; part < PARTS; part += 1) {
  test(`the organiser's pages: nothing to complain of, light and dark, wide and narrow (${part + 1} of ${PARTS})`, async ({ page, context }) => {
    test.setTimeout(120_000);
    const [name, value] = all.cookie.split('=');
    await context.addCookies([{ name, value, url: site.url }]);
    const found = [];
    for (const [index, entry] of all.pages.entries()) {
      if (index % PARTS !== part) continue;
      // Every other page of a part in English.
      const lang = Math.floor(index / PARTS) % 2 ? 'en' : 'sv';
      const answer = await page.goto(`${site.url}${lang === 'en' ? '/en' : ''}${entry.path}`);
      expect(answer.status(), entry.name).toBe(200);
      await expect(page.locator('h1'), entry.name).toHaveCount(1);
      expect(await page.locator('html').getAttribute('lang')).toBe(lang);
      found.push(...(await complaints(page, lang)));
    }
    expect(found).toEqual([]);
  });
}
