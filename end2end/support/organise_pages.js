// Every page of the organiser's side with something on it, for the spec that looks at all of them.
import { session } from './account.js';
import { crowd, question, withRole } from './organiser.js';

/**
 * Puts one of each into the site and names where they are.
 * @returns {Promise<{cookie: string, pages: {name: string, path: string}[]}>}
 */
export async function organisePages(site) {
  const { db, server } = site;
  const programme = await db.programme({ title_sv: 'Ett program', title_en: 'A programme', summary_sv: 'Om det.' });
  const series = await db.series({ programme_id: programme.id, title_sv: 'En serie', title_en: 'A series' });
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Stockholm' }).format(new Date());
  const event = await db.event({
    programme_id: programme.id, series_id: series.id, title_sv: 'I dag med en rätt lång rubrik', title_en: 'Today', starts: `${day} 00:00`, ends: `${day} 23:59`,
    format: 'on_site', venue: 'Aulan', seats: { on_site: 6 }, speakers: ['Tala Talarsson'], slots: [[20, 'Välkomna', 'Welcome'], [40, 'Samtal', 'Dialogue']],
  });
  await question(db, event, { kind: 'choice', label_sv: 'Mat?', options_sv: ['Ärtsoppa', 'Fisk'] });
  await crowd(db, event, 4, { way: 'on_site', name: "(array['Åsa Öberg', 'Bo Ek', 'Eva-Britt Märta Andersson Lindqvist af Ugglas', 'Ali Ek'])[n]", organisation: "'Örebro kommun'" });
  await crowd(db, event, 2, { way: 'on_site', status: 'waitlisted', name: "'Väntar ' || n" });
  // Two at once with the same speaker.
  for (const title_sv of ['Samma talare', 'Samma talare igen']) await db.event({ programme_id: programme.id, title_sv, starts: '2033-02-16 09:00', speakers: ['Tala Talarsson'] });
  // Who may do all of it.
  const email = await withRole(db, null, 'administrator');
  const cookie = await session(site, email);
  const home = `/organise/events/${event.slug}`;
  const link = await server.post(`${home}/door/links`, { 'link-name': 'Entrén' }, { cookie });
  const [steward] = link.text.match(/\/door\/[A-Za-z0-9_-]{43}/);
  const someone = await db.value('select id from sign_ups where event_id = $1 order by id limit 1', [event.id]);
  await server.post(`${home}/door/check-in`, { sign_up: String(someone) }, { cookie });
  const writer = await db.value('select id from people where email = $1', [email]);
  const letter = await db.insert('letters', {
    event_id: event.id, writer_id: writer, written_at: new Date(), subject: 'Ny sal', body: 'Vi ses i **Aulan**.', whom: 'everybody', people: 1, once: `${event.slug}-en-enda-gang`,
  });
  await db.insert('mails', { kind: 'letter', to_address: 'a@exempel.se', language: 'sv', sign_up_id: someone, event_id: event.id, letter_id: letter.id });
  const speaker = await db.value('select person_id from event_speakers where event_id = $1', [event.id]);
  const file = ['--grans', 'Content-Disposition: form-data; name="file"; filename="lista.csv"', 'Content-Type: text/csv', '', 'Namn;E-post;Organisation\nÅsa;asa@exempel.se;Umeå\nBo;bo@;Umeå', '--grans--', ''];
  const draft = await server.post(`${home}/import`, Buffer.from(file.join('\r\n')), { cookie, 'content-type': 'multipart/form-data; boundary=grans' });
  const film = await db.insert('recordings', { event_id: event.id, title: 'I dag i efterhand', slug: `${event.slug}-film` });
  const track = await db.insert('caption_tracks', { recording_id: film.id, language: 'sv' });
  for (const position of [0, 1, 2]) {
    await db.insert('caption_cues', { track_id: track.id, position, start_ms: position * 3000, end_ms: position * 3000 + 2900, speaker: 'Åsa', words: 'Det är i mötet som idéerna får luft.' });
  }
  await db.insert('chapters', { recording_id: film.id, position: 0, start_ms: 0, title_sv: 'Välkomna' });
  await db.insert('slide_times', { recording_id: film.id, start_ms: 2000, page: 1 });
  const material = await db.insert('materials', { programme_id: programme.id, event_id: event.id, position: 1, kind: 'report', title: 'En rapport', url: 'https://example.org/rapport', is_announced: true });
  await db.insert('material_files', { material_id: material.id, key: `${event.slug.replace(/[^a-z0-9]/g, '')}0123456789abcdef`.slice(0, 24) + '.pdf', kind: 'pdf', bytes: 5, name: 'Rapport.pdf', called: 'rapport.pdf' });
  return {
    cookie,
    pages: [
      { name: 'list', path: '/organise' },
      { name: 'event, people and figures', path: home },
      { name: 'event, plan', path: `${home}/edit` },
      { name: 'new event', path: '/organise/events/new' },
      { name: 'new series', path: '/organise/series/new' },
      { name: 'planners’ calendar', path: `/organise/calendar?month=${day.slice(0, 7)}` },
      { name: 'clashes', path: '/organise/calendar?month=2033-02&view=clashes' },
      { name: 'file of a material', path: `/organise/materials/${material.id}` },
      { name: 'recordings', path: '/organise/recordings' },
      { name: 'new recording', path: '/organise/recordings/new' },
      { name: 'recording', path: `/organise/recordings/${film.slug}` },
      { name: 'recording, jobs', path: `/organise/recordings/${film.slug}/jobs` },
      { name: 'recording, captions', path: `/organise/recordings/${film.slug}/captions/sv` },
      { name: 'recording, captions that are not there', path: `/organise/recordings/${film.slug}/captions/en` },
      { name: 'recording, chapters', path: `/organise/recordings/${film.slug}/chapters` },
      { name: 'recording, slides', path: `/organise/recordings/${film.slug}/slides` },
      { name: 'programmes', path: '/organise/programmes' },
      { name: 'new programme', path: '/organise/programmes/new' },
      { name: 'programme, plan with picture', path: `/organise/programmes/${programme.slug}/edit` },
      { name: 'series, plan', path: `/organise/series/${series.slug}/edit` },
      { name: 'speaker, picture', path: `/organise/speakers/${speaker}` },
      { name: 'letters', path: `${home}/letters` },
      { name: 'letter', path: `${home}/letters/${letter.id}` },
      { name: 'import', path: `${home}/import` },
      { name: 'import, preview', path: draft.headers.location },
      { name: 'door', path: `${home}/door` },
      { name: 'steward’s door', path: steward },
      { name: 'screen', path: `${home}/screen` },
      { name: 'log', path: '/organise/log' },
    ],
  };
}
