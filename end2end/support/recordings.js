// Recordings as specs need them: rows in the database, and a film that is made here. The film is a WAV: every browser
// plays it, and it can be written in a few lines.
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { unique } from './database.js';

/** So many seconds of a soft tone (RIFF, 8 bits, 8,000 samples a second). */
export function wav(seconds) {
  const samples = Math.round(seconds * 8_000);
  const file = Buffer.alloc(44 + samples);
  file.write('RIFF', 0);
  file.writeUInt32LE(36 + samples, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(8_000, 24);
  file.writeUInt32LE(8_000, 28);
  file.writeUInt16LE(1, 32);
  file.writeUInt16LE(8, 34);
  file.write('data', 36);
  file.writeUInt32LE(samples, 40);
  for (let at = 0; at < samples; at += 1) file[44 + at] = 128 + Math.round(20 * Math.sin(at / 6));
  return file;
}

/** A picture of one colour, as small as a PNG is. */
export const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

const key = (end) => `${createHash('md5').update(unique('fil')).digest('hex')}.${end}`;

/**
 * A published recording of a held event. `seconds` of film, unless 0; `cues` as [from, to, words, speaker?] in
 * milliseconds by language; `chapters` as [ms, title]; `slides` as [ms, page];
 * `pages` as the words on each page of the slides. Other fields are columns of the table.
 */
export async function recording(db, { event, seconds = 60, cues = {}, chapters = [], slides = [], pages = [], poster = true, reviewed = true, kinds = {}, audio = false, ...fields } = {}) {
  const of = event ?? (await db.event({ starts: '2024-05-14 09:00', state: 'held', speakers: ['Tala Talarsson'] }));
  const slug = fields.slug ?? unique('inspelning');
  const draft = fields.state === 'draft';
  const row = await db.insert('recordings', {
    event_id: of.id,
    title: `Inspelning ${slug}`,
    state: 'published',
    published_at: draft ? undefined : new Date(),
    duration_ms: seconds ? seconds * 1_000 : null,
    ...fields,
    slug,
  });
  const file = async (role, end, content_type, bytes, more = {}) => {
    const name = key(end);
    await writeFile(path.join(db.media, name), bytes);
    await db.insert('media_files', { recording_id: row.id, role, key: name, content_type, bytes: bytes.length, ...more });
  };
  if (seconds) await file('original', 'wav', 'audio/wav', wav(seconds), { duration_ms: seconds * 1_000 });
  if (audio) await file('audio', 'wav', 'audio/wav', wav(seconds), { duration_ms: seconds * 1_000 });
  if (poster) await file('poster', 'png', 'image/png', PICTURE, { width: 1280, height: 720 });
  if (slides.length || pages.length) await file('slides', 'pdf', 'application/pdf', Buffer.from('%PDF-'));
  for (const [language, list] of Object.entries(cues)) {
    const track = await db.insert('caption_tracks', {
      recording_id: row.id,
      language,
      kind: kinds[language] ?? 'captions',
      reviewed_at: reviewed ? new Date() : null,
    });
    await db.sql(
      `insert into caption_cues (track_id, position, start_ms, end_ms, words, speaker)
       select $1, n - 1, (cue ->> 0)::int, (cue ->> 1)::int, cue ->> 2, cue ->> 3
       from jsonb_array_elements($2::jsonb) with ordinality list (cue, n)`,
      [track.id, JSON.stringify(list)],
    );
  }
  for (const [position, [start_ms, title_sv, title_en]] of chapters.entries()) {
    await db.insert('chapters', { recording_id: row.id, position, start_ms, title_sv, title_en });
  }
  for (const [at, words] of pages.entries()) {
    const name = key('png');
    await writeFile(path.join(db.media, name), PICTURE);
    await db.insert('slide_pages', { recording_id: row.id, page: at + 1, key: name, bytes: PICTURE.length, width: 1280, height: 720, words });
  }
  for (const [start_ms, page] of slides) await db.insert('slide_times', { recording_id: row.id, start_ms, page });
  return { ...row, event: of, path: `/recordings/${slug}` };
}

/** `count` sentences of two seconds each. */
export const sentences = (count, word = 'Mening', speaker) =>
  Array.from({ length: count }, (_, at) => [at * 2_000, at * 2_000 + 1_900, `${word} nummer ${at + 1}.`, speaker]);

/** A minute with all there is. */
export const full = (db, fields = {}) =>
  recording(db, {
    title: 'Mod att prova',
    title_en: 'Courage to try',
    summary_sv: 'Ett samtal om att våga.',
    cues: { sv: sentences(30, 'Mening', 'Tala Talarsson'), en: sentences(30, 'Sentence') },
    kinds: { en: 'subtitles' },
    chapters: [[0, 'Inledning', 'Beginning'], [20_000, 'Samtalet', 'The talk'], [40_000, 'Avslutning', 'End']],
    slides: [[0, 1], [15_000, 2], [45_000, 3]],
    ...fields,
  });

const vtt = (list) => {
  const clock = (ms) => new Date(ms).toISOString().slice(11, 23);
  return `WEBVTT\n\n${list.map(([from, to, words]) => `${clock(from)} --> ${clock(to)}\n${words}\n`).join('\n')}`;
};

/**
 * Answers for the files of recordings, in ranges as browsers ask for them. `state.gone` has them not come at all,
 * `state.status` has them refused.
 */
export async function files(context, { seconds = 60, state = {} } = {}) {
  const film = wav(seconds);
  await context.route('**/media/**', async (route) => {
    const request = route.request();
    const at = new URL(request.url()).pathname;
    if (state.gone) return route.abort('internetdisconnected');
    if (state.status) return route.fulfill({ status: state.status });
    if (at.endsWith('.vtt')) return route.fulfill({ contentType: 'text/vtt', body: vtt(sentences(30)) });
    if (at.endsWith('.png')) return route.fulfill({ contentType: 'image/png', body: PICTURE });
    // The demonstration's own files are there.
    if (!at.endsWith('.wav')) return route.continue();
    const [, from, to] = /^bytes=(\d+)-(\d*)/.exec(request.headers().range ?? '') ?? [];
    const headers = { 'accept-ranges': 'bytes', 'content-type': 'audio/wav' };
    if (from === undefined) return route.fulfill({ headers, body: film });
    const end = Math.min(to ? Number(to) : film.length - 1, film.length - 1);
    return route.fulfill({
      status: 206,
      headers: { ...headers, 'content-range': `bytes ${from}-${end}/${film.length}` },
      body: film.subarray(Number(from), end + 1),
    });
  });
  return state;
}
