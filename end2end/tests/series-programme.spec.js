import { expect, instant, test } from '../support/test.js';

const fact = (page, term) => page.locator('dl.facts > div').filter({ has: page.getByText(term, { exact: true }) }).locator('dd');
const stops = (page) => page.locator('.tour .stops > li');

test.describe('a series', () => {
  test('is a line of stops that shows where it is now', async ({ page, site, open }) => {
    const { db } = site;
    const programme = await db.programme({ title_sv: 'Programmet', summary_sv: 'Om programmet.' });
    const series = await db.series({ programme_id: programme.id, title_sv: 'Stafetten', title_en: 'The relay', summary_sv: 'Fyra halvdagar.', participants: 1550 });
    const put = (title_sv, starts, fields) => db.event({ programme_id: programme.id, series_id: series.id, title_sv, starts, ...fields });
    await put('Hållet', '2024-05-14 09:00', { state: 'held' });
    await put('Inställt stopp', '2031-05-13 09:00', { state: 'cancelled' });
    const next = await put('Nästa', '2031-05-14 09:00', { seats: { digital: 12 }, speakers: ['Tala Talarsson'] });
    await put('Kommande', '2031-06-14 09:00', { state: 'preliminary' });
    await db.fill(next, 3);

    await open(`/series/${series.slug}`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Stafetten');
    await expect(page.getByText('Fyra halvdagar.')).toBeVisible();
    await expect(fact(page, 'Stopp')).toHaveText('1 av 4 hållna');
    await expect(fact(page, 'Deltagare')).toHaveText('1 550');
    await expect(stops(page).getByRole('heading')).toHaveText(['Hållet', 'Inställt stopp', 'Nästa', 'Kommande']);
    await expect(stops(page).nth(0)).toContainText('Har hållits');
    await expect(stops(page).nth(0)).toContainText('2024');
    await expect(stops(page).nth(1)).toContainText('Inställt');
    await expect(stops(page).nth(2)).toContainText('Härnäst');
    await expect(stops(page).nth(2)).toContainText('ons 14 maj 09:00');
    await expect(stops(page).nth(2)).toContainText('Tala Talarsson');
    await expect(stops(page).nth(2)).toContainText('9 av 12 platser kvar');
    await expect(stops(page).nth(3)).toContainText('Preliminär');
    await expect(stops(page).nth(3)).not.toContainText('Härnäst');

    await page.getByRole('link', { name: 'Visa serien i kalendern' }).click();
    await expect(page).toHaveURL(new RegExp(`/calendar\\?view=agenda&series=${series.slug}`));
    await page.goBack();
    await stops(page).getByRole('link', { name: 'Nästa' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Nästa');
    // The line, small, with its meaning in words.
    await expect(page.getByRole('img', { name: 'Stafetten: 1 av 4 hållna, nästa är stopp 3' })).toBeVisible();
    await expect(page.locator('.kicker')).toContainText('stopp 3 av 4');

    await page.goto(`/en/series/${series.slug}`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('The relay');
    await expect(fact(page, 'Participants')).toHaveText('1,550');
    await expect(stops(page).nth(2)).toContainText('Wed 14 May 09:00');
  });

  test('without stops says so', async ({ page, site }) => {
    const programme = await site.db.programme();
    const series = await site.db.series({ programme_id: programme.id });
    expect((await page.goto(`/series/${series.slug}`)).status()).toBe(200);
    await expect(page.getByText('Inga stopp är inlagda.')).toBeVisible();
  });

  test('drafts are no stops', async ({ page, site }) => {
    const programme = await site.db.programme();
    const series = await site.db.series({ programme_id: programme.id });
    await site.db.event({ programme_id: programme.id, series_id: series.id, starts: '2031-05-14 09:00', title_sv: 'Synligt' });
    await site.db.event({ programme_id: programme.id, series_id: series.id, starts: '2031-05-15 09:00', state: 'draft' });
    await page.goto(`/series/${series.slug}`);
    await expect(stops(page).getByRole('heading')).toHaveText(['Synligt']);
  });

  test('that is not there: 404 and a way on', async ({ page }) => {
    for (const path of ['/series/finns-inte', '/en/series/finns-inte', '/series/AAA']) {
      expect((await page.goto(path)).status()).toBe(404);
      await expect(page.locator('main').getByRole('searchbox')).toBeVisible();
    }
  });

  test('the demonstration\'s tour has seven stops, the first within a week', async ({ page, site, open }) => {
    await open('/series/digital-turne');
    await expect(stops(page)).toHaveCount(7);
    await expect(stops(page).first()).toContainText('10-års följeforskning');
    const first = await site.db.value("select starts_at from events where slug = 'turne-10-ars-foljeforskning'");
    expect(first.getTime() - Date.now()).toBeLessThan(7 * 86_400_000);
    const clocks = await page.locator('.tour time').allTextContents();
    for (const clock of clocks) expect(clock).toMatch(/ (08|12):00/);
    // As it was in 2023.
    await page.goto('/series/digital-turne-2023');
    await expect(fact(page, 'Stopp')).toHaveText('7 av 7 hållna');
    await page.goto('/series/innovationsstafett');
    await expect(stops(page)).toHaveCount(4);
  });
});

test.describe('a programme', () => {
  test('shows its facts, series, events, outcomes, partners and materials', async ({ page, site, open }) => {
    const { db } = site;
    const organisation = (name) => db.insert('organisations', { slug: `org-${name.toLowerCase().replaceAll(/[^a-z]/g, '')}-${Date.now().toString(36)}`, name: `${name} ${Date.now().toString(36)}`, kind: 'agency' });
    const [owner, funder, partner] = [await organisation('Verket'), await organisation('Fonden'), await organisation('Partnern')];
    const programme = await db.programme({
      title_sv: 'Stora programmet',
      summary_sv: 'Om det stora.',
      audience_sv: 'Alla som vill',
      owner_id: owner.id,
      funder_id: funder.id,
      funder_reference: '2014-06031',
      grant_sek: 1_064_375,
      starts_on: '2014-10-01',
      ends_on: '2015-12-31',
      period_precision: 'month',
    });
    await db.insert('programme_partners', { programme_id: programme.id, organisation_id: partner.id, position: 1 });
    const series = await db.series({ programme_id: programme.id, title_sv: 'Serien' });
    await db.event({ programme_id: programme.id, series_id: series.id, starts: '2031-05-14 09:00', title_sv: 'I serien' });
    await db.event({ programme_id: programme.id, starts: '2031-05-20 09:00', title_sv: 'För sig' });
    await db.insert('materials', { programme_id: programme.id, position: 1, kind: 'handbook', title: 'Handboken', url: 'https://example.org/handbok', about_sv: 'Hur man gör', group_sv: 'Läs mer' });
    await db.insert('materials', { programme_id: programme.id, position: 2, kind: 'report', title: 'Slutrapporten', is_announced: true });

    await open(`/programmes/${programme.slug}`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Stora programmet');
    await expect(fact(page, 'Period')).toHaveText('oktober 2014 – december 2015');
    await expect(fact(page, 'Ägare')).toHaveText(owner.name);
    await expect(fact(page, 'Finansiär')).toContainText(`${funder.name}`);
    await expect(fact(page, 'Finansiär')).toContainText('1 064 375 kronor, diarienummer 2014-06031');
    await expect(fact(page, 'Målgrupp')).toHaveText('Alla som vill');
    await expect(page.getByRole('img', { name: 'Serien: 0 av 1 hållna, nästa är stopp 1' })).toBeVisible();
    await expect(page.locator('.rows .row').getByRole('heading')).toContainText(['För sig']);
    await expect(page.getByText(partner.name)).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Läs mer' })).toBeVisible();
    await expect(page.getByRole('listitem').filter({ hasText: 'Handboken' })).toContainText('handbok. Hur man gör');
    await expect(page.getByRole('listitem').filter({ hasText: 'Slutrapporten' })).toContainText('kommer');
    await page.getByRole('link', { name: 'Serien' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Serien');

    await page.goto(`/en/programmes/${programme.slug}`);
    await expect(fact(page, 'Period')).toHaveText('October 2014 – December 2015');
    await expect(fact(page, 'Funder')).toContainText('1,064,375 SEK');
  });

  test('outcomes are figures that are drawn and told', async ({ page }) => {
    await page.goto('/programmes/innovationsledning');
    const outcomes = page.locator('.outcomes figure');
    await expect(outcomes.first()).toBeVisible();
    for (const outcome of await outcomes.all()) {
      await expect(outcome.locator('.fig')).toHaveText(/\d/);
      await expect(outcome.locator('figcaption')).toHaveText(/\S/);
    }
  });

  test('the five programmes of the archive are all there', async ({ page, site }) => {
    const slugs = (await site.db.sql("select slug from programmes where slug !~ '^program-' order by position")).map((row) => row.slug);
    expect(slugs).toHaveLength(6);
    for (const slug of slugs) {
      for (const prefix of ['', '/en']) {
        expect((await page.goto(`${prefix}/programmes/${slug}`)).status()).toBe(200);
        await expect(page.getByRole('heading', { level: 1 })).toHaveText(/\S/);
      }
    }
  });

  test('that is not there: 404 and a way on', async ({ page }) => {
    expect((await page.goto('/programmes/finns-inte')).status()).toBe(404);
    await page.getByRole('link', { name: 'Se allt som är på gång' }).click();
    await expect(page).toHaveURL(/\/calendar/);
  });
});

test('the place of the baton moves when a stop has been held', async ({ page, site, open }) => {
  const programme = await site.db.programme();
  const series = await site.db.series({ programme_id: programme.id });
  const put = (title_sv, starts) => site.db.event({ programme_id: programme.id, series_id: series.id, title_sv, starts });
  const first = await put('Första', '2031-05-14 09:00');
  await put('Andra', '2031-05-15 09:00');
  await open(`/series/${series.slug}`);
  await expect(stops(page).nth(0)).toContainText('Härnäst');
  await site.db.change(first, { state: 'held', starts_at: instant('2024-05-14 09:00'), ends_at: instant('2024-05-14 10:00') });
  await expect(stops(page).nth(0)).toContainText('Har hållits');
  await expect(stops(page).nth(1)).toContainText('Härnäst');
});
