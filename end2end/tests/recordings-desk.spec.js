// The organisers' side of recordings: the list, the form, files sent from a browser whatever happens, publishing, figures.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, writeFile } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { session, signIn } from '../support/account.js';
import { complaints } from '../support/axe.js';
import { withRole } from '../support/organiser.js';
import { recording, sentences } from '../support/recordings.js';
import { expect, test, unique } from '../support/test.js';

/** A film with all its boxes, and noise in it. */
function film(bytes) {
  const head = Buffer.concat([Buffer.from('\0\0\0\x10ftypisom\0\0\0\0\0\0\0\x10moov12345678', 'latin1'), Buffer.alloc(8)]);
  head.writeUInt32BE(bytes - head.length + 8, head.length - 8);
  head.write('mdat', head.length - 4, 'latin1');
  return Buffer.concat([head, randomBytes(bytes - head.length)]);
}

async function fileOf(name, content) {
  const folder = await mkdtemp(path.join(tmpdir(), 'stafett-film-'));
  const at = path.join(folder, name);
  await writeFile(at, content);
  return at;
}

/** A draft of an event, and its organiser, who is signed in. */
async function desk(page, site, fields = {}) {
  const it = await recording(site.db, { seconds: 0, poster: false, state: 'draft', title: 'Mod att prova', ...fields });
  const email = await withRole(site.db, it.event.programme_id);
  await page.goto(`${site.url}/`);
  await signIn(page, site, email);
  return { ...it, email, desk: `${site.url}/organise/recordings/${it.slug}` };
}

/** The line to a server, which can be cut and mended: what a browser calls offline lets what is under way go on. */
class Line {
  sockets = new Set();

  constructor(to) {
    this.to = to;
  }

