import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import ICAL from 'ical.js';
import { expect, instant, test } from '../support/test.js';

const CHECK = process.env.CHECK_ICS ?? fileURLToPath(new URL('../../scripts/check-ics.py', import.meta.url));
const NO_PYTHON = 'ICS_PYTHON is not set: it must name a Python that has icalendar (make test sets it)';

/** What Python's icalendar has to complain about. */
function pythonsComplaints(content) {
  return new Promise((resolve, reject) => {
    const python = spawn(process.env.ICS_PYTHON, [CHECK, '-'], { stdio: ['pipe', 'ignore', 'pipe'] });
    let said = '';
    python.stderr.on('data', (text) => {
      said += text;
    });
    python.on('error', reject);
    python.on('close', (code) => resolve(code === 0 ? '' : said || `ended with ${code}`));
    python.stdin.end(content);
  });
}

/** Reads a calendar with ical.js, strictly, with the zones that it brings along. */
function read(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const zones = new Map(calendar.getAllSubcomponents('vtimezone').map((zone) => [zone.getFirstPropertyValue('tzid'), new ICAL.Timezone(zone)]));
  const events = calendar.getAllSubcomponents('vevent').map((event) => {
    const value = (name) => event.getFirstPropertyValue(name);
    const when = (name) => {
      const time = value(name);
      const zone = zones.get(event.getFirstProperty(name)?.getParameter('tzid'));
      if (zone) time.zone = zone;
      return time;
    };
    return {
      uid: value('uid'),
      sequence: Number(value('sequence') ?? 0),
      summary: value('summary'),
      status: value('status'),
      location: value('location'),
      url: value('url'),
      description: value('description'),
      starts: when('dtstart'),
      ends: when('dtend'),
    };
  });
  return { calendar, zones, events };
}

const isoOf = (time) => time.toJSDate().toISOString();

/** Fetches a calendar file that must be right in every way. */
async function calendarOf(server, path) {
  const answer = await server.raw(path);
  expect(answer.status, path).toBe(200);
  expect(answer.headers['content-type']).toMatch(/^text\/calendar; ?charset=utf-8/i);
  if (process.env.ICS_PYTHON) expect(await pythonsComplaints(answer.buffer), path).toBe('');
  return read(answer.text);
}

test('Python\'s icalendar is there to be asked', () => {
  test.skip(!process.env.ICS_PYTHON, NO_PYTHON);
  return pythonsComplaints('BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n').then((said) => expect(said).toContain('PRODID'));
});

test('one event: all that a calendar shows, with its zone', async ({ site }) => {
  const event = await site.db.event({
    title_sv: 'Kaffe, te; och "citat" \\ 🙂 – en rubrik som är så lång att den måste vikas på flera rader i filen',
    title_en: 'Coffee, tea',
    summary_sv: 'Rad ett\nRad två, med komma; semikolon.',
    starts: '2031-05-14 09:00',
    ends: '2031-05-14 10:30',
    format: 'on_site',
    venue: 'Rådhuset, sal Ån',
    address: 'Stortorget 1, Örebro',
  });
  const { calendar, zones, events } = await calendarOf(site.server, `${event.path}.ics`);
  expect(calendar.getFirstPropertyValue('version')).toBe('2.0');
  expect([...zones.keys()]).toEqual(['Europe/Stockholm']);
  expect(events).toHaveLength(1);
  const [one] = events;
  expect(one.summary).toBe(event.title_sv);
  expect(one.description).toContain('Rad ett\nRad två, med komma; semikolon.');
  expect(one.location).toContain('Rådhuset, sal Ån');
  expect(one.location).toContain('Stortorget 1, Örebro');
  expect(one.url).toBe(`${site.url}${event.path}`);
  expect(one.status).toBe('CONFIRMED');
  expect(isoOf(one.starts)).toBe('2031-05-14T07:00:00.000Z');
  expect(isoOf(one.ends)).toBe('2031-05-14T08:30:00.000Z');
  expect(one.starts.toString()).toBe('2031-05-14T09:00:00');

  const english = await calendarOf(site.server, `${event.path}.ics?lang=en`);
  expect(english.events[0].summary).toBe('Coffee, tea');
  expect(english.events[0].uid).toBe(one.uid);
});

