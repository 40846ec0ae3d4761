import { expect, test } from '../support/test.js';

test('shows what happens next, and leads there', async ({ page, ownSite, open }) => {
  const next = (
    await ownSite.db.sql(
      `select slug, title_sv from events where state in ('preliminary', 'published') and starts_at > now() order by starts_at, id limit 1`,
    )
  )[0];
  await open(`${ownSite.url}/`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(next.title_sv);
  await expect(page.locator('.hero .kicker')).toHaveText(/^Härnäst, (idag|imorgon|om \d dagar)$/);
  await expect(page.locator('.hero')).toContainText('Obegränsat antal platser');
  // The line of its series, with the baton at its first stop.
  await expect(page.locator('.tour .stops > li')).toHaveCount(7);
  await expect(page.locator('.tour .stops > li').first()).toContainText('Härnäst');
  await page.locator('.hero').getByRole('link', { name: 'Anmäl dig' }).click();
  await expect(page).toHaveURL(`${ownSite.url}/events/${next.slug}#sign-up`);
  await expect(page.locator('#sign-up')).toBeInViewport();
});

test('lists what is coming, series and programmes', async ({ page, ownSite, open }) => {
  const coming = await ownSite.db.sql(
    `select title_sv from events where state in ('preliminary', 'published') and starts_at > now() order by starts_at, id limit 8`,
  );
  await open(`${ownSite.url}/`);
  const section = page.getByRole('region', { name: 'På gång' });
  await expect(section.locator('.row').getByRole('heading')).toHaveText(coming.map((row) => row.title_sv));
  await expect(page.getByRole('region', { name: 'Serier just nu' }).getByRole('heading', { level: 3 })).toHaveText(['Digital turné', 'Innovationsstafetten', 'Kurser i vardagsinnovation'], { useInnerText: true });
  await expect(page.getByRole('region', { name: 'Program', exact: true }).getByRole('listitem')).toHaveCount(6);
  await section.getByRole('link', { name: 'Visa hela kalendern' }).click();
  await expect(page).toHaveURL(`${ownSite.url}/calendar`);
});

test('the season is marked as a demonstration', async ({ page, ownSite }) => {
  await page.goto(`${ownSite.url}/`);
  await expect(page.locator('header .demo')).toContainText('Demonstration');
  await expect(page.getByRole('contentinfo')).toContainText('ingen aktivitet framåt i tiden äger rum');
  await page.goto(`${ownSite.url}/en`);
  await expect(page.locator('header .demo')).toContainText('Demonstration');
  await expect(page.getByRole('contentinfo')).toContainText('no event ahead in time takes place');
});

test('a site with nothing in it says so, and is no demonstration', async ({ page, bare, open }) => {
  await open(`${bare.url}/`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Just nu är inget planerat');
  await expect(page.locator('.demo')).toHaveCount(0);
  await expect(page.getByRole('contentinfo')).not.toContainText('demonstration');
  // It is a calendar all the same.
  await open(`${bare.url}/calendar?view=month`);
  await expect(page.getByRole('grid')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Inga aktiviteter här' })).toBeVisible();
  expect((await bare.server.raw('/feeds/calendar.ics')).text).toMatch(/^BEGIN:VCALENDAR/);
});

test('an event that is published shows on a start page that stands open', async ({ page, bare, open }) => {
  await open(`${bare.url}/`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Just nu är inget planerat');
  await bare.db.event({ title_sv: 'Den första', starts: '2031-05-14 09:00' });
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Den första');
  await bare.db.event({ title_sv: 'En tidigare', starts: '2031-05-13 09:00' });
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('En tidigare');
});

test('English', async ({ page, ownSite, open }) => {
  await open(`${ownSite.url}/en`);
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.locator('.hero .kicker')).toHaveText(/^Next, (today|tomorrow|in \d days)$/);
  await expect(page.getByRole('region', { name: 'Coming up' })).toBeVisible();
});
