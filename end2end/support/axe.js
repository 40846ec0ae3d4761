// What axe finds on a page, as lines that say what and where; and whether a page fits.
import axe from 'axe-core';

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** The rules that can tell something new of a page in other colours or of another size. */
const LOOKS = ['color-contrast', 'target-size', 'link-in-text-block', 'scrollable-region-focusable'];

/** With `looks`, only what colours and sizes decide: for a page that has been looked at in others. */
export async function violations(page, { looks = false } = {}) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const runOnly = looks ? { type: 'rule', values: LOOKS } : { type: 'tag', values: WCAG };
  const found = await page.evaluate(
    async (runOnly) => (await window.axe.run(document, { runOnly, resultTypes: ['violations'] })).violations,
    runOnly,
  );
  return found.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')} – ${node.failureSummary.split('\n').slice(1).join(' ').trim()}`),
  );
}

/** By how many pixels a page can be scrolled sideways. */
const sideways = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** The rules of the organisers' style sheet that a page would follow which does not load it. */
export function unstyled(page) {
  return page.evaluate(async () => {
    const address = document.querySelector('link[data-organisers]')?.dataset.organisers;
    if (!address || document.querySelector(`link[href="${address}"]`)) return [];
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(await (await fetch(address)).text());
    const selectors = (rule) => [rule.selectorText ?? [], ...[...(rule.cssRules ?? [])].map(selectors)].flat();
    return [...sheet.cssRules]
      .flatMap(selectors)
      .filter((selector) => document.querySelector(selector.replace(/::?(before|after|marker)\b/g, '')))
      .map((selector) => `the organisers' style sheet alone has ${selector}`);
  });
}

/**
 * What there is to complain of on an open page: narrow, on a phone and on a desk, light and dark. The two
 * languages look at it in each other's colours and begin at the other end, so that together they have seen all.
 */
export async function complaints(page, lang) {
  const found = [];
  const note = (width, lines) => found.push(...lines.map((line) => `${page.url()} (${width} px): ${line}`));
  const ways = [[390, 'dark'], [1280, 'light'], [320, 'light']];
  const turned = [[1280, 'dark'], [390, 'light'], [320, 'dark']];
  let looks = false;
  note('any', await unstyled(page));
  for (const [width, colorScheme] of lang === 'en' ? turned : ways) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    note(width, await violations(page, { looks }));
    if ((await sideways(page)) > 0) note(width, ['scrolls sideways']);
    looks = true;
  }
  return found;
}