test('the hour is right on both sides of the changes of the clock', async ({ site }) => {
  const programme = await site.db.programme();
  const expected = {
    '2027-03-27 09:00': '2027-03-27T08:00:00.000Z',
    '2027-03-28 01:30': '2027-03-28T00:30:00.000Z',
    '2027-03-28 03:30': '2027-03-28T01:30:00.000Z',
    '2027-03-29 09:00': '2027-03-29T07:00:00.000Z',
    '2026-10-24 09:00': '2026-10-24T07:00:00.000Z',
    '2026-10-25 09:00': '2026-10-25T08:00:00.000Z',
    '2023-07-01 09:00': '2023-07-01T07:00:00.000Z',
    '2045-07-01 09:00': '2045-07-01T07:00:00.000Z',
    '2045-12-01 09:00': '2045-12-01T08:00:00.000Z',
  };
  for (const starts of Object.keys(expected)) await site.db.event({ programme_id: programme.id, starts, title_sv: starts });
  const { events } = await calendarOf(site.server, `/feeds/calendar.ics?programme=${programme.slug}`);
  expect(Object.fromEntries(events.map((event) => [event.summary, isoOf(event.starts)]))).toEqual(expected);
});

test('whole days and days without a known hour are dates', async ({ site }) => {
  const whole = await site.db.event({ starts: '2031-05-14 00:00', ends: '2031-05-16 00:00', all_day: true });
  const [event] = (await calendarOf(site.server, `${whole.path}.ics`)).events;
  expect(event.starts.isDate).toBe(true);
  expect(event.starts.toString()).toBe('2031-05-14');
  expect(event.ends.toString()).toBe('2031-05-16');
  const unknown = await calendarOf(site.server, '/events/uppsala-och-sundsvall.ics');
  expect(unknown.events[0].starts.toString()).toBe('2021-05-06');
});

test('the UID stays, SEQUENCE rises when the time changes, and not when a word does', async ({ site }) => {
  const programme = await site.db.programme();
  const event = await site.db.event({ programme_id: programme.id, starts: '2031-05-14 09:00', title_sv: 'Förut' });
  const one = async () => (await calendarOf(site.server, `${event.path}.ics`)).events[0];
  const before = await one();
  await site.db.change(event, { title_sv: 'Efter' });
  await expect.poll(async () => (await one()).summary).toBe('Efter');
  expect(await one()).toMatchObject({ uid: before.uid, sequence: before.sequence });
  await site.db.change(event, { starts_at: instant('2031-05-15 13:00'), ends_at: instant('2031-05-15 14:00') });
  await expect.poll(async () => (await one()).sequence).toBeGreaterThan(before.sequence);
  const after = await one();
  expect(after.uid).toBe(before.uid);
  expect(isoOf(after.starts)).toBe('2031-05-15T11:00:00.000Z');
  const feed = await calendarOf(site.server, `/feeds/calendar.ics?q=Efter&programme=${programme.slug}`);
  expect(feed.events.find((entry) => entry.uid === before.uid)).toMatchObject({ sequence: after.sequence });
});

test('a cancelled event is told as such, a preliminary one as tentative, a draft not at all', async ({ site }) => {
  const programme = await site.db.programme();
  const put = (title_sv, state) => site.db.event({ programme_id: programme.id, title_sv, state, starts: '2031-05-14 09:00' });
  const event = await put('A', 'published');
  await put('B', 'preliminary');
  await put('C', 'draft');
  await put('D', 'cancelled');
  const states = async () =>
    Object.fromEntries((await calendarOf(site.server, `/feeds/calendar.ics?programme=${programme.slug}`)).events.map((entry) => [entry.summary.replace(/.*(?=\b[A-D]$)/, ''), entry.status]));
  expect(await states()).toEqual({ A: 'CONFIRMED', B: 'TENTATIVE', D: 'CANCELLED' });
  const [before] = (await calendarOf(site.server, `${event.path}.ics`)).events;
  await site.db.change(event, { state: 'cancelled' });
  await expect.poll(async () => (await states()).A).toBe('CANCELLED');
  const [after] = (await calendarOf(site.server, `${event.path}.ics`)).events;
  expect(after).toMatchObject({ status: 'CANCELLED', uid: before.uid });
  expect(after.sequence).toBeGreaterThan(before.sequence);
});