  async mend() {
    this.server = net.createServer((inside) => {
      const outside = net.connect({ host: '127.0.0.1', port: this.to });
      for (const socket of [inside, outside]) {
        this.sockets.add(socket);
        socket.on('close', () => this.sockets.delete(socket));
        socket.on('error', () => {});
      }
      inside.pipe(outside).pipe(inside);
      inside.on('close', () => outside.destroy());
      outside.on('close', () => inside.destroy());
    });
    this.server.listen(this.port ?? 0, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = this.server.address().port;
    return this;
  }

  async cut() {
    const closed = once(this.server, 'close');
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }
}

const rows = (page) => page.locator('.sending > li');
const chooser = (page) => page.locator('#upload-files');

/** Opens the page; files can be chosen. */
async function ready(page, open, address) {
  await open(address, page);
  await expect(chooser(page)).toBeEnabled();
}

test('from nothing to published, without JavaScript', async ({ browser, ownSite: site, guard }) => {
  const context = guard.watch(await browser.newContext({ javaScriptEnabled: false, locale: 'sv-SE' }));
  const page = await context.newPage();
  const event = await site.db.event({ starts: '2024-05-14 09:00', state: 'held', title_sv: 'Ett samtal om mod', speakers: ['Tala Talarsson'] });
  await page.goto(`${site.url}/`);
  await signIn(page, site, await withRole(site.db, event.programme_id));
  await page.goto(`${site.url}/organise/events/${event.slug}`);
  await page.getByRole('link', { name: 'Lägg till inspelning' }).click();
  await expect(page.getByLabel('Aktivitet')).toHaveValue(event.slug);
  await page.getByLabel('Titel', { exact: true }).fill('');
  await page.getByLabel('Adress hos en annan tjänst').fill('http://vimeo.com/1');
  await page.getByRole('button', { name: 'Spara utkastet' }).click();
  await expect(page.getByText('Skriv en adress som börjar med https://.').first()).toBeVisible();
  await expect(page.getByLabel('Adress hos en annan tjänst')).toHaveValue('http://vimeo.com/1');
  await page.getByLabel('Adress hos en annan tjänst').fill('');
  await page.getByLabel('Titel', { exact: true }).fill('Ett samtal om mod');
  await page.getByRole('button', { name: 'Spara utkastet' }).click();
  await expect(page.getByText('Utkastet är sparat.')).toBeVisible();
  await expect(page.getByText('Tala Talarsson')).toBeVisible();
  await expect(page.getByText('Ladda upp en film, eller skriv adressen')).toBeVisible();

  // A file that is something else than it is called, and then a film.
  await page.getByText('Skicka filen hel').click();
  await page.locator('#whole-file').setInputFiles(await fileOf('film.mp4', `<!DOCTYPE html>${'<p>'.repeat(5_000)}`));
  await page.getByRole('button', { name: 'Skicka', exact: true }).click();
  await expect(page.getByText('Filen är varken film, ljud eller PDF.')).toBeVisible();
  expect(await site.db.value('select count(*)::int from uploads')).toBe(0);
  await page.locator('#whole-file').setInputFiles(await fileOf('film.mp4', film(300_000)));
  await page.getByRole('button', { name: 'Skicka', exact: true }).click();
  await expect(page.getByText('Filen är på plats.')).toBeVisible();
  await expect(page.locator('.desk-files')).toContainText('300 kB');

  await page.getByRole('button', { name: 'Publicera utan undertexter' }).click();
  await expect(page.getByText('Skriv varför undertexterna inte är klara.').first()).toBeVisible();
  await page.getByLabel('Varför undertexterna inte är klara').fill('Vi väntar på texten.');
  await page.getByLabel('De är klara senast').fill('2020-01-01');
  await page.getByRole('button', { name: 'Publicera utan undertexter' }).click();
  await expect(page.getByText('Välj en dag som kommer.').first()).toBeVisible();
  await expect(page.getByLabel('Varför undertexterna inte är klara')).toHaveValue('Vi väntar på texten.');
  const by = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10);
  await page.getByLabel('De är klara senast').fill(by);
  await page.getByRole('button', { name: 'Publicera utan undertexter' }).click();
  await expect(page.getByText('Skälet och datumet står på sidan')).toBeVisible();
  const [{ id, slug }] = await site.db.sql("select id, slug from recordings where title = 'Ett samtal om mod'");

  await page.goto(`${site.url}/organise/recordings`);
  const waiting = page.getByRole('region', { name: 'Publicerade utan granskade undertexter' });
  await expect(waiting.getByRole('link', { name: 'Ett samtal om mod' })).toBeVisible();
  await site.db.sql('update recordings set captions_by = current_date - 5 where id = $1', [id]);
  await page.reload();
  await expect(waiting).toContainText('Försenade: undertexterna skulle ha kommit');
  // Captions come, and nothing is to be said any more.
  await site.db.sql("insert into caption_tracks (recording_id, language, reviewed_at) values ($1, 'sv', now())", [id]);
  await page.reload();
  await expect(waiting).toHaveCount(0);
  await page.goto(`${site.url}/recordings/${slug}`);
  await expect(page.getByText('Vi väntar på texten.')).toHaveCount(0);

  await page.goto(`${site.url}/organise/recordings/${slug}`);
  await page.getByRole('button', { name: 'Ta tillbaka' }).click();
  await expect(page.getByText('Den är ett utkast igen.')).toBeVisible();
  await page.getByLabel('Jag vill ta bort den för alltid').check();
  await page.getByRole('button', { name: 'Ta bort för alltid' }).click();
  await expect(page.getByText('Inspelningen och allt som hörde till den är borta.')).toBeVisible();
  expect(await site.db.value('select count(*)::int from recordings where id = $1', [id])).toBe(0);
  await context.close();
});

test('two organisers at the same form', async ({ page, ownSite: site, window }) => {
  const it = await desk(page, site);
  const other = await window();
  await other.goto(`${site.url}/`);
  await signIn(other, site, await withRole(site.db, it.event.programme_id));
  await page.goto(it.desk);
  await other.goto(it.desk);
  const save = (who) => who.locator('form.plan .save button').click();
  await page.getByLabel('Titel på engelska').fill('Courage');
  await save(page);
  await expect(page.getByText('Sparat.')).toBeVisible();
  await other.getByLabel('Titel på engelska').fill('Daring');
  const answered = other.waitForResponse((response) => response.request().method() === 'POST');
  await save(other);
  expect((await answered).status()).toBe(409);
  const both = other.getByRole('group', { name: 'Titel på engelska' });
  await expect(both).toContainText('Courage');
  await expect(both).toContainText('Daring');
  await both.getByRole('radio').nth(1).check();
  await save(other);
  await expect(other.getByText('Sparat.')).toBeVisible();
  expect(await site.db.value('select title_en from recordings where id = $1', [it.id])).toBe('Courage');
});

