import { expect, test } from '../support/test.js';
import { session, signIn } from '../support/account.js';
import { complaints } from '../support/axe.js';
import { files, full, recording, sentences } from '../support/recordings.js';
import { unique } from '../support/database.js';

const titles = (page) => page.locator('.library-list .rec').getByRole('heading');

test('lists the newest first, and filters by what the address says', async ({ page, ownSite, open, context }) => {
  await files(context);
  const { db } = ownSite;
  await db.sql('delete from recordings');
  const programme = await db.programme({ title_sv: 'Ett program' });
  const series = await db.series({ programme_id: programme.id, title_sv: 'Serien om mod' });
  const theme = await db.theme('Modiga tema');
  const spring = await db.event({ programme_id: programme.id, series_id: series.id, state: 'held', starts: '2023-04-01 09:00', speakers: ['Ebba Ek'], themes: [theme.id] });
  const autumn = await db.event({ state: 'held', starts: '2024-10-01 09:00', speakers: ['Bo Berg'], municipalities: ['1280'] });
  await recording(db, { event: spring, title: 'Från i våras', published_at: new Date('2023-05-01'), seconds: 600 });
  await recording(db, { event: autumn, title: 'Från i höstas', title_en: 'From autumn', published_at: new Date('2024-11-01'), seconds: 3600, language: 'en' });

  await open(`${ownSite.url}/recordings`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Inspelningar');
  await expect(page.getByRole('navigation', { name: 'Huvudmeny' }).getByRole('link', { name: 'Inspelningar' })).toHaveAttribute('aria-current', 'page');
  await expect(titles(page)).toHaveText(['Från i höstas', 'Från i våras']);
  const row = page.locator('.rec').first();
  await expect(row).toContainText('1 tim');
  await expect(row).toContainText('Bo Berg');
  await expect(row).toContainText('1 oktober 2024');
  await expect(row.locator('img')).toHaveCount(1);

  const filters = page.locator('.filter');
  await filters.getByRole('link', { name: /^2023 1$/ }).click();
  await expect(page).toHaveURL(/\/recordings\?year=2023$/);
  await expect(titles(page)).toHaveText(['Från i våras']);
  await filters.getByRole('link', { name: /^2024 1$/ }).click();
  await expect(titles(page)).toHaveText(['Från i höstas']);
  await filters.getByRole('link', { name: 'Rensa filter' }).click();
  await filters.getByRole('link', { name: /^Mer än 45 minuter 1$/ }).click();
  await expect(titles(page)).toHaveText(['Från i höstas']);
  await page.goBack();
  await filters.getByRole('link', { name: /^Engelska 1$/ }).click();
  await expect(titles(page)).toHaveText(['Från i höstas']);

  for (const [query, slug] of [[`programme=${programme.slug}`, 'Från i våras'], [`series=${series.slug}`, 'Från i våras'], [`theme=${theme.slug}`, 'Från i våras'], ['municipality=1280', 'Från i höstas']]) {
    await page.goto(`${ownSite.url}/recordings?${query}`);
    await expect(titles(page), query).toHaveText([slug]);
  }
  const speaker = await db.value("select slug from presenters p join people q on q.id = p.person_id where q.name = 'Ebba Ek' order by q.id desc limit 1");
  await page.goto(`${ownSite.url}/recordings?speaker=${speaker}`);
  await expect(titles(page)).toHaveText(['Från i våras']);
  await page.goto(`${ownSite.url}/recordings?theme=finns-inte&page=99&year=x`);
  await expect(page.getByRole('heading', { name: 'Ingen inspelning passar det du har valt' })).toBeVisible();
  await page.goto(`${ownSite.url}/en/recordings?language=en`);
  await expect(titles(page)).toHaveText(['From autumn']);
});

test('a long list has pages, and says where one is', async ({ page, ownSite, context }) => {
  await files(context);
  const { db } = ownSite;
  await db.sql('delete from recordings');
  const event = await db.event({ state: 'held', starts: '2023-04-01 09:00' });
  await db.sql(
    `insert into recordings (event_id, title, slug, state, published_at)
     select $1, 'Nummer ' || n, 'nummer-' || n, 'published', timestamptz '2024-01-01' + n * interval '1 day' from generate_series(1, 60) n`,
    [event.id],
  );
  await db.tell(event.id);
  await page.goto(`${ownSite.url}/recordings`);
  await expect(titles(page)).toHaveCount(24);
  await expect(titles(page).first()).toHaveText('Nummer 60');
  await expect(page.getByText('60 inspelningar')).toBeVisible();
  await page.getByRole('navigation', { name: 'Sidor' }).getByRole('link', { name: 'Äldre' }).click();
  await expect(page).toHaveURL(/page=2$/);
  await expect(titles(page).first()).toHaveText('Nummer 36');
  await expect(page.getByText('Sida 2 av 3')).toBeVisible();
  await page.goto(`${ownSite.url}/recordings?page=99`);
  await expect(titles(page)).toHaveCount(12);
  await expect(page.getByText('Sida 3 av 3')).toBeVisible();
});

test('a site without recordings says so', async ({ page, bare, open }) => {
  await open(`${bare.url}/recordings`);
  await expect(page.getByRole('heading', { name: 'Här finns inga inspelningar än' })).toBeVisible();
  await expect(page.locator('.filter')).toHaveCount(0);
  await page.locator('main').getByRole('link', { name: 'Visa hela kalendern' }).click();
  await expect(page).toHaveURL(`${bare.url}/calendar`);
});

test('who may see it: the page, the list, and what is told without it', async ({ site, page, context, guard }) => {
  guard.excuse(/status of 401/);
  await files(context);
  const { db, server } = site;
  const programme = await db.programme();
  const event = await db.event({ programme_id: programme.id, state: 'held', starts: '2024-05-14 09:00' });
  const [place] = await db.fill(event, 1);
  const somebody = await session(site, `${unique('nagon')}@exempel.se`);
  const came = await session(site, place.email);
  const email = `${unique('arrangor')}@exempel.se`;
  const organiser = await session(site, email);
  await db.sql("insert into roles (person_id, role, programme_id) select id, 'organiser', $2 from people where email = $1", [email, programme.id]);
  const status = async (path, cookie) => (await server.raw(path, { headers: cookie ? { cookie } : {} })).status;
  const expected = { everybody: [200, 200, 200, 200], signed_in: [401, 200, 200, 200], signed_up: [401, 403, 200, 200], organisers: [404, 404, 404, 200] };
  for (const [open_to, statuses] of Object.entries(expected)) {
    const it = await recording(db, { event, open_to, cues: { sv: sentences(3, 'Hemligt') } });
    for (const path of [it.path, `/en${it.path}`, `/api/recording?lang=sv&slug=${it.slug}`, `/api/recording-said?lang=sv&slug=${it.slug}&text=sv`]) {
      const found = [];
      for (const cookie of [null, somebody, came, organiser]) found.push(await status(path, cookie));
      expect(found, `${open_to} ${path}`).toEqual(statuses);
    }
    const seen = await server.raw(it.path);
    expect(seen.text.includes('Hemligt')).toBe(open_to === 'everybody');
    if (open_to !== 'everybody') expect(seen.text).not.toContain('VideoObject');
  }
  const draft = await recording(db, { event, state: 'draft', cues: { sv: sentences(3, 'Hemligt') } });
  expect([await status(draft.path), await status(draft.path, came), await status(draft.path, organiser)]).toEqual([404, 404, 200]);

  // What signing in opens is listed, and says so; and the page leads there and back.
  await page.goto(`${site.url}/recordings?programme=${programme.slug}`);
  const rows = page.locator('.rec');
  await expect(rows).toHaveCount(3);
  await expect(rows.filter({ hasText: 'Logga in för att se' })).toHaveCount(1);
  await expect(rows.filter({ hasText: 'För dem som var anmälda' })).toHaveCount(1);
  await expect(rows.filter({ hasText: 'Logga in för att se' }).locator('img')).toHaveCount(0);
  await rows.filter({ hasText: 'Logga in för att se' }).getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Logga in först');
  await expect(page.locator('main').getByRole('link', { name: 'Logga in' })).toHaveAttribute('href', /\/sign-in\?.*recordings/);
});

test('the page of a recording tells all there is of it', async ({ page, site, context }) => {
  await files(context);
  const { db } = site;
  const programme = await db.programme();
  const series = await db.series({ programme_id: programme.id, title_sv: 'Turnén' });
  const event = await db.event({ programme_id: programme.id, series_id: series.id, state: 'held', starts: '2024-05-14 09:00', title_sv: 'Stoppet i Malmö', speakers: ['Tala Talarsson'] });
  await db.insert('materials', { programme_id: programme.id, event_id: event.id, position: 1, kind: 'report', title: 'Rapporten', url: 'https://example.org/rapport' });
  const other = await recording(db, { event: await db.event({ programme_id: programme.id, series_id: series.id, state: 'held', starts: '2024-06-14 09:00' }), title: 'Nästa stopp' });
  const it = await full(db, { event, is_demonstration: true, may_embed: true });
  const response = await page.goto(`${site.url}${it.path}`);
  expect(response.status()).toBe(200);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Mod att prova');
  await expect(page.locator('.recording .kicker')).toContainText('Turnén');
  await expect(page.locator('.recording .kicker svg')).toHaveAttribute('aria-label', /Turnén/);
  await expect(page.locator('.recording .note').first()).toContainText('Klippet är gjort för att visa hur Stafett fungerar');
  await expect(page.getByRole('region', { name: 'Medverkande' })).toContainText('Tala Talarsson');
  await expect(page.getByRole('region', { name: 'Material' }).getByRole('link')).toHaveText(['Rapporten']);
  await expect(page.getByRole('region', { name: 'Passar ihop med' }).getByRole('link', { name: other.title })).toHaveCount(1);
  await expect(page.getByRole('link', { name: 'Stoppet i Malmö' })).toHaveAttribute('href', event.path);
  await expect(page.getByRole('navigation', { name: 'Kapitel' }).getByRole('link')).toHaveText(['0:00Inledning', '0:20Samtalet', '0:40Avslutning'], { useInnerText: false });
  await expect(page.locator('.said-text')).toContainText('Mening nummer 30.');
  await expect(page.locator('.said-text b')).toHaveText(['Tala Talarsson']);

  const head = await page.evaluate(() => ({
    ld: JSON.parse(document.querySelector('script[type="application/ld+json"]').textContent),
    picture: document.querySelectorAll('meta[property="og:image"]').length,
    type: document.querySelector('meta[property="og:type"]').content,
  }));
  expect(head.picture).toBe(1);
  expect(head.type).toBe('video.other');
  expect(head.ld).toMatchObject({ '@type': 'AudioObject', name: 'Mod att prova', duration: 'PT0H1M0S', inLanguage: 'sv', embedUrl: `${site.url}${it.path}/embed`, recordedAt: { name: 'Stoppet i Malmö' } });
  expect(head.ld.transcript).toContain('Mening nummer 1. Mening nummer 2.');
  expect(head.ld.hasPart.map((part) => [part.startOffset, part.endOffset])).toEqual([[0, 20], [20, 40], [40, 60]]);

  await page.goto(`${site.url}/en${it.path}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Courage to try');
  await expect(page.locator('.said-text')).toContainText('Sentence nummer 1.');
  await expect(page.locator('.said-text')).toHaveAttribute('lang', 'en');
  await expect(page.getByRole('navigation', { name: 'Chapters' }).getByRole('link').first()).toContainText('Beginning');
});

test('without captions that somebody has read it says why, and when they come', async ({ page, site, context }) => {
  await files(context);
  const it = await recording(site.db, { cues: { sv: sentences(2) }, reviewed: false, uncaptioned_reason: 'Vi väntar på den som skriver.', captions_by: '2031-01-15' });
  await page.goto(`${site.url}${it.path}`);
  await expect(page.getByText('Undertexter saknas än: Vi väntar på den som skriver. De kommer senast 15 januari 2031.')).toBeVisible();
  await expect(page.getByText('Texten är gjord av en maskin.')).toBeVisible();
});

test('a kept page falls when what it shows changes', async ({ ownSite }) => {
  const { db, server } = ownSite;
  const it = await recording(db, { title: 'Innan', cues: { sv: sentences(2) } });
  const read = async (path) => (await server.raw(path)).text;
  const shows = (path, text) => expect.poll(async () => (await read(path)).includes(text), { message: `${path}: ${text}` }).toBe(true);
  await shows(it.path, 'Innan');
  await shows('/recordings', 'Innan');
  await db.sql("update recordings set title = 'Efteråt' where id = $1", [it.id]);
  await shows(it.path, 'Efteråt');
  await shows('/recordings', 'Efteråt');
  await db.insert('chapters', { recording_id: it.id, position: 0, start_ms: 0, title_sv: 'Ett nytt kapitel' });
  await shows(it.path, 'Ett nytt kapitel');
  await db.sql("update caption_cues set words = 'Nya ord.' where track_id = (select id from caption_tracks where recording_id = $1)", [it.id]);
  await db.sql('update caption_tracks set version = version + 1 where recording_id = $1', [it.id]);
  await shows(it.path, 'Nya ord.');
  await db.sql("update recordings set open_to = 'organisers' where id = $1", [it.id]);
  await expect.poll(async () => (await server.raw(it.path)).status).toBe(404);
  await expect.poll(async () => (await read('/recordings')).includes('Efteråt')).toBe(false);
});

test('is reached from the start page, the event and the series', async ({ page, ownSite, context, open }) => {
  await files(context);
  const { db } = ownSite;
  const programme = await db.programme();
  const series = await db.series({ programme_id: programme.id, title_sv: 'En serie' });
  const event = await db.event({ programme_id: programme.id, series_id: series.id, state: 'held', starts: '2024-05-14 09:00' });
  const it = await recording(db, { event, title: 'Alldeles ny' });
  await open(`${ownSite.url}/`);
  const newest = page.getByRole('region', { name: 'Nya inspelningar' });
  await expect(newest.getByRole('heading', { level: 3 }).first()).toHaveText('Alldeles ny');
  await newest.getByRole('link', { name: 'Alla inspelningar' }).click();
  await expect(page).toHaveURL(`${ownSite.url}/recordings`);
  await page.goto(`${ownSite.url}/series/${series.slug}`);
  await expect(page.getByRole('region', { name: 'Se i efterhand' }).getByRole('link')).toHaveText(['Alldeles ny']);
  await open(`${ownSite.url}${event.path}`);
  const link = page.locator('#materials').getByRole('link', { name: 'Alldeles ny' });
  await expect(link).not.toHaveAttribute('rel', /external/);
  await link.click();
  await expect(page).toHaveURL(`${ownSite.url}${it.path}`);
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
});

test('with another provider: a link, and a frame after a click that says what is sent', async ({ site, page }) => {
  const it = await recording(site.db, { seconds: 0, poster: false, elsewhere_url: 'https://vimeo.com/123456789' });
  await page.goto(`${site.url}${it.path}`);
  await expect(page.getByRole('link', { name: 'Se den där' })).toHaveAttribute('href', 'https://vimeo.com/123456789');
  await expect(page.locator('iframe')).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'Visa den här på sidan' })).toHaveAccessibleDescription(/De får veta din nätadress/);
  const plain = await site.server.raw(it.path);
  expect(plain.headers['content-security-policy']).not.toContain('frame-src');
  // Asked for without a browser: what lies elsewhere is not to be loaded by a test.
  const shown = await site.server.raw(`${it.path}?show=1&t=75`);
  expect(shown.text).toMatch(/<iframe[^>]* src="https:\/\/player\.vimeo\.com\/video\/123456789\?dnt=1#t=75s"/);
  expect(shown.headers['content-security-policy']).toMatch(/; frame-src https:\/\/player\.vimeo\.com$/);
  const unknown = await recording(site.db, { seconds: 0, poster: false, elsewhere_url: 'https://example.org/film' });
  const other = await site.server.raw(`${unknown.path}?show=1`);
  expect(other.text).not.toContain('<iframe');
  expect(other.headers['content-security-policy']).not.toContain('frame-src');
});

test('other sites may show what may be shown elsewhere, and nothing else', async ({ site, page, context }) => {
  await files(context);
  const it = await full(site.db, { may_embed: true });
  const answer = await site.server.raw(`${it.path}/embed?t=12`, { headers: { cookie: await session(site, `${unique('nagon')}@exempel.se`) } });
  expect(answer.status).toBe(200);
  const policy = answer.headers['content-security-policy'];
  expect(policy).toContain('frame-ancestors *');
  expect(policy).not.toContain('script-src');
  expect(answer.text).toMatch(/<video controls[^>]*#t=12"/);
  expect(answer.text).toContain('kind="captions"');
  expect(answer.text).not.toContain('<script');
  for (const path of [it.path, '/recordings', '/', `${it.path}/embed/x`]) {
    expect((await site.server.raw(path)).headers['content-security-policy'], path).toContain("frame-ancestors 'none'");
  }
  const closed = await recording(site.db, {});
  expect((await site.server.raw(`${closed.path}/embed`)).status).toBe(404);
  expect((await site.server.raw('/recordings/finns-inte/embed')).status).toBe(404);
  await page.goto(`${site.url}${it.path}/embed`);
  await expect(page.getByRole('link', { name: 'Se på Stafett' })).toHaveAttribute('href', it.path);
  await page.goto(`${site.url}/en${it.path}/embed`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Courage to try');
});

test('where one left off is kept for those who are signed in, and can be emptied and switched off', async ({ page, ownSite, context }) => {
  await files(context);
  const { db, server } = ownSite;
  const it = await full(db, { title: 'Halvsedd' });
  const email = `${unique('tittar')}@exempel.se`;
  const cookie = await session(ownSite, email);
  const tell = (fields, headers = { cookie }) => server.post(`${it.path}/watched`, fields, { accept: 'application/json', ...headers });
  // Of who is not signed in nothing is kept; it is counted alone.
  expect(JSON.parse((await tell({ at: '5', seen: '0-5' }, {})).text)).toEqual({ kept: false });
  expect(await db.value('select count(*) from watching')).toBe(0);
  expect((await tell({ at: '30000', seen: '0-30000' })).status).toBe(200);
  expect((await tell({ at: '48000', seen: '20000-48000' })).status).toBe(200);
  for (const fields of [{}, { at: 'x', seen: '' }, { at: '5', seen: '9-3' }, { at: '99999999', seen: '' }]) {
    expect((await tell(fields)).status, JSON.stringify(fields)).toBe(400);
  }
  expect((await server.post('/recordings/finns-inte/watched', { at: '5', seen: '' }, { cookie, accept: 'application/json' })).status).toBe(404);
  expect((await tell({ at: '5', seen: '0-5' }, { cookie, 'sec-fetch-site': 'cross-site' })).status).toBe(403);

  await page.goto(`${ownSite.url}/`);
  await signIn(page, ownSite, email);
  await page.goto(`${ownSite.url}/recordings`);
  await expect(page.locator('.rec').filter({ hasText: 'Halvsedd' })).toContainText('80 % sett');
  await page.goto(`${ownSite.url}${it.path}`);
  await expect(page.getByRole('link', { name: 'Fortsätt från 0:48' })).toHaveAttribute('href', `${it.path}?t=48`);
  await page.goto(`${ownSite.url}/me`);
  const section = page.getByRole('region', { name: 'Fortsätt titta' });
  await expect(section.getByRole('link', { name: 'Halvsedd' })).toHaveAttribute('href', `${it.path}?t=48`);
  await section.getByRole('button', { name: 'Töm historiken' }).click();
  await expect(page.getByText('Historiken är tömd.')).toBeVisible();
  await expect(section.getByRole('link', { name: 'Halvsedd' })).toHaveCount(0);
  expect(await db.value('select count(*) from watching')).toBe(0);
  await tell({ at: '30000', seen: '0-30000' });
  await section.getByRole('button', { name: 'Töm och sluta minnas' }).click();
  await expect(page.getByText('Historiken är tömd, och inget mer sparas.')).toBeVisible();
  expect(JSON.parse((await tell({ at: '30000', seen: '0-30000' })).text)).toEqual({ kept: false });
  expect(await db.value('select count(*) from watching')).toBe(0);
  await section.getByRole('button', { name: 'Börja minnas' }).click();
  expect(JSON.parse((await tell({ at: '30000', seen: '0-30000' })).text)).toEqual({ kept: true });
});

for (const lang of ['sv', 'en']) {
  test(`axe finds nothing, wide and narrow, light and dark (${lang})`, async ({ page, ownSite, context }) => {
    test.setTimeout(120_000);
    await files(context);
    const { db } = ownSite;
    const it = await full(db, { is_demonstration: true, may_embed: true });
    const elsewhere = await recording(db, { event: it.event, seconds: 0, poster: false, elsewhere_url: 'https://vimeo.com/123456789' });
    const empty = await recording(db, { event: it.event, seconds: 0, poster: false });
    const closed = await recording(db, { event: it.event, open_to: 'signed_in', title: 'En mycket lång rubrik om innovationsledningsutvecklingsarbete i kommuner' });
    const email = `${unique('tittar')}@exempel.se`;
    const cookie = await session(ownSite, email);
    await ownSite.server.post(`${it.path}/watched`, { at: '30000', seen: '0-30000' }, { cookie, accept: 'application/json' });
    const prefix = lang === 'en' ? '/en' : '';
    const found = [];
    const look = async (path) => {
      await page.goto(`${ownSite.url}${prefix}${path}`);
      found.push(...(await complaints(page, lang)));
    };
    for (const path of ['/recordings', '/recordings?theme=finns-inte', it.path, elsewhere.path, empty.path, closed.path, `${it.path}/embed`, '/']) await look(path);
    await signIn(page, ownSite, email, { lang });
    for (const path of ['/me', '/recordings', it.path]) await look(path);
    expect(found).toEqual([]);
  });
}
