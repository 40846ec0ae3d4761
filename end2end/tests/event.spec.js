import { expect, instant, test } from '../support/test.js';

const fact = (page, term) => page.locator('dl.facts > div').filter({ has: page.getByText(term, { exact: true }) }).locator('dd');
const jsonLd = async (page) => JSON.parse(await page.locator('script[type="application/ld+json"]').textContent());

test('all facts of an event', async ({ page, site, open }) => {
  const { db } = site;
  const programme = await db.programme();
  const organisation = await db.insert('organisations', { slug: `org-${programme.slug}`, name: `Exempelverket ${programme.id}`, kind: 'agency' });
  const contact = await db.presenter('Kim Kontakt', { organisation_id: organisation.id, role_sv: 'Samordnare', role_en: 'Coordinator' });
  const event = await db.event({
    programme_id: programme.id,
    title_sv: 'Att våga prova',
    title_en: 'Daring to try',
    subtitle_sv: 'och att våga sluta',
    summary_sv: 'En förmiddag om försök.',
    starts: '2031-05-14 09:00',
    ends: '2031-05-14 11:00',
    format: 'on_site',
    venue: 'Rådhuset, sal Ån',
    address: 'Stortorget 1, Örebro',
    directions_sv: 'Ta buss 3 till torget.',
    price_sv: '1 200 kronor',
    language: 'en',
    dialogue_language: 'sv',
    seats: { on_site: 12 },
    sign_up_closes_at: instant('2031-05-10 12:00'),
    contact_id: contact.id,
    speakers: ['Tala Talarsson'],
    slots: [[20, 'Kaffe'], [70, 'Samtal'], [30, 'Avslutning']],
  });
  await db.insert('materials', { programme_id: programme.id, event_id: event.id, position: 1, kind: 'report', title: 'Rapporten', url: 'https://example.org/rapport' });
  await db.fill(event, 3, 0, 'on_site');

  await open(event.path);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Att våga prova');
  await expect(page).toHaveTitle('Att våga prova – Stafett');
  await expect(page.getByText('och att våga sluta')).toBeVisible();
  await expect(fact(page, 'När')).toContainText('onsdag 14 maj 2031 09:00–11:00');
  await expect(fact(page, 'Var')).toContainText('Rådhuset, sal Ån');
  await expect(fact(page, 'Var')).toContainText('Stortorget 1, Örebro');
  await expect(fact(page, 'Pris')).toHaveText('1 200 kronor');
  await expect(fact(page, 'Språk')).toHaveText('Presentation på engelska, samtal på svenska');
  await expect(page.locator('.act .seats')).toContainText('9 av 12 platser kvar');
  await expect(page.locator('.act .seats .bar')).toBeVisible();
  await expect(page.locator('.act')).toContainText('Anmälan stänger lördag 10 maj 2031 kl. 12:00');
  await expect(page.getByRole('heading', { name: 'Tala Talarsson' })).toBeVisible();
  await expect(page.locator('.slots > li')).toHaveText([/09:00–09:20\s*Kaffe\s*20 min/, /09:20–10:30\s*Samtal\s*70 min/, /10:30–11:00\s*Avslutning\s*30 min/]);
  await expect(page.getByRole('link', { name: 'Rapporten' })).toHaveAttribute('href', 'https://example.org/rapport');
  await expect(page.getByText('Ta buss 3 till torget.')).toBeVisible();
  await expect(page.getByText('Kim Kontakt')).toBeVisible();
  await expect(page.getByRole('link', { name: programme.title_sv })).toHaveAttribute('href', `/programmes/${programme.slug}`);

  // English, where it has been written; Swedish where not.
  await page.goto(`/en${event.path}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Daring to try');
  await expect(fact(page, 'When')).toContainText('Wednesday 14 May 2031 09:00–11:00');
  await expect(page.getByText('En förmiddag om försök.')).toBeVisible();
  await expect(page.locator('.act .seats')).toContainText('9 of 12 places left');
});

test('the parts of the page are anchors under a row of tabs', async ({ page, site, open }) => {
  const programme = await site.db.programme();
  const event = await site.db.event({ programme_id: programme.id, starts: '2031-05-14 09:00', summary_sv: 'Lång text. '.repeat(300), speakers: ['Tala Talarsson'], slots: [[60, 'Samtal']] });
  await site.db.insert('materials', { programme_id: programme.id, event_id: event.id, position: 1, kind: 'report', title: 'Rapporten' });
  await open(event.path);
  const tabs = page.getByRole('navigation', { name: 'På sidan' });
  await expect(tabs.getByRole('link')).toHaveText(['Talare', 'Program', 'Material']);
  for (const [name, id] of [['Material', 'materials'], ['Program', 'programme'], ['Talare', 'speakers']]) {
    await tabs.getByRole('link', { name }).click();
    await expect(page).toHaveURL(new RegExp(`#${id}$`));
    await expect(page.locator(`#${id}`)).toBeInViewport();
  }
});