test('a film goes on where it was: the network cut, the server killed, the browser closed', async ({ page, ownSite: site, open, context, guard }) => {
  test.setTimeout(120_000);
  guard.end();
  const it = await desk(page, site);
  const file = await fileOf('film.mp4', film(24_000_000));
  const line = await new Line(site.server.port).mend();
  const address = `http://127.0.0.1:${line.port}/organise/recordings/${it.slug}`;
  await ready(page, open, address);
  const cdp = await context.newCDPSession(page);
  // So slowly that something can happen on the way.
  const speed = (bytes) => cdp.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: bytes });
  await cdp.send('Network.enable');
  await speed(3_000_000);
  const received = () => site.db.value('select coalesce(max(received), 0)::int from uploads');
  const bar = rows(page).getByRole('progressbar');
  const sent = async () => Number(await bar.getAttribute('value'));
  await chooser(page).setInputFiles(file);
  await expect.poll(sent, { timeout: 20_000 }).toBeGreaterThan(3_000_000);
  await expect(rows(page)).toContainText('av 24 MB');

  // The network is gone, and comes back.
  await line.cut();
  await expect(rows(page)).toContainText('Försöker igen av sig själv', { timeout: 20_000 });
  await line.mend();
  await expect.poll(sent, { timeout: 30_000 }).toBeGreaterThan(8_000_000);

  // The server is killed in the middle, and started again at the same address.
  await site.server.kill();
  await expect(rows(page)).toContainText('Försöker igen av sig själv', { timeout: 20_000 });
  await speed(1_500_000);
  await site.server.start();
  await expect.poll(sent, { timeout: 40_000 }).toBeGreaterThan(12_000_000);

  // The browser is closed, and opened another time: the same file is chosen again.
  await page.close();
  const again = await context.newPage();
  await expect.poll(received).toBeGreaterThan(8_000_000);
  await ready(again, open, address);
  await expect(again.getByRole('heading', { name: 'På väg hit' })).toBeVisible();
  await expect(again.locator('.desk-coming')).toContainText('film.mp4');
  const firsts = [];
  again.on('request', (request) => {
    if (request.method() === 'PATCH') firsts.push(Number(request.headers()['upload-offset']));
  });
  await chooser(again).setInputFiles(file);
  await expect(rows(again)).toContainText('Klar', { timeout: 30_000 });
  expect(firsts[0], 'nothing is sent twice').toBeGreaterThan(8_000_000);
  expect(await site.db.value('select bytes::int from media_files where recording_id = $1', [it.id])).toBe(24_000_000);
  expect(await site.db.value("select count(*)::int from uploads where state <> 'done'")).toBe(0);
  // The list follows by itself.
  await expect(again.locator('.desk-files').first()).toContainText('24 MB');
  expect(await again.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('tus::')).length)).toBe(0);
  await line.cut();
});

test('pausing, stopping, what is no film, and several at once', async ({ page, ownSite: site, open, context, guard }) => {
  test.setTimeout(90_000);
  guard.excuse(/status of 4\d\d/);
  const it = await desk(page, site);
  await ready(page, open, it.desk);
  await chooser(page).setInputFiles(await fileOf('sida.mp4', `<!DOCTYPE html>${'<p>'.repeat(50_000)}`));
  await expect(rows(page)).toContainText('Filen är varken film, ljud eller PDF.');
  await rows(page).getByRole('button', { name: 'Ta bort ur listan' }).click();
  await expect(rows(page)).toHaveCount(0);

  const cdp = await context.newCDPSession(page);
  await cdp.send('Network.enable');
  const speed = (bytes) => cdp.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: bytes });
  await speed(2_000_000);
  const [large, small] = [await fileOf('stor.mp4', film(12_000_000)), await fileOf('tecken.mp4', film(400_000))];
  await chooser(page).setInputFiles(large);
  await page.locator('#upload-role').selectOption('signed');
  await chooser(page).setInputFiles(small);
  await expect(rows(page).nth(1)).toContainText('Väntar på sin tur');
  const first = rows(page).first();
  const value = async () => Number(await first.getByRole('progressbar').getAttribute('value'));
  await expect.poll(value, { timeout: 20_000 }).toBeGreaterThan(1_500_000);
  await first.getByRole('button', { name: 'Pausa' }).click();
  await expect(first).toContainText('Pausad vid');
  // The one after it does not wait for that; and the focus is where it was.
  await expect(first.getByRole('button', { name: 'Fortsätt' })).toBeVisible();
  expect(await page.evaluate(() => document.activeElement.closest('.sending') !== null)).toBe(true);
  await expect(rows(page).nth(1)).toContainText('Klar', { timeout: 20_000 });
  const stood = await value();
  await first.getByRole('button', { name: 'Fortsätt' }).click();
  await expect.poll(value, { timeout: 20_000 }).toBeGreaterThan(stood);
  await first.getByRole('button', { name: 'Avbryt' }).click();
  await expect(first).toContainText('Avbruten och borttagen');
  await expect.poll(() => site.db.value("select count(*)::int from uploads where state <> 'done'")).toBe(0);
  expect(await site.db.sql('select role from media_files where recording_id = $1', [it.id])).toEqual([{ role: 'signed' }]);
});

