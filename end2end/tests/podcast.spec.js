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

test('the library offers the podcast of what it shows', async ({ page, site, open }) => {
  const programme = await site.db.programme();
  const event = await site.db.event({ programme_id: programme.id, starts: '2024-05-14 09:00', state: 'held' });
  await full(site.db, { event, title: 'I flödet' });
  for (const [path, feed] of [
    ['/recordings', '/feeds/recordings.rss?lang=sv'],
    [`/recordings?programme=${programme.slug}&page=2`, `/feeds/recordings.rss?programme=${programme.slug}&lang=sv`],
    ['/en/recordings?q=mening', '/feeds/recordings.rss?q=mening&lang=en'],
  ]) {
    const { text } = await site.server.raw(path);
    const head = text.match(/<link[^>]*application\/rss\+xml[^>]*>/g) ?? [];
    expect(head, path).toHaveLength(1);
    expect(head[0].replaceAll('&amp;', '&')).toContain(`href="${site.url}${feed}"`);
  }
  await open(`/recordings?programme=${programme.slug}`);
  await page.getByText('Prenumerera i din poddapp').click();
  const address = page.locator('.follow-address');
  await expect(address).toHaveText(`${site.url}/feeds/recordings.rss?programme=${programme.slug}&lang=sv`);
  await expect(page.locator('.follow')).toContainText('som passar det du har valt');
  const { text } = await site.server.raw(new URL(await address.getAttribute('href')).pathname + new URL(await address.getAttribute('href')).search);
  expect(text).toContain('<title>I flödet</title>');
});

test('a feed has an identifier of its own, and a picture that players may keep', async ({ site }) => {
  test.skip(!process.env.ICS_PYTHON, 'ICS_PYTHON is not set: it must name a Python that has feedparser (make test sets it)');
  const sv = (await feedOf(site.server, '/feeds/recordings.rss?lang=sv')).read.feed;
  const en = (await feedOf(site.server, '/feeds/recordings.rss?lang=en')).read.feed;
  expect(sv.guid).toBe(sv.expected_guid);
  expect(en.guid).not.toBe(sv.guid);
  expect(sv.image).toBe(sv.itunes_image);
  expect(sv.image).toMatch(new RegExp(`^${site.url}/feeds/cover/[0-9a-f]{12}\\.png$`));
  const picture = await site.server.raw(new URL(sv.image).pathname);
  expect(picture.status).toBe(200);
  expect(picture.headers).toMatchObject({
    'content-type': 'image/png',
    'cache-control': 'public, max-age=31536000, immutable',
    'cross-origin-resource-policy': 'cross-origin',
    'x-content-type-options': 'nosniff',
  });
  const [width, height] = [picture.buffer.readUInt32BE(16), picture.buffer.readUInt32BE(20)];
  expect([picture.buffer.toString('latin1', 1, 4), width]).toEqual(['PNG', height]);
  expect(width).toBeGreaterThanOrEqual(1400);
  // Players may have the address of an earlier picture.
  const old = await site.server.raw('/feeds/cover/000000000000.png');
  expect([old.status, old.headers.location]).toEqual([307, new URL(sv.image).pathname]);
  expect((await site.server.raw('/feeds/cover/x')).status).toBe(404);
});