test.describe('states', () => {
  const form = (page) => page.locator('form[action*="/sign-up"]');

  test('preliminary: when sign-up opens, and a way to be told', async ({ page, site }) => {
    const event = await site.db.event({ starts: '2031-05-14 09:00', state: 'preliminary', format: null, sign_up_opens_at: instant('2031-04-01 08:00') });
    await page.goto(event.path);
    await expect(page.locator('.kicker')).toContainText('Preliminär');
    await expect(page.locator('.act')).toContainText('Anmälan öppnar tisdag 1 april 2031 kl. 08:00');
    await expect(fact(page, 'Var')).toHaveText('Inte bestämt än');
    await expect(page.locator('form#watch')).toBeVisible();
    await expect(form(page)).toHaveCount(0);
  });

  test('published, and sign-up opens later', async ({ page, site }) => {
    const event = await site.db.event({ starts: '2031-05-14 09:00', sign_up_opens_at: instant('2031-04-01 08:00') });
    await page.goto(event.path);
    await expect(page.locator('.act')).toContainText('Anmälan öppnar tisdag 1 april 2031 kl. 08:00');
    await expect(page.locator('form#watch')).toBeVisible();
    await expect(form(page)).toHaveCount(0);
  });

  test('full: the waitlist, and the place that one would get', async ({ page, site }) => {
    const event = await site.db.event({ starts: '2031-05-14 09:00', seats: { digital: 4 } });
    await site.db.fill(event, 4, 2);
    await page.goto(event.path);
    await expect(page.locator('.act .seats')).toContainText('Fullt, 2 på väntelistan');
    await expect(page.locator('.act')).toContainText('Du blir nummer 3 på väntelistan.');
    await expect(page.getByRole('button', { name: 'Ställ dig på väntelistan' })).toBeVisible();
  });

  test('unlimited', async ({ page, site }) => {
    const event = await site.db.event({ starts: '2031-05-14 09:00' });
    await page.goto(event.path);
    await expect(page.locator('.act .seats')).toContainText('Obegränsat antal platser');
    await expect(page.getByRole('button', { name: 'Anmäl dig' })).toBeVisible();
    await expect(fact(page, 'Pris')).toHaveText('Kostnadsfritt');
  });

  test('hybrid: each way has its own seats', async ({ page, site }) => {
    const event = await site.db.event({ starts: '2031-05-14 09:00', format: 'hybrid', venue: 'Aulan', platform: 'Zoom', seats: { on_site: 2, digital: 40 } });
    await site.db.fill(event, 2, 1, 'on_site');
    await page.goto(event.path);
    await expect(page.locator('.act .seats')).toContainText('På plats: Fullt, 1 på väntelistan');
    await expect(page.locator('.act .seats')).toContainText('Digitalt: 40 av 40 platser kvar');
    await expect(page.getByRole('radio')).toHaveCount(2);
    await expect(page.getByRole('radio', { name: /^Digitalt/ })).not.toBeChecked();
    // There are seats left, if not in both ways.
    await expect(page.getByRole('button', { name: 'Anmäl dig' })).toBeVisible();
  });

  for (const [name, fields, texts] of [
    ['cancelled', { starts: '2031-05-14 09:00', state: 'cancelled' }, ['Aktiviteten är inställd', 'Inställt']],
    ['held', { starts: '2024-05-14 09:00', state: 'held' }, ['Aktiviteten har varit', 'Har hållits']],
    ['over without anybody having said so', { starts: '2024-05-14 09:00' }, ['Aktiviteten har varit']],
    ['closed', { starts: '2031-05-14 09:00', sign_up_closes_at: instant('2024-05-14 09:00') }, ['Anmälan är stängd']],
  ]) {
    test(`${name}: no form`, async ({ page, site }) => {
      const event = await site.db.event(fields);
      await page.goto(event.path);
      for (const text of texts) await expect(page.getByText(text, { exact: true }).first()).toBeVisible();
      await expect(form(page)).toHaveCount(0);
      await expect(page.locator('form#watch')).toHaveCount(0);
    });
  }

  test('a draft is nobody\'s to see', async ({ page, site }) => {
    const event = await site.db.event({ starts: '2031-05-14 09:00', state: 'draft', format: null });
    expect((await page.goto(event.path)).status()).toBe(404);
    expect((await site.server.raw(`${event.path}.ics`)).status).toBe(404);
  });

  test('sign-up opens while the page stands open, and for whoever comes then', async ({ page, site, open }) => {
    const opens = new Date(Date.now() + 3_000);
    const event = await site.db.event({ starts: '2031-05-14 09:00', sign_up_opens_at: instant(opens) });
    await open(event.path);
    await expect(page.locator('form#watch')).toBeVisible();
    await expect(form(page)).toBeVisible({ timeout: 10_000 });
    await expect(page.locator('form#watch')).toHaveCount(0);
    expect((await site.server.raw(event.path)).text).toContain(`action="${event.path}/sign-up`);
  });
});