test('how it is watched, once more than five have', async ({ page, ownSite: site }) => {
  const it = await desk(page, site, { state: 'published', published_at: new Date(), duration_ms: 100_000, elsewhere_url: 'https://vimeo.com/123456789' });
  const watch = (fields, headers = {}) => site.server.post(`${it.path}/watched`, fields, { accept: 'application/json', ...headers });
  for (let viewer = 0; viewer < 5; viewer += 1) {
    expect((await watch({ at: '60000', seen: '0-60000', begun: 'yes', parts: '0,1,2,29' })).status).toBe(200);
  }
  await page.goto(it.desk);
  const part = page.getByRole('region', { name: 'Hur den ses' });
  await expect(part).toContainText('Färre än sex visningar än.');
  await expect(part.locator('svg')).toHaveCount(0);
  // Its organisers count nothing, and nonsense is refused.
  const cookie = await session(site, it.email);
  await watch({ at: '5', seen: '0-5', begun: 'yes', parts: '0' }, { cookie });
  expect((await watch({ at: '5', seen: '0-5', begun: 'yes', parts: '50' })).status).toBe(400);
  expect((await watch({ at: '5', seen: '0-5', begun: 'ja', parts: '' })).status).toBe(400);
  await page.reload();
  await expect(part).toContainText('Färre än sex visningar än.');
  await watch({ at: '2000', seen: '0-2000', begun: 'yes', parts: '0,40' });
  await page.reload();
  await expect(part).toContainText('6 visningar, 5 minuter');
  await expect(part.locator('svg.curve')).toHaveCount(3);
  await expect(part).toContainText('Mer än hälften har slutat vid 1:00.');
  await part.getByText('Samma siffror som tabell').last().click();
  await expect(part.getByRole('row', { name: '0:00 100 %' })).toBeVisible();
  await expect(part.getByRole('row', { name: '1:20 0 %' })).toBeVisible();
  expect(await site.db.value('select count(*)::int from watching')).toBe(1);
});

test('others stay outside', async ({ ownSite: site }) => {
  const it = await recording(site.db, { state: 'draft' });
  const elsewhere = await session(site, await withRole(site.db, (await site.db.insert('programmes', { slug: unique('annat'), title_sv: 'Annat' })).id));
  for (const address of [`/organise/recordings/${it.slug}`, `/en/organise/recordings/${it.slug}`]) {
    expect((await site.server.raw(address)).status).toBe(401);
    expect((await site.server.raw(address, { headers: { cookie: elsewhere } })).status).toBe(403);
  }
  const list = await site.server.raw('/organise/recordings', { headers: { cookie: elsewhere } });
  expect(list.text).not.toContain(it.title);
  expect(list.text).toContain('Här samlas inspelningarna');
});

for (const lang of ['sv', 'en']) {
  test(`axe finds nothing, wide and narrow, light and dark (${lang})`, async ({ page, ownSite: site, open }) => {
    test.setTimeout(120_000);
    const it = await desk(page, site, { state: 'published', published_at: new Date(), seconds: 60, poster: true, cues: { sv: sentences(3) }, reviewed: false });
    const { programme_id } = it.event;
    await recording(site.db, { event: it.event, state: 'draft', seconds: 0, poster: false, title: 'En mycket lång rubrik om innovationsledningsutvecklingsarbete i kommuner' });
    await recording(site.db, { event: it.event, cues: { sv: sentences(3) } });
    await site.db.sql("insert into recording_days (recording_id, day, views, watched_ms) select $1, current_date - n, n, n * 60000 from generate_series(1, 40) n", [it.id]);
    await site.db.sql('insert into recording_parts (recording_id, part, views) select $1, n, 800 - n * 15 from generate_series(0, 49) n', [it.id]);
    await site.db.insert('uploads', { recording_id: it.id, stem: 'a'.repeat(20), name: 'film som är på väg.mp4', bytes: 1_400_000_000, received: 450_000_000 });
    expect(programme_id).toBeTruthy();
    const prefix = lang === 'en' ? '/en' : '';
    const found = [];
    for (const address of ['/organise/recordings', '/organise/recordings?words=finns+inte', '/organise/recordings/new', `/organise/recordings/${it.slug}`]) {
      await open(`${site.url}${prefix}${address}`);
      found.push(...(await complaints(page, lang)));
    }
    expect(found).toEqual([]);
  });
}
