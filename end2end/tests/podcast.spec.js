import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from '../support/test.js';
import { full, recording } from '../support/recordings.js';

const CHECK = fileURLToPath(new URL('../../scripts/check-rss.py', import.meta.url));

/** What readers that are not ours understand of a feed; null where no Python with feedparser is named. */
function understood(content) {
  if (!process.env.ICS_PYTHON) return null;
  return new Promise((resolve, reject) => {
    const python = spawn(process.env.ICS_PYTHON, [CHECK], { stdio: ['pipe', 'pipe', 'pipe'] });
    let [told, said] = ['', ''];
    python.stdout.on('data', (text) => (told += text));
    python.stderr.on('data', (text) => (said += text));
    python.on('error', reject);
    python.on('close', (code) => (code === 0 ? resolve(JSON.parse(told)) : reject(new Error(said))));
    python.stdin.end(content);
  });
}

async function feedOf(server, path) {
  const answer = await server.raw(path);
  expect(answer.status, path).toBe(200);
  expect(answer.headers['content-type']).toBe('application/rss+xml; charset=utf-8');
  return { answer, read: await understood(answer.buffer) };
}

test('an episode has all that a player needs, whatever its title is', async ({ site }) => {
  test.skip(!process.env.ICS_PYTHON, 'ICS_PYTHON is not set: it must name a Python that has feedparser (make test sets it)');
  const programme = await site.db.programme();
  const event = await site.db.event({ programme_id: programme.id, starts: '2024-05-14 09:00', state: 'held', speakers: ['Tala & Svara'] });
  const one = await full(site.db, { event, title: 'Mod <att> & "prova" 🙂' });
  const { read } = await feedOf(site.server, `/feeds/recordings.rss?programme=${programme.slug}`);
  expect(read.feed).toMatchObject({ language: 'sv', link: `${site.url}/recordings?programme=${programme.slug}` });
  expect(read.entries).toHaveLength(1);
  const [entry] = read.entries;
  expect(entry).toMatchObject({
    title: one.title,
    link: `${site.url}${one.path}`,
    duration: '60',
    summary: 'Ett samtal om att våga.',
    is_permalink: false,
    people: ['Tala & Svara'],
  });
  expect(entry.enclosures).toHaveLength(1);
  expect(entry.enclosures[0]).toMatchObject({ type: 'audio/wav', length: String(60 * 8_000 + 44) });
  expect(entry.enclosures[0].href).toMatch(new RegExp(`^${site.url}/media/[0-9a-z]+\\.wav$`));
  expect(entry.transcripts.map((it) => [it.language, it.type, it.rel])).toEqual([['sv', 'text/vtt', 'captions'], ['en', 'text/vtt', undefined]]);
  const chapters = await site.server.raw(new URL(entry.chapters[0].url).pathname + new URL(entry.chapters[0].url).search);
  expect(chapters.headers['content-type']).toBe('application/json+chapters');
  expect(JSON.parse(chapters.text)).toEqual({
    version: '1.2.0',
    chapters: [{ startTime: 0, title: 'Inledning' }, { startTime: 20, title: 'Samtalet' }, { startTime: 40, title: 'Avslutning' }],
  });

  // The identifier outlives what it is called and where it lies.
  await site.db.sql("update recordings set title = 'Efter', slug = slug || '-ny' where id = $1", [one.id]);
  const again = await feedOf(site.server, `/feeds/recordings.rss?programme=${programme.slug}&lang=en`);
  expect(again.read.entries[0]).toMatchObject({ id: entry.id, title: 'Courage to try', link: `${site.url}/en${one.path}-ny` });
  expect(again.read.feed.language).toBe('en');
});

test('only what everybody may see, with the page\'s filters', async ({ site }) => {
  const programme = await site.db.programme();
  const event = await site.db.event({ programme_id: programme.id, starts: '2024-05-14 09:00', state: 'held' });
  const open = await full(site.db, { event, title: 'Öppen' });
  const closed = await full(site.db, { event, title: 'Stängd', open_to: 'signed_in' });
  await recording(site.db, { event, title: 'Utkast', state: 'draft' });
  const feed = async (query = '') => (await feedOf(site.server, `/feeds/recordings.rss?programme=${programme.slug}${query}`)).answer.text;
  const all = await feed();
  expect(all).toContain('<title>Öppen</title>');
  expect(all).not.toMatch(/Stängd|Utkast/);
  expect(await feed('&year=2023')).not.toContain('<item>');
  expect(await feed('&q=mening')).toContain('<title>Öppen</title>');
  expect(await feed('&q=kvasar')).not.toContain('<item>');
  expect((await site.server.raw(`/feeds/recordings/${open.slug}.json`)).status).toBe(200);
  expect((await site.server.raw(`/feeds/recordings/${closed.slug}.json`)).status).toBe(401);
  expect((await site.server.raw('/feeds/recordings/finns-inte.json')).status).toBe(404);
});

test('who has it is not sent it again', async ({ site }) => {
  const programme = await site.db.programme();
  const event = await site.db.event({ programme_id: programme.id, starts: '2024-05-14 09:00', state: 'held' });
  const one = await full(site.db, { event });
  const path = `/feeds/recordings.rss?programme=${programme.slug}`;
  const { etag } = (await site.server.raw(path)).headers;
  const ask = () => site.server.raw(path, { headers: { 'if-none-match': `"x", ${etag}` } });
  const again = await ask();
  expect([again.status, again.text, again.headers.etag]).toEqual([304, '', etag]);
  await site.db.sql("update recordings set title = 'Ny' where id = $1", [one.id]);
  expect((await ask()).status).toBe(200);
  const head = await site.server.raw(path, { method: 'HEAD' });
  expect([head.status, head.text]).toEqual([200, '']);
});

test('an empty feed and that of the demonstration are feeds', async ({ bare, site }) => {
  for (const server of [bare.server, site.server]) await feedOf(server, '/feeds/recordings.rss');
});
