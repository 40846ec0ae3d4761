// The coming month is fetched and laid out before it is asked for.
import { expect, test } from '../support/test.js';

const month = '/calendar?view=month&date=2031-05-01';
const title = (page) => page.getByRole('heading', { level: 1 });
const next = (page) => page.locator('nav.steps a[rel=next]');

/** The dates that were asked for, in their order. */
function asked(page) {
  const dates = [];
  page.on('request', (request) => {
    const { pathname, searchParams } = new URL(request.url());
    if (pathname === '/api/calendar') dates.push(searchParams.get('query[date]'));
  });
  return dates;
}

test('resting on a step fetches it, and the step itself asks for nothing more', async ({ page, site, open }) => {
  const event = await site.db.event({ starts: '2031-06-10 09:00', title_sv: 'Först i juni' });
  const dates = asked(page);
  await open(month);
  expect(dates).toEqual([]);
  await next(page).hover();
  const under = page.locator('.sheet.under');
  await expect(under.locator('.ev', { hasText: event.title })).toHaveCount(1);
  expect(dates).toEqual(['2031-06-01']);
  // Nobody meets it: not the eye, not the Tab key, not who listens.
  await expect(under.locator('.ev').first()).not.toBeVisible();
  await expect(page.getByRole('grid')).toHaveCount(1);
  await expect(page.getByRole('link', { name: 'Först i juni' })).toHaveCount(0);

  await next(page).click();
  await expect(title(page)).toHaveText('juni 2031');
  await expect(page.getByRole('link', { name: 'Först i juni' })).toBeVisible();
  await expect(page.locator('.sheet:not(.under)')).toHaveCount(1);
  await expect(page.locator('.sheet:not(.under) .d[tabindex="0"]')).toHaveCount(1);
  // Whoever leafs on will want the one after it: that is the only other question.
  await expect.poll(() => dates).toEqual(['2031-06-01', '2031-07-01']);
  await next(page).click();
  await expect(title(page)).toHaveText('juli 2031');
  await expect(page.getByRole('grid').getByRole('gridcell')).toHaveCount(35);
});

test('what has changed since it was fetched is shown as it is now', async ({ page, site, open }) => {
  const event = await site.db.event({ starts: '2031-06-10 09:00', title_sv: 'Så hette det', seats: { digital: 1 } });
  const dates = asked(page);
  await open(month);
  await next(page).hover();
  await expect(page.locator('.sheet.under .ev', { hasText: 'Så hette det' })).toHaveCount(1);
  await site.db.change(event, { title_sv: 'Så heter det nu' });
  // The page has heard of it, and reads its own month anew.
  await expect.poll(() => dates.at(-1)).toBe('2031-05-01');
  await next(page).click();
  await expect(page.getByRole('link', { name: 'Så heter det nu' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Så hette det' })).toHaveCount(0);
});

test('the keyboard goes on in the month that was laid out ahead', async ({ page, site, open }) => {
  await site.db.event({ starts: '2031-06-11 09:00', title_sv: 'Sist i juni' });
  await open(month);
  await next(page).focus();
  await expect(page.locator('.sheet.under .ev', { hasText: 'Sist i juni' })).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(title(page)).toHaveText('juni 2031');
  await page.locator('.sheet:not(.under) [data-d="2031-06-01"]').focus();
  for (const key of ['ArrowDown', 'ArrowRight', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
  await expect(page.locator('.sheet:not(.under) [data-d="2031-06-11"]')).toBeFocused();
  await page.keyboard.press('F2');
  await expect(page.getByRole('link', { name: 'Sist i juni' })).toBeFocused();
});

test('two quick steps are two steps, however long the first takes', async ({ page, open }) => {
  await open('/calendar?view=month&date=2031-05-01');
  await page.route('**/api/calendar?**', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 800));
    await route.continue();
  });
  await page.evaluate(async () => {
    const link = document.querySelector('nav.steps a[rel=next]');
    for (let click = 0; click < 3; click += 1) {
      link.click();
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
  });
  await expect(title(page)).toHaveText('augusti 2031');
  await expect(page).toHaveURL(/date=2031-08-01/);
  await page.locator('nav.steps a[rel=prev]').click();
  await expect(title(page)).toHaveText('juli 2031');
});
