import { devices } from '@playwright/test';
import { expect, test, unique } from '../support/test.js';
import { addDays, longDayEn, longDaySv, mondayOf, monthEn, monthSv, today } from '../support/dates.js';

const cell = (page, date) => page.locator(`.sheet:not(.under) td:has([data-d="${date}"])`);
const rows = (page) => page.locator('.days .row');
const parameters = (page) => Object.fromEntries(new URL(page.url()).searchParams);
/** A filter that leaves the events of one test. */
const only = (programme, query) => `/calendar?${query}&programme=${programme.slug}`;

test.describe('layouts', () => {
  test('month, week and agenda show the same events, each in its own way', async ({ page, site, open }) => {
    const programme = await site.db.programme();
    for (const [title, clock] of [['Tidig', '08:00'], ['Sen', '13:30']]) {
      await site.db.event({ programme_id: programme.id, title_sv: title, starts: `2031-05-14 ${clock}`, format: 'on_site', venue: 'Sal Ån' });
    }
    await open(only(programme, 'view=month&date=2031-05-14'));
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('maj 2031');
    await expect(cell(page, '2031-05-14').locator('.ev')).toHaveText(['08:00 Tidig', '13:30 Sen']);
    await expect(page.locator('.sheet:not(.under) .month .ev')).toHaveCount(2);
    await expect(page.getByRole('rowheader', { name: '20', exact: true })).toBeVisible(); // ISO week of 14 May

    await page.getByRole('link', { name: 'Vecka', exact: true }).click();
    await expect(page).toHaveURL(/view=week/);
    const wednesday = page.locator('.week > li').nth(2);
    await expect(wednesday.getByRole('heading')).toHaveText(/ons\s*14 maj/);
    await expect(wednesday.locator('.am .ev')).toContainText('08:00–09:00');
    await expect(wednesday.locator('.pm .ev')).toContainText('Sen');
    await expect(page.locator('.week .none')).toHaveCount(6);

    await page.getByRole('link', { name: 'Agenda', exact: true }).click();
    await expect(page).toHaveURL(/view=agenda/);
    await expect(rows(page).getByRole('heading')).toHaveText(['Tidig', 'Sen']);
    await expect(page.locator('#day-2031-05-14 > h2')).toHaveText(/ons 14 maj 2031/);
    await expect(rows(page).first()).toContainText('Sal Ån');
  });

  test('the state of an event is told by a word', async ({ page, site, open }) => {
    const programme = await site.db.programme();
    const at = (title_sv, hour, fields) =>
      site.db.event({ programme_id: programme.id, title_sv, starts: `2031-05-14 ${hour}`, ...fields });
    await at('A', '08:00', { state: 'cancelled' });
    await at('B', '09:00', { state: 'preliminary' });
    const full = await at('C', '10:00', { seats: { digital: 1 } });
    await site.db.fill(full, 1, 2);
    await open(only(programme, 'view=month&date=2031-05-01'));
    await expect(cell(page, '2031-05-14').locator('.ev')).toHaveText([
      /Inställt\s+08:00 A/,
      /09:00 B, Preliminär/,
      /10:00 C, Fullt/,
    ]);
    await page.goto(only(programme, 'view=agenda&date=2031-05-14'));
    await expect(rows(page)).toContainText(['Inställt', 'Preliminär', 'Fullt, 2 på väntelistan']);
    await page.goto(only(programme, 'view=week&date=2031-05-14'));
    await expect(page.locator('.week .ev')).toContainText(['Inställt', 'Preliminär', 'Fullt, 2 på väntelistan']);
  });

  test('an event of several days stands on each of them, also over a turn of the month', async ({ page, site, open }) => {
    const programme = await site.db.programme();
    await site.db.event({ programme_id: programme.id, title_sv: 'Läger', starts: '2031-05-30 09:00', ends: '2031-06-01 15:00' });
    await open(only(programme, 'view=month&date=2031-05-01'));
    await expect(cell(page, '2031-05-30').locator('.ev')).toHaveText(/09:00 Läger/);
    for (const day of ['2031-05-31', '2031-06-01']) {
      await expect(cell(page, day).locator('.ev')).toHaveText(/Läger, fortsätter/);
    }
    await expect(cell(page, '2031-05-29').locator('.ev')).toHaveCount(0);
    await page.goto(only(programme, 'view=month&date=2031-06-01'));
    await expect(cell(page, '2031-06-01').locator('.ev')).toHaveCount(1);
    await page.goto(only(programme, 'view=agenda&date=2031-05-30'));
    await expect(page.locator('.days > li')).toHaveCount(3);
    await page.goto(only(programme, 'view=week&date=2031-05-30'));
    await expect(page.locator('.week > li .ev')).toHaveCount(3);
  });

  test('days are the days of Sweden: late evenings and midnights stay where they belong', async ({ page, site, open }) => {
    const programme = await site.db.programme();
    const put = (title_sv, starts, ends) => site.db.event({ programme_id: programme.id, title_sv, starts, ends });
    await put('Sent på kvällen', '2031-07-10 23:15', '2031-07-10 23:45');
    await put('Till midnatt', '2031-07-11 22:00', '2031-07-12 00:00');
    await put('Strax efter midnatt', '2031-07-15 00:30', '2031-07-15 01:30');
    await open(only(programme, 'view=month&date=2031-07-01'));
    await expect(cell(page, '2031-07-10').locator('.ev')).toHaveText(/23:15/);
    await expect(cell(page, '2031-07-11').locator('.ev')).toHaveText(/22:00/);
    await expect(cell(page, '2031-07-12').locator('.ev')).toHaveCount(0);
    await expect(cell(page, '2031-07-15').locator('.ev')).toHaveText(/00:30/);
    await expect(page.locator('.sheet:not(.under) .month .ev')).toHaveCount(3);
  });

  test('both changes of the clock: no day is lost or doubled, and every hour is right', async ({ page, site, open }) => {
    const programme = await site.db.programme();
    for (const [date, ...clocks] of [
      ['2027-03-27', '09:00'],
      ['2027-03-28', '01:30', '03:30', '23:00'],
      ['2027-03-29', '09:00'],
      ['2026-10-24', '09:00'],
      ['2026-10-25', '01:30', '03:30', '23:00'],
      ['2026-10-26', '09:00'],
    ]) {
      for (const clock of clocks) {
        await site.db.event({ programme_id: programme.id, title_sv: 'Tid', starts: `${date} ${clock}`, ends: `${date} ${clock.replace(':00', ':40').replace(':30', ':50')}` });
      }
    }
    for (const [month, first, count, change] of [
      ['2027-03', '2027-03-01', 35, '2027-03-28'],
      ['2026-10', '2026-09-28', 35, '2026-10-25'],
    ]) {
      await open(only(programme, `view=month&date=${month}-01`));
      const ids = await page.locator('.sheet:not(.under) .month a.d').evaluateAll((links) => links.map((link) => link.dataset.d));
      expect(ids).toEqual(Array.from({ length: count }, (_, index) => addDays(first, index)));
      await expect(cell(page, change).locator('time')).toHaveText(['01:30', '03:30', '23:00']);
      await expect(cell(page, addDays(change, -1)).locator('time')).toHaveText(['09:00']);
      await expect(cell(page, addDays(change, 1)).locator('time')).toHaveText(['09:00']);
    }
  });

  test('in English the days and months are English', async ({ page, site, open }) => {
    const programme = await site.db.programme({ title_en: 'The programme' });
    await site.db.event({ programme_id: programme.id, title_sv: 'Svensk titel', title_en: 'English title', starts: '2031-05-14 09:00' });
    await open(`/en${only(programme, 'view=month&date=2031-05-01')}`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(monthEn('2031-05-01'));
    await expect(page.getByRole('link', { name: `${longDayEn('2031-05-14')}, 1 event` })).toBeVisible();
    await expect(page.getByRole('link', { name: 'English title' })).toHaveAttribute('href', /^\/en\/events\//);
    await expect(page.getByRole('columnheader', { name: 'Monday' })).toBeVisible();
    await expect(page.getByRole('link', { name: 'April 2031', exact: true })).toHaveAttribute('href', /^\/en\/calendar/);
  });

  test('a viewer in another zone sees the same days', async ({ site, window, open }) => {
    const programme = await site.db.programme();
    await site.db.event({ programme_id: programme.id, starts: '2031-05-14 23:30', title_sv: 'Sent' });
    for (const timezoneId of ['Pacific/Auckland', 'America/Los_Angeles']) {
      const page = await window({ timezoneId });
      await open(only(programme, 'view=month&date=2031-05-01'), page);
      await expect(cell(page, '2031-05-14').locator('.ev')).toHaveText('23:30 Sent');
      await open('/calendar?view=month', page);
      await expect(page.locator('td[aria-current=date] a.d')).toHaveAttribute('data-d', today());
    }
  });
});

test.describe('filters', () => {
  async function season(site) {
    const programme = await site.db.programme();
    const series = await site.db.series({ programme_id: programme.id, title_sv: 'Filterserien' });
    const theme = await site.db.theme(`Ledning ${unique('x')}`);
    const put = (title_sv, day, fields) =>
      site.db.event({ programme_id: programme.id, title_sv, starts: `2031-05-${day} 09:00`, seats: { [fields.format ?? 'digital']: 5 }, ...fields });
    const one = await put('Ett', '05', { kind: 'course', series_id: series.id, themes: [theme.id], municipalities: ['2480'] });
    await put('Två', '06', { kind: 'course', format: 'on_site', municipalities: ['2480', '2281'] });
    await put('Tre', '07', { kind: 'seminar', language: 'en', dialogue_language: 'sv', themes: [theme.id] });
    await put('Fyra', '08', { kind: 'seminar', format: 'on_site', state: 'preliminary' });
    await site.db.fill(one, 5);
    return { programme, series, theme };
  }
  const titles = (page) => rows(page).getByRole('heading');
  const choice = (page, name) => page.locator('.filter .groups').getByRole('link', { name });

  test('a filter is a link with a count, stands in the address, and can be taken back', async ({ page, site, open }) => {
    const { programme } = await season(site);
    await open(only(programme, 'view=agenda&date=2031-05-01'));
    await expect(titles(page)).toHaveText(['Ett', 'Två', 'Tre', 'Fyra']);

    await choice(page, /^Kurs 2$/).click();
    await expect(titles(page)).toHaveText(['Ett', 'Två']);
    expect(parameters(page)).toMatchObject({ kind: 'course', programme: programme.slug, view: 'agenda', date: '2031-05-01' });
    await expect(choice(page, 'Kurs')).toHaveAttribute('aria-current', 'true');
    // A figure is what one gets by choosing it instead.
    await expect(choice(page, /^Seminarium 2$/)).toBeVisible();
    await expect(choice(page, /^På plats 1$/)).toBeVisible();

    await choice(page, /^På plats 1$/).click();
    await expect(titles(page)).toHaveText(['Två']);
    await page.goBack();
    await expect(titles(page)).toHaveText(['Ett', 'Två']);
    await page.goBack();
    await expect(titles(page)).toHaveText(['Ett', 'Två', 'Tre', 'Fyra']);
    await page.goForward();
    await page.goForward();
    await expect(titles(page)).toHaveText(['Två']);
    await page.reload();
    await expect(titles(page)).toHaveText(['Två']);
    await choice(page, 'Kurs').click();
    await expect(titles(page)).toHaveText(['Två', 'Fyra']);
    await page.getByRole('link', { name: 'Rensa filter' }).first().click();
    await expect.poll(() => Object.keys(parameters(page)).sort()).toEqual(['date', 'view']);
  });

  test('every kind of filter leaves what it should', async ({ page, site }) => {
    const { programme, series, theme } = await season(site);
    for (const [query, expected] of [
      [`series=${series.slug}`, ['Ett']],
      ['kind=seminar', ['Tre', 'Fyra']],
      ['format=on_site', ['Två', 'Fyra']],
      [`theme=${theme.slug}`, ['Ett', 'Tre']],
      ['municipality=2480', ['Ett', 'Två']],
      ['municipality=2281', ['Två']],
      ['language=en', ['Tre']],
      ['language=sv', ['Ett', 'Två', 'Tre', 'Fyra']],
      ['places=1', ['Två', 'Tre']],
      ['places=1&format=on_site', ['Två']],
      ['kind=seminar&municipality=2480', []],
    ]) {
      await page.goto(`${only(programme, 'view=agenda&date=2031-05-01')}&${query}`);
      await expect(titles(page), query).toHaveText(expected);
    }
  });

  test('each of them by a click', async ({ page, site, open }) => {
    const { programme } = await season(site);
    for (const [name, key, expected] of [
      [/^Filterserien/, 'series', ['Ett']],
      [/^Kurs/, 'kind', ['Ett', 'Två']],
      [/^Digitalt/, 'format', ['Ett', 'Tre']],
      [/^Ledning/, 'theme', ['Ett', 'Tre']],
      [/^Umeå/, 'municipality', ['Ett', 'Två']],
      [/^Engelska/, 'language', ['Tre']],
      [/^Platser kvar/, 'places', ['Två', 'Tre']],
    ]) {
      await open(only(programme, 'view=agenda&date=2031-05-01'));
      await choice(page, name).click();
      await expect(titles(page), key).toHaveText(expected);
      expect(Object.keys(parameters(page))).toContain(key);
    }
    // Without any filter at all, not even a date.
    await open('/');
    await page.getByRole('navigation', { name: 'Huvudmeny' }).getByRole('link', { name: 'Kalender' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(monthSv(today()));
  });

  test('free text finds words in both languages, parts of words and speakers, within the other filters', async ({ page, site, open }) => {
    const programme = await site.db.programme();
    const put = (title_sv, day, fields) => site.db.event({ programme_id: programme.id, title_sv, starts: `2031-05-${day} 09:00`, ...fields });
    await put('Innovationsledning i vardagen', '05', {});
    await put('Webbinarium om mod', '06', { title_en: 'A webinar on courage' });
    await put('Ett samtal', '07', { speakers: ['Ebba Xylofonsdotter'], kind: 'course' });
    await put('100 % annat', '08', {});
    await open(only(programme, 'view=agenda&date=2031-05-01'));
    const search = page.getByRole('searchbox');
    const look = async (text, expected) => {
      await search.fill(text);
      await search.press('Enter');
      await expect.poll(() => parameters(page).q ?? '').toBe(text);
      await expect(titles(page), text).toHaveText(expected);
      await expect(search).toHaveValue(text);
    };
    await look('ledning', ['Innovationsledning i vardagen']);
    await look('webbinarier', ['Webbinarium om mod']);
    await look('courage', ['Webbinarium om mod']);
    await look('xylofon', ['Ett samtal']);
    await look('100 %', ['100 % annat']);
    await look('_', []);
    await look('finns inte alls', []);
    await expect(page.getByRole('heading', { name: 'Inget passar det du har valt' })).toBeVisible();
    expect(parameters(page)).toMatchObject({ programme: programme.slug, view: 'agenda', date: '2031-05-01' });
  });
});

test.describe('moving in time', () => {
  test('today, back, on, and a month to jump to', async ({ page, open }) => {
    await open('/calendar?view=month');
    const title = page.getByRole('heading', { level: 1 });
    const first = `${today().slice(0, 7)}-01`;
    const next = addDays(first, 32).slice(0, 7);
    await expect(title).toHaveText(monthSv(today()));
    await expect(page.locator('td[aria-current=date]')).toHaveCount(1);
    await expect(page.locator('td[aria-current=date] a.d')).toHaveAttribute('data-d', today());

    await page.locator('.steps [rel=next]').click();
    await expect(title).toHaveText(monthSv(`${next}-01`));
    await expect(page).toHaveTitle(new RegExp(monthSv(`${next}-01`)));
    await page.locator('.steps [rel=prev]').click();
    await expect(title).toHaveText(monthSv(today()));
    await page.locator('.steps [rel=prev]').click();
    await page.locator('.steps [rel=prev]').click();
    await expect(title).toHaveText(monthSv(addDays(addDays(first, -1).slice(0, 8) + '01', -1)));
    await page.getByRole('link', { name: 'Idag', exact: true }).click();
    await expect(title).toHaveText(monthSv(today()));

    await page.getByLabel('Gå till månad').selectOption({ value: '2023-09' });
    await page.getByRole('button', { name: 'Visa', exact: true }).click();
    await expect(title).toHaveText('september 2023');
    await expect(page.getByLabel('Gå till månad')).toHaveValue('2023-09');
  });

  test('in week and agenda a step is a week and five weeks', async ({ page, open }) => {
    await open('/calendar?view=week&date=2031-05-14');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('vecka 20, 12 maj – 18 maj 2031');
    await page.locator('.steps [rel=next]').click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('vecka 21, 19 maj – 25 maj 2031');
    await page.goto('/calendar?view=agenda&date=2031-05-14');
    await page.locator('.steps [rel=next]').click();
    await expect(page).toHaveURL(/date=2031-06-18/);
  });

  test('the archive of 2021 to 2023 is as reachable as what comes', async ({ page, open }) => {
    await open('/calendar?view=month');
    const months = await page.getByLabel('Gå till månad').locator('option').evaluateAll((options) => options.map((option) => option.value));
    expect(months).toEqual([...months].sort());
    for (const month of ['2021-05', '2021-10', '2022-01', '2023-09', '2023-10']) expect(months).toContain(month);

    await page.goto('/calendar?view=month&date=2021-10-01');
    await expect(cell(page, '2021-10-28').locator('.ev')).toHaveText(/09:00/);
    await page.goto('/calendar?view=agenda&date=2023-09-01');
    await expect(page.locator('#day-2023-09-06')).toContainText('10-års följeforskning');
    await page.getByRole('link', { name: '10-års följeforskning' }).click();
    await expect(page.getByText('Har hållits')).toBeVisible();
  });

  test('an empty month says where the nearest events are, and takes one there', async ({ page, site, open }) => {
    const programme = await site.db.programme();
    await site.db.event({ programme_id: programme.id, starts: '2031-05-14 09:00', title_sv: 'Före' });
    await site.db.event({ programme_id: programme.id, starts: '2031-11-03 09:00', title_sv: 'Efter' });
    await open(only(programme, 'view=month&date=2031-08-01'));
    const empty = page.locator('.empty');
    await expect(empty.getByRole('heading', { name: 'Inga aktiviteter här' })).toBeVisible();
    await expect(empty.getByRole('listitem').filter({ hasText: 'Närmast före:' })).toContainText(longDaySv('2031-05-14'));
    await empty.getByRole('link', { name: longDaySv('2031-11-03') }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('november 2031');
    await expect(cell(page, '2031-11-03').locator('.ev')).toHaveText(/Efter/);
  });
});

test.describe('a day with many events', () => {
  async function crowded(site) {
    const programme = await site.db.programme();
    for (let hour = 8; hour < 15; hour += 1) {
      await site.db.event({ programme_id: programme.id, title_sv: `Klockan ${hour}`, starts: `2031-05-14 ${String(hour).padStart(2, '0')}:00` });
    }
    return programme;
  }

  test('opens and closes where it stands, by mouse', async ({ page, site, open }) => {
    await open(only(await crowded(site), 'view=month&date=2031-05-01'));
    const day = cell(page, '2031-05-14');
    await expect(day.locator('.ev')).toHaveCount(3);
    const more = day.getByRole('button', { name: `+4 till, ${longDaySv('2031-05-14')}` });
    await expect(more).toHaveText('+4 till');
    await expect(more).toHaveAttribute('aria-expanded', 'false');
    await more.click();
    await expect(day.locator('.ev')).toHaveCount(7);
    await expect(day.locator('.ev').last()).toHaveText('14:00 Klockan 14');
    const fewer = day.getByRole('button', { name: 'Visa färre' });
    await expect(fewer).toHaveAttribute('aria-expanded', 'true');
    await fewer.click();
    await expect(day.locator('.ev')).toHaveCount(3);
  });

  test('opens by keyboard, and its events can be walked', async ({ page, site, open }) => {
    await open(only(await crowded(site), 'view=month&date=2031-05-14'));
    const day = cell(page, '2031-05-14');
    await page.locator('.sheet:not(.under) [data-d=\"2031-05-14\"]').focus();
    await page.keyboard.press('F2');
    await expect(day.locator('.ev').first()).toBeFocused();
    for (let step = 0; step < 3; step += 1) await page.keyboard.press('ArrowDown');
    await expect(day.locator('.more-day')).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(day.locator('.ev')).toHaveCount(7);
    await expect(day.locator('.more-day')).toBeFocused();
    await page.keyboard.press('ArrowUp');
    await expect(day.locator('.ev').last()).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Klockan 14');
  });

  test('two thousand events in a year stay usable', async ({ page, ownSite, open }) => {
    const programme = await ownSite.db.programme({ title_sv: 'Det stora programmet' });
    await ownSite.db.sql(
      `with added as (
         insert into events (slug, programme_id, kind, state, title_sv, starts_at, ends_at, format)
         select 'stor-' || n, $1, (array['seminar', 'webinar', 'workshop', 'course'])[1 + n % 4], 'published',
             'Aktivitet nummer ' || n,
             ('2031-01-01'::date + n % 365 + make_interval(hours => 8 + n % 9)) at time zone 'Europe/Stockholm',
             ('2031-01-01'::date + n % 365 + make_interval(hours => 9 + n % 9)) at time zone 'Europe/Stockholm', 'digital'
         from generate_series(1, 2000) n returning id)
       insert into event_ways (event_id, way, capacity) select id, 'digital', 30 from added`,
      [programme.id],
    );
    await open(`${ownSite.url}/calendar?view=month&date=2031-05-01`);
    for (const cells of await page.locator('.sheet:not(.under) .month td').all()) {
      expect(await cells.locator('.ev').count()).toBeLessThanOrEqual(4);
    }
    await page.locator('.steps [rel=next]').click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('juni 2031');
    const busy = cell(page, '2031-06-11');
    await busy.locator('.more-day').click();
    await expect.poll(() => busy.locator('.ev').count()).toBeGreaterThanOrEqual(5);
    await page.locator('.filter').getByRole('link', { name: /^Kurs/ }).click();
    await expect(page).toHaveURL(/kind=course/);
    await expect(page.locator('.filter').getByRole('link', { name: /^Kurs/ })).toHaveAttribute('aria-current', 'true');
    await page.getByRole('link', { name: 'Agenda', exact: true }).click();
    await expect(rows(page).first()).toBeVisible();
    expect(await rows(page).count()).toBeGreaterThan(30);
  });
});

test.describe('the month as a grid for the keyboard', () => {
  async function grid(page, open, site, query = 'view=month&date=2031-05-14') {
    const programme = await site.db.programme();
    for (const title of ['Ett', 'Två']) {
      await site.db.event({ programme_id: programme.id, title_sv: title, starts: '2031-05-14 09:00' });
    }
    await open(only(programme, query));
    const table = page.getByRole('grid');
    await expect(table).toBeVisible();
    return table;
  }
  const at = async (page, date) => {
    await expect(page.locator(`.sheet:not(.under) [data-d="${date}"]`)).toBeFocused();
    await expect(page.locator(`.sheet:not(.under) [data-d="${date}"]`)).toHaveAttribute('tabindex', '0');
    await expect(page.locator('[role=grid] [tabindex="0"]')).toHaveCount(1);
  };

  test('has a name, one tab stop, whole dates in its names, and marks today', async ({ page, site, open }) => {
    const table = await grid(page, open, site);
    await expect(table).toHaveAccessibleName('maj 2031');
    await expect(table.locator('[tabindex="0"]')).toHaveCount(1);
    await expect(table.locator('a:not([tabindex])')).toHaveCount(0);
    await expect(table.locator('td:not([role=gridcell])')).toHaveCount(0);
    const first = mondayOf('2031-05-01');
    const names = await table.locator('a.d').evaluateAll((links) => links.map((link) => link.getAttribute('aria-label')));
    expect(names).toEqual(
      Array.from({ length: 35 }, (_, index) => longDaySv(addDays(first, index))).map((name) =>
        name === longDaySv('2031-05-14') ? `${name}, 2 aktiviteter` : name,
      ),
    );
    // Tab goes in once and out again.
    await page.locator('.sheet:not(.under) [data-d=\"2031-05-14\"]').focus();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => Boolean(document.activeElement.closest('table')))).toBe(false);
    await page.keyboard.press('Shift+Tab');
    await at(page, '2031-05-14');

    await open('/calendar?view=month');
    const current = page.locator('[role=grid] [aria-current=date]');
    await expect(current).toHaveCount(1);
    await expect(current).toContainText(String(Number(today().slice(8))));
    await expect(page.locator('[role=grid] [tabindex="0"]')).toHaveAttribute('data-d', today());
  });

  test('arrows go by day and week, Home and End within the week', async ({ page, site, open }) => {
    await grid(page, open, site);
    await page.locator('.sheet:not(.under) [data-d=\"2031-05-14\"]').focus();
    for (const [key, date] of [
      ['ArrowRight', '2031-05-15'],
      ['ArrowDown', '2031-05-22'],
      ['ArrowLeft', '2031-05-21'],
      ['ArrowUp', '2031-05-14'],
      ['Home', '2031-05-12'],
      ['End', '2031-05-18'],
      ['ArrowRight', '2031-05-19'],
    ]) {
      await page.keyboard.press(key);
      await at(page, date);
    }
  });

  test('pages turn by month and, with Shift, by year; the cursor goes along', async ({ page, site, open }) => {
    await grid(page, open, site);
    await page.locator('.sheet:not(.under) [data-d=\"2031-05-14\"]').focus();
    for (const [key, date, title] of [
      ['PageDown', '2031-06-14', 'juni 2031'],
      ['PageUp', '2031-05-14', 'maj 2031'],
      ['PageUp', '2031-04-14', 'april 2031'],
      ['Shift+PageUp', '2030-04-14', 'april 2030'],
      ['Shift+PageDown', '2031-04-14', 'april 2031'],
    ]) {
      await page.keyboard.press(key);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
      await at(page, date);
      expect(parameters(page)).toMatchObject({ view: 'month', date });
    }
    // Over the edge with an arrow.
    await page.goto(page.url().replace(/date=[^&]+/, 'date=2031-05-02'));
    await expect(page.getByRole('grid')).toBeVisible();
    await page.locator('.sheet:not(.under) [data-d=\"2031-05-02\"]').focus();
    await page.keyboard.press('ArrowUp');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('april 2031');
    await at(page, '2031-04-25');
  });

  test('the last days of long months go to the last days of short ones', async ({ page, site, open }) => {
    await grid(page, open, site, 'view=month&date=2031-01-31');
    await page.locator('.sheet:not(.under) [data-d=\"2031-01-31\"]').focus();
    await page.keyboard.press('PageDown');
    await at(page, '2031-02-28');
  });

  test('F2 goes to the events of the day, Escape back, Enter to the day', async ({ page, site, open }) => {
    await grid(page, open, site);
    await page.locator('.sheet:not(.under) [data-d=\"2031-05-14\"]').focus();
    await page.keyboard.press('F2');
    await expect(page.getByRole('link', { name: /Ett/ })).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await expect(page.getByRole('link', { name: /Två/ })).toBeFocused();
    await page.keyboard.press('Escape');
    await at(page, '2031-05-14');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/view=agenda/);
    expect(parameters(page).date).toBe('2031-05-14');
    await expect(rows(page)).toHaveCount(2);
  });

  test('keys with Ctrl, Alt or Meta are the browser\'s', async ({ page, site, open }) => {
    await grid(page, open, site);
    await page.locator('.sheet:not(.under) [data-d=\"2031-05-14\"]').focus();
    await page.keyboard.press('Control+ArrowRight');
    await at(page, '2031-05-14');
  });
});

test.describe('on a phone', () => {
  const { defaultBrowserType: _, ...phone } = devices['Pixel 7'];
  test.use({ ...phone, viewport: { width: 390, height: 844 } });

  test('it starts as an agenda under a strip of days', async ({ page, site, open }) => {
    await open('/calendar');
    await expect(page.getByRole('link', { name: 'Agenda', exact: true })).toHaveAttribute('aria-current', 'page');
    await expect(page.locator('.sheet:not(.under) .month')).toHaveCount(0);
    await expect(rows(page).first()).toBeVisible();
    const programme = await site.db.programme();
    await site.db.event({ programme_id: programme.id, starts: '2031-05-14 09:00', title_sv: 'Ett' });
    await site.db.event({ programme_id: programme.id, starts: '2031-05-28 09:00', title_sv: 'Två' });
    await page.goto(only(programme, 'view=agenda&date=2031-05-14'));
    const strip = page.getByRole('list', { name: 'Dagar' });
    await expect(strip.getByRole('listitem')).toHaveCount(35);
    await strip.getByRole('link', { name: `${longDaySv('2031-05-28')}, 1 aktivitet` }).click();
    await expect(page).toHaveURL(/#day-2031-05-28$/);
    await expect(page.locator('#day-2031-05-28')).toBeInViewport();
  });

  test('coming from the start page it is an agenda too, and a month if asked for', async ({ page, open }) => {
    await open('/');
    await page.getByRole('navigation', { name: 'Huvudmeny' }).getByRole('link', { name: 'Kalender' }).click();
    await expect(rows(page).first()).toBeVisible();
    await expect(page.locator('.sheet:not(.under) .month')).toHaveCount(0);
    await page.getByRole('link', { name: 'Månad', exact: true }).click();
    await expect(page.locator('.sheet:not(.under) .month')).toBeVisible();
    await page.locator(`[data-d="${today()}"]`).click();
    await expect(page).toHaveURL(/view=agenda/);
  });

  test('the filters are behind one button', async ({ page, site, open }) => {
    const programme = await site.db.programme();
    await site.db.event({ programme_id: programme.id, starts: '2031-05-14 09:00', kind: 'course' });
    await open('/calendar?view=agenda&date=2031-05-01');
    const course = page.locator('.filter .groups').getByRole('link', { name: /^Kurs/ });
    await expect(course).toBeHidden();
    await page.locator('.filter > summary').click();
    await expect(course).toBeVisible();
  });
});

test('a narrow window of a desktop browser works, too', async ({ page, open }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open('/calendar');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.getByRole('link', { name: 'Agenda', exact: true }).click();
  await expect(rows(page).first()).toBeVisible();
});