test('several days and whole days are written as such', async ({ page, site }) => {
  const days = await site.db.event({ starts: '2031-05-14 09:00', ends: '2031-05-16 15:00' });
  await page.goto(days.path);
  await expect(fact(page, 'När')).toContainText('14 maj 2031 09:00 – 16 maj 2031 15:00');
  const whole = await site.db.event({ starts: '2031-05-14 00:00', ends: '2031-05-15 00:00', all_day: true });
  await page.goto(whole.path);
  await expect(fact(page, 'När')).toHaveText(/onsdag 14 maj 2031\s*Hela dagen/);
  await page.goto(`/en${whole.path}`);
  await expect(fact(page, 'When')).toHaveText(/Wednesday 14 May 2031\s*All day/);
});

test.describe('for machines', () => {
  test('JSON-LD has the offset of the day, and cannot be broken out of', async ({ page, site }) => {
    const title_sv = '</script><script>alert(1)</script> "citat" & <b>fet</b>';
    const winter = await site.db.event({ title_sv, starts: '2031-01-15 09:00', ends: '2031-01-15 10:30', speakers: ['Tala Talarsson'] });
    await page.goto(winter.path);
    const data = await jsonLd(page);
    expect(data).toMatchObject({
      '@context': 'https://schema.org',
      '@type': 'Event',
      name: title_sv,
      startDate: '2031-01-15T09:00:00+01:00',
      endDate: '2031-01-15T10:30:00+01:00',
      eventStatus: 'https://schema.org/EventScheduled',
      isAccessibleForFree: true,
    });
    expect(data.url).toBe(`${site.url}${winter.path}`);
    expect(data.performer).toEqual([{ '@type': 'Person', name: 'Tala Talarsson' }]);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(title_sv);

    const summer = await site.db.event({ starts: '2031-07-15 09:00', state: 'cancelled', format: 'on_site', venue: 'Aulan', address: 'Gatan 1' });
    await page.goto(summer.path);
    expect(await jsonLd(page)).toMatchObject({
      startDate: '2031-07-15T09:00:00+02:00',
      eventStatus: 'https://schema.org/EventCancelled',
      eventAttendanceMode: 'https://schema.org/OfflineEventAttendanceMode',
      location: { '@type': 'Place', name: 'Aulan', address: 'Gatan 1' },
    });

    const day = await site.db.event({ starts: '2031-07-15 00:00', ends: '2031-07-16 00:00', all_day: true });
    await page.goto(day.path);
    expect((await jsonLd(page)).startDate).toBe('2031-07-15');
  });

  test('offsets on both sides of the change of the clock', async ({ page, site }) => {
    for (const [starts, expected] of [
      ['2027-03-27 09:00', '2027-03-27T09:00:00+01:00'],
      ['2027-03-28 09:00', '2027-03-28T09:00:00+02:00'],
      ['2027-10-30 09:00', '2027-10-30T09:00:00+02:00'],
      ['2027-10-31 09:00', '2027-10-31T09:00:00+01:00'],
    ]) {
      const event = await site.db.event({ starts });
      await page.goto(event.path);
      expect((await jsonLd(page)).startDate).toBe(expected);
    }
  });

  test('Open Graph, canonical address and the other language', async ({ page, site, request }) => {
    const event = await site.db.event({ starts: '2031-05-14 09:00', title_sv: 'Svensk', title_en: 'English', summary_sv: 'Om "det" & annat.' });
    await page.goto(event.path);
    const meta = (property) => page.locator(`meta[property="${property}"]`).getAttribute('content');
    expect(await meta('og:title')).toBe('Svensk');
    expect(await meta('og:description')).toBe('Om "det" & annat.');
    expect(await meta('og:url')).toBe(`${site.url}${event.path}`);
    expect(await meta('og:locale')).toBe('sv_SE');
    await expect(page.locator('link[rel=canonical]')).toHaveAttribute('href', `${site.url}${event.path}`);
    for (const [lang, title] of [['sv', 'Svensk'], ['en', 'English']]) {
      const href = await page.locator(`link[rel=alternate][hreflang=${lang}]`).getAttribute('href');
      const answer = await request.get(href);
      expect(answer.status()).toBe(200);
      const text = await answer.text();
      expect(text).toMatch(new RegExp(`<h1[^>]*>${title}<`));
      expect(text).toMatch(new RegExp(`<html[^>]* lang="${lang}"`));
    }
  });
});