test('the feed has the page\'s filters', async ({ site }) => {
  const programme = await site.db.programme();
  const series = await site.db.series({ programme_id: programme.id });
  const theme = await site.db.theme('Feedtema');
  const put = (title_sv, fields) => site.db.event({ programme_id: programme.id, title_sv, starts: '2031-05-14 09:00', ...fields });
  await put('Ett', { kind: 'course', series_id: series.id, municipalities: ['2480'], title_en: 'One' });
  await put('Två', { format: 'on_site', themes: [theme.id], language: 'en' });
  const full = await put('Tre', { seats: { digital: 1 } });
  await site.db.fill(full, 1);
  for (const [query, expected] of [
    ['', ['Ett', 'Tre', 'Två']],
    ['&kind=course', ['Ett']],
    [`&series=${series.slug}`, ['Ett']],
    ['&format=on_site', ['Två']],
    [`&theme=${theme.slug}`, ['Två']],
    ['&municipality=2480', ['Ett']],
    ['&language=en', ['Två']],
    ['&places=1', ['Ett', 'Två']],
    ['&q=Tre', ['Tre']],
    ['&kind=course&lang=en', ['One']],
    ['&kind=conference', []],
  ]) {
    const { events } = await calendarOf(site.server, `/feeds/calendar.ics?programme=${programme.slug}${query}`);
    expect(events.map((event) => event.summary).sort(), query).toEqual(expected);
  }
  // Nonsense is no filter.
  const odd = await calendarOf(site.server, `/feeds/calendar.ics?programme=${programme.slug}&kind=nonsense&view=x&date=9999-99-99`);
  expect(odd.events).toHaveLength(3);
});

test('all of the demonstration, archive and season, reads without a complaint', async ({ ownSite }) => {
  const { db, server } = ownSite;
  const season = await calendarOf(server, '/feeds/calendar.ics');
  const coming = await db.value("select count(*) from events where state <> 'draft' and ends_at > now() - interval '360 days'");
  expect(season.events).toHaveLength(coming);
  await calendarOf(server, '/feeds/calendar.ics?lang=en');
  // A subscription to one programme reaches as far back as it goes.
  const uids = new Set();
  const programmes = await db.sql('select p.slug, count(e.id) from programmes p left join events e on e.programme_id = p.id group by p.slug');
  for (const { slug, count } of programmes) {
    const { events } = await calendarOf(server, `/feeds/calendar.ics?programme=${slug}`);
    expect(events, slug).toHaveLength(count);
    for (const event of events) uids.add(event.uid);
  }
  expect(uids.size).toBe(await db.value('select count(*) from events'));
});

test('an empty calendar is a calendar', async ({ bare }) => {
  expect((await bare.server.raw('/feeds/calendar.ics')).text).toMatch(/^BEGIN:VCALENDAR\r\n[\s\S]*END:VCALENDAR\r\n$/);
});

test('links on the pages lead to the files', async ({ page, site }) => {
  const programme = await site.db.programme();
  const series = await site.db.series({ programme_id: programme.id });
  const event = await site.db.event({ programme_id: programme.id, series_id: series.id, starts: '2031-05-14 09:00' });
  await page.goto(`/en${event.path}`);
  const file = await page.getByRole('link', { name: 'Add to your calendar' }).getAttribute('href');
  expect((await calendarOf(site.server, file)).events).toHaveLength(1);
  const feed = await page.getByRole('link', { name: 'Subscribe to the calendar' }).getAttribute('href');
  expect((await calendarOf(site.server, feed)).events.length).toBeGreaterThan(10);
  await page.goto(`/series/${series.slug}`);
  const ofSeries = await page.getByRole('link', { name: 'Prenumerera på serien' }).getAttribute('href');
  expect((await calendarOf(site.server, ofSeries)).events).toHaveLength(1);
});

test('what is not there is 404', async ({ site }) => {
  expect((await site.server.raw('/events/finns-inte.ics')).status).toBe(404);
  expect((await site.server.raw('/events/..ics')).status).toBe(404);
});
