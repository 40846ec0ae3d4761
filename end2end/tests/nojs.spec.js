import { expect, goodForm, test } from '../support/test.js';
import { longDaySv } from '../support/dates.js';

test.use({ javaScriptEnabled: false });

const only = (programme, query) => `/calendar?${query}&programme=${programme.slug}`;

test('the calendar is read, turned, filtered and searched', async ({ page, site }) => {
  const programme = await site.db.programme();
  const put = (title_sv, day, fields) => site.db.event({ programme_id: programme.id, title_sv, starts: `2031-05-${day} 09:00`, ...fields });
  await put('Kursen', '05', { kind: 'course' });
  await put('Seminariet', '06');
  for (const hour of [10, 11, 12, 13, 14]) await site.db.event({ programme_id: programme.id, title_sv: `Klockan ${hour}`, starts: `2031-05-07 ${hour}:00` });

  await page.goto(only(programme, 'view=month&date=2031-05-01'));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('maj 2031');
  // A table of links, and no grid that would promise keys.
  await expect(page.getByRole('grid')).toHaveCount(0);
  await expect(page.getByRole('table')).toBeVisible();
  await expect(page.locator('.month [tabindex]')).toHaveCount(0);

  await page.getByRole('link', { name: `+2 till, ${longDaySv('2031-05-07')}` }).click();
  await expect(page.locator('#day-2031-05-07 .row')).toHaveCount(5);
  await page.goBack();

  await page.getByRole('link', { name: 'Agenda', exact: true }).click();
  const titles = page.locator('.days .row').getByRole('heading');
  await expect(titles).toHaveCount(7);
  await page.locator('.filter').getByRole('link', { name: /^Kurs 1$/ }).click();
  await expect(titles).toHaveText(['Kursen']);
  await page.locator('.filter').getByRole('link', { name: /^Kurs/ }).click();
  await page.getByRole('searchbox').fill('seminariet');
  await page.getByRole('button', { name: 'Sök' }).click();
  await expect(titles).toHaveText(['Seminariet']);
  await page.locator('.steps [rel=next]').click();
  await expect(page.getByText('Närmast före:')).toBeVisible();

  await page.getByLabel('Gå till månad').selectOption('2023-09');
  await page.getByRole('button', { name: 'Visa', exact: true }).click();
  await expect(page).toHaveURL(/date=2023-09/);
});

test('the way from the start page to a place, with an error first, and back out of it', async ({ page, site }) => {
  const event = await site.db.event({ starts: '2031-05-14 09:00', seats: { digital: 3 }, title_sv: 'Utan skript' });
  await page.goto('/');
  await page.locator('.hero').getByRole('link', { name: 'Anmäl dig' }).click();
  await expect(page.locator('#sign-up')).toBeInViewport();

  await page.goto(event.path);
  await expect(page.locator('.act .seats')).toContainText('3 av 3 platser kvar');
  const form = goodForm();
  await page.getByLabel('Namn').fill(form.name);
  await page.getByLabel('E-post').fill('fel');
  await page.getByRole('button', { name: 'Anmäl dig' }).click();
  await expect(page.getByRole('alert').getByRole('link')).toHaveCount(3);
  await expect(page.getByRole('alert')).toBeInViewport();
  await expect(page.getByLabel('Namn')).toHaveValue(form.name);
  await expect(page.getByLabel('E-post')).toHaveValue('fel');
  await page.getByLabel('E-post').fill(form.email);
  await page.getByLabel('Organisation').fill(form.organisation);
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Anmäl dig' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Du är anmäld');

  await page.goto('/dev/mail');
  await page.getByRole('listitem').filter({ hasText: form.email }).getByRole('link').click();
  await page.locator('main').getByRole('link', { name: /\/sign-ups\// }).click();
  await page.locator('details.ask > summary').click();
  await page.getByRole('button', { name: 'Ja, avanmäl mig' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Du är avanmäld');
  expect(await site.db.standing(event)).toEqual({ cancelled: 1 });
});

test('the waitlist and "tell me when it opens"', async ({ page, site }) => {
  const event = await site.db.event({ starts: '2031-05-14 09:00', seats: { digital: 1 } });
  await site.db.fill(event, 1);
  await page.goto(event.path);
  const form = goodForm();
  await page.getByLabel('Namn').fill(form.name);
  await page.getByLabel('E-post').fill(form.email);
  await page.getByLabel('Organisation').fill(form.organisation);
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Ställ dig på väntelistan' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Du är nummer 1 på väntelistan');

  const later = await site.db.event({ starts: '2031-05-14 09:00', state: 'preliminary' });
  await page.goto(later.path);
  await page.getByLabel('Vill du veta').fill('fel');
  await page.getByRole('button', { name: 'Säg till mig' }).click();
  await expect(page.getByRole('alert')).toHaveText(/Adressen ska se ut/);
  await page.getByLabel('Vill du veta').fill(form.email);
  await page.getByRole('button', { name: 'Säg till mig' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Vi säger till när anmälan öppnar');
});

test('tabs, series, programmes and the other language', async ({ page, site }) => {
  const event = await site.db.event({ starts: '2031-05-14 09:00', summary_sv: 'Lång text. '.repeat(300), speakers: ['Tala Talarsson'], slots: [[60, 'Samtal']], title_en: 'In English' });
  await page.goto(event.path);
  await page.getByRole('navigation', { name: 'På sidan' }).getByRole('link', { name: 'Program' }).click();
  await expect(page.locator('#programme')).toBeInViewport();
  await page.getByRole('banner').getByRole('link', { name: 'English' }).click();
  await expect(page).toHaveURL(new RegExp(`/en${event.path}`));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('In English');
  await page.goto('/series/digital-turne');
  await expect(page.locator('.tour .stops > li')).toHaveCount(7);
  await page.locator('.kicker a').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Stafetten – demonstrationssäsong');
  await page.goto('/calendar?view=week&date=2031-05-14&kind=course');
  await page.getByRole('banner').getByRole('link', { name: 'English' }).click();
  await expect(page).toHaveURL(/\/en\/calendar\?.*view=week/);
  await expect(page).toHaveURL(/kind=course/);
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});
