import { chromium } from '@playwright/test';
import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';
const url = 'http://127.0.0.1:4023';
const db = new pg.Client({ connectionString: 'postgres://stafett@localhost/shots_plan2?host=/tmp/devpg' });
await db.connect();
const q = async (t, v = []) => (await db.query(t, v)).rows;
let [p] = await q("select id from people where email_key = 'shots@exempel.se'");
if (!p) {
  [p] = await q("insert into people (name, email, email_key) values ('Åsa Arrangör', 'shots@exempel.se', 'shots@exempel.se') returning id");
  await q("insert into roles (person_id, role) values ($1, 'administrator')", [p.id]);
}
const [ev] = await q("select e.slug, to_char(starts_at, 'YYYY-MM') m from events e join event_speakers es on es.event_id = e.id where starts_at > now() and series_id is not null order by starts_at limit 1");
const [pr] = await q("select p.slug from programmes p join outcomes o on o.programme_id = p.id limit 1");
const [se] = await q("select s.slug from series s join events e on e.series_id = s.id and e.starts_at > now() group by s.id order by count(*) desc limit 1");
const [sp] = await q('select person_id from event_speakers limit 1');
const [busy] = await q("select to_char(date_trunc('month', starts_at), 'YYYY-MM') m from events where starts_at > now() group by 1 order by count(*) desc limit 1");
const pages = process.argv[2] ? JSON.parse(process.argv[2]) : [
  ['organise', '/organise'], ['cal', `/organise/calendar?month=${busy.m}`], ['clash', `/organise/calendar?month=${busy.m}&view=clashes`],
  ['progs', '/organise/programmes'], ['prog', `/organise/programmes/${pr.slug}/edit`], ['series', `/organise/series/${se.slug}/edit`],
  ['event', `/organise/events/${ev.slug}/edit`], ['speaker', `/organise/speakers/${sp.person_id}`], ['pubevent', `/events/${ev.slug}`],
];
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium-headless-shell' });
for (const [lang, width, scheme] of [['sv', 1280, 'light'], ['en', 1280, 'dark'], ['sv', 390, 'dark'], ['en', 390, 'light']]) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme });
  const page = await context.newPage();
  const secret = randomBytes(33).toString('base64url').slice(0, 43);
  await q("insert into sign_in_links (secret_hash, email, email_key, language, created_at, expires_at) values ($1, 'shots@exempel.se', 'shots@exempel.se', 'sv', now(), now() + interval '20 minutes')", [createHash('sha256').update(secret).digest()]);
  const pre = lang === 'en' ? '/en' : '';
  await page.goto(`${url}${pre}/sign-in/${secret}`);
  await page.locator('main').getByRole('button').click();
  await page.waitForURL(/\/me$/);
  for (const [name, path] of pages) {
    await page.goto(url + pre + path);
    if (name === 'cal') for (const s of (await page.locator('.collides summary').all()).slice(0, 2)) await s.click();
    await page.waitForTimeout(400);
    await page.screenshot({ path: `/tmp/plan2-shots/${name}-${lang}-${width}-${scheme}.png`, fullPage: true });
  }
}
await browser.close(); await db.end();