test.describe('own time', () => {
  test('a viewer elsewhere is told the time on their own clock', async ({ site, window, open }) => {
    const event = await site.db.event({ starts: '2031-05-14 09:00' });
    const page = await window({ timezoneId: 'America/New_York' });
    await open(event.path, page);
    await expect(fact(page, 'När')).toContainText(/På din klocka:.*03:00/);
    await expect(fact(page, 'När')).toContainText('09:00–10:00');
    const other = await window({ timezoneId: 'Asia/Tokyo' });
    await open(`/en${event.path}`, other);
    await expect(fact(other, 'When')).toContainText(/On your clock:.*16:00/);
  });

  test('a viewer in Sweden, or with the same clock, is not', async ({ site, window, open }) => {
    const event = await site.db.event({ starts: '2031-05-14 09:00' });
    for (const timezoneId of ['Europe/Stockholm', 'Europe/Berlin']) {
      const page = await window({ timezoneId });
      await open(event.path, page);
      await expect(fact(page, 'När')).toContainText('09:00–10:00');
      await expect(page.getByText('På din klocka')).toHaveCount(0);
    }
  });

  test('nobody is told of a clock where the event has none', async ({ site, window, open }) => {
    const event = await site.db.event({ starts: '2031-05-14 00:00', ends: '2031-05-15 00:00', all_day: true });
    const page = await window({ timezoneId: 'America/New_York' });
    await open(event.path, page);
    await expect(page.getByText('På din klocka')).toHaveCount(0);
  });
});

test.describe('wrong addresses', () => {
  for (const [path, heading, lang] of [
    ['/events/finns-inte', 'Här finns inget stopp', 'sv'],
    ['/en/events/finns-inte', 'There is no stop here', 'en'],
    ['/nagot/helt/annat', 'Här finns inget stopp', 'sv'],
    ['/en/something/else', 'There is no stop here', 'en'],
    ['/sign-ups/ingen-lank', 'Här finns inget stopp', 'sv'],
    ['/events/finns-inte/signed-up', 'Här finns inget stopp', 'sv'],
  ]) {
    test(`${path}: 404 and a way on`, async ({ page }) => {
      expect((await page.goto(path)).status()).toBe(404);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading);
      await expect(page.locator('html')).toHaveAttribute('lang', lang);
      await page.locator('main').getByRole('searchbox').fill('lärande');
      await page.locator('main').getByRole('searchbox').press('Enter');
      await expect(page).toHaveURL(/\/calendar\?.*q=l/);
      await expect(page.locator('html')).toHaveAttribute('lang', lang);
    });
  }
});

test('a link to what is gone by now leads to a page that says so', async ({ page, site, open, guard }) => {
  guard.excuse(/status of 404/);
  const programme = await site.db.programme();
  const event = await site.db.event({ programme_id: programme.id, starts: '2031-05-14 09:00', title_sv: 'Snart borta' });
  // The stream would take the link away at once; this reader's is cut off.
  guard.excuse(/\/live|ERR_FAILED/);
  await page.route('**/live*', (route) => route.abort());
  await open(`/calendar?view=agenda&date=2031-05-14&programme=${programme.slug}`);
  await site.db.sql('delete from events where id = $1', [event.id]);
  await page.getByRole('link', { name: 'Snart borta' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Här finns inget stopp');
  await expect(page).toHaveTitle('Här finns inget stopp – Stafett');
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

test('the preliminary conference and the full stop of the demonstration', async ({ page }) => {
  await page.goto('/events/arena-for-larande-och-utbyte-i-uppsala');
  await expect(page.locator('.kicker')).toContainText('Preliminär');
  await expect(page.locator('.kicker')).toContainText('Demonstration');
  await expect(page.locator('form#watch')).toBeVisible();
  await page.goto('/events/stafett-umea');
  await expect(page.locator('.act .seats')).toContainText('Fullt, 5 på väntelistan');
  await expect(page.getByRole('heading', { name: 'Ställ dig på väntelistan' })).toBeVisible();
});
