// Every page and every state of it, for the specs that look at all of them.
import { goodForm } from './server.js';
import { newLink } from './account.js';
import { instant } from './database.js';

/**
 * Puts one of each into the site and names where they are. An entry with `post` is the answer to a form.
 * @returns {Promise<{name: string, path: string, status?: number, post?: Record<string, string>}[]>}
 */
export async function everyPage(site) {
  const { db } = site;
  const programme = await db.programme({
    title_sv: 'Ett program med allt',
    title_en: 'A programme with everything',
    summary_sv: 'Om programmet.',
    starts_on: '2030-01-01',
    ends_on: '2031-12-31',
    period_precision: 'year',
  });
  const series = await db.series({ programme_id: programme.id, title_sv: 'En serie', title_en: 'A series' });
  const contact = await db.presenter('Kim Kontakt', { role_sv: 'Samordnare' });
  const put = (title_sv, hour, fields) =>
    db.event({
      programme_id: programme.id,
      series_id: series.id,
      title_sv,
      summary_sv: 'Ett par meningar om vad som händer och varför det är värt att komma.',
      starts: `2031-05-14 ${hour}:00`,
      contact_id: contact.id,
      ...fields,
    });
  const open = await put('Öppen för anmälan', '09', {
    title_en: 'Open for sign-up',
    subtitle_sv: 'och en underrubrik',
    seats: { digital: 12 },
    platform: 'Zoom',
    speakers: ['Tala Talarsson', 'Ebba Ek'],
    slots: [[20, 'Välkomna', 'Welcome'], [40, 'Samtal', 'Dialogue']],
  });
  await db.insert('materials', { programme_id: programme.id, event_id: open.id, position: 1, kind: 'report', title: 'Rapporten', url: 'https://example.org/rapport', about_sv: 'Om rapporten' });
  await db.fill(open, 3);
  const full = await put('Fullsatt med en mycket lång rubrik om innovationsledningsutvecklingsarbete i kommuner', '10', { seats: { digital: 4 } });
  const [confirmed, , , , waitlisted] = await db.fill(full, 4, 3);
  const cancelled = await put('Inställt', '11', { state: 'cancelled' });
  const preliminary = await put('Preliminärt', '12', { state: 'preliminary', format: null, sign_up_opens_at: instant('2031-04-01 08:00') });
  const hybrid = await put('På båda sätten', '13', { format: 'hybrid', venue: 'Aulan', address: 'Storgatan 1', platform: 'Teams', directions_sv: 'Gå rakt fram.', seats: { on_site: 20, digital: 400 } });
  const closed = await put('Stängd', '14', { sign_up_closes_at: instant('2024-05-14 09:00') });
  const later = await put('Öppnar senare', '15', { sign_up_opens_at: instant('2031-04-01 08:00') });
  const watcher = await db.insert('opening_watchers', { event_id: later.id, email: 'vaktar@exempel.se', email_key: 'vaktar@exempel.se', language: 'sv' });
  const held = await put('Hållen', '09', { starts: '2024-05-14 09:00', state: 'held' });
  await db.event({ programme_id: programme.id, title_sv: 'Tre dagar', starts: '2031-05-20 09:00', ends: '2031-05-22 15:00' });
  const left = await put('Avanmäld', '16', {});
  const [gone] = await db.fill(left, 1);
  await db.sql("update sign_ups set status = 'cancelled' where id = $1", [gone.id]);
  await site.server.signUp(open, { name: 'Till brevlådan' });
  const group = await site.server.post(
    `${full.path}/sign-up/group`,
    goodForm({ choice: 'line', 'name-1': 'Bo Ek', 'email-1': 'bo.ek@exempel.se' }),
    { accept: 'application/json' },
  );
  const inGroup = await db.value('select token from sign_ups where group_sign_up_id is not null order by id desc limit 1');
  const mail = await site.server.raw('/dev/mail');
  const [letter] = mail.text.match(/\/dev\/mail\/[^"'\s<]+/) ?? [];

  const filter = `programme=${programme.slug}`;
  return [
    { name: 'home', path: '/' },
    { name: 'month', path: `/calendar?view=month&date=2031-05-14&${filter}` },
    { name: 'month of today', path: '/calendar?view=month' },
    { name: 'empty month', path: `/calendar?view=month&date=2031-08-01&${filter}` },
    { name: 'week', path: `/calendar?view=week&date=2031-05-14&${filter}` },
    { name: 'agenda', path: `/calendar?view=agenda&date=2031-05-14&${filter}` },
    { name: 'open event', path: open.path },
    { name: 'full event', path: full.path },
    { name: 'cancelled event', path: cancelled.path },
    { name: 'preliminary event', path: preliminary.path },
    { name: 'hybrid event', path: hybrid.path },
    { name: 'closed event', path: closed.path },
    { name: 'event that opens later', path: later.path },
    { name: 'held event', path: held.path },
    { name: 'form with errors', path: hybrid.path, form: 'sign-up', status: 422 },
    { name: 'watch form with an error', path: preliminary.path, form: 'watch', status: 422 },
    { name: 'own place', path: confirmed.path },
    { name: 'own place, new', path: `${confirmed.path}?new` },
    { name: 'own place in line', path: waitlisted.path },
    { name: 'own place, cancelled', path: gone.path },
    { name: 'own place, by somebody else', path: `/sign-ups/${inGroup}` },
    { name: 'several colleagues', path: `${hybrid.path}/sign-up/group` },
    { name: 'several colleagues, with errors', path: `${hybrid.path}/sign-up/group`, form: 'group', status: 422 },
    { name: 'several colleagues, signed up', path: new URL(JSON.parse(group.text).manage_url).pathname },
    { name: 'signed up already', path: `${open.path}/signed-up` },
    { name: 'will be told', path: `${preliminary.path}/watching` },
    { name: 'no more mail?', path: `/unsubscribe/${watcher.token}` },
    { name: 'no more mail', path: '/unsubscribe/done' },
    { name: 'series', path: `/series/${series.slug}` },
    { name: 'tour', path: '/series/digital-turne' },
    { name: 'programme', path: `/programmes/${programme.slug}` },
    { name: 'recordings', path: '/recordings' },
    { name: 'recordings found', path: '/recordings?q=innovation' },
    { name: 'materials', path: '/materials' },
    { name: 'recording', path: `/recordings/${await db.value('select slug from recordings order by id limit 1')}` },
    { name: 'programme with outcomes', path: '/programmes/innovationsledning' },
    { name: 'sign in', path: '/sign-in' },
    { name: 'sign in, no address', path: '/sign-in', form: 'sign-in', status: 422 },
    { name: 'sign-in link on its way', path: '/sign-in/sent' },
    { name: 'sign-in link', path: `/sign-in/${await newLink(db, 'lank@exempel.se')}` },
    { name: 'sign-in link, used up', path: `/sign-in/${await newLink(db, 'lank@exempel.se', { minutesAgo: 21 })}`, status: 410 },
    { name: 'sign-in link, none', path: '/sign-in/ingen-lank', status: 404 },
    { name: 'own page, signed out', path: '/me', status: 401 },
    { name: 'own account, signed out', path: '/me/account', status: 401 },
    { name: 'own mail, signed out', path: '/me/mail', status: 401 },
    { name: 'not found', path: '/events/finns-inte', status: 404 },
    { name: 'mailbox', path: '/dev/mail', swedishOnly: true },
    ...(letter ? [{ name: 'mail', path: letter, swedishOnly: true }] : []),
  ];
}

/** Goes to a page; where it is the answer to a form, by way of the form. */
export async function visit(page, site, entry, lang = 'sv') {
  const path = lang === 'en' ? (entry.path === '/' ? '/en' : `/en${entry.path}`) : entry.path;
  const response = await page.goto(`${site.url}${path}`);
  if (!entry.form) return response;
  const answered = page.waitForNavigation();
  await page.evaluate((form) => document.querySelector(form).requestSubmit(), entry.form === 'watch' ? '#watch' : '.form');
  return answered;
}

export { goodForm };
