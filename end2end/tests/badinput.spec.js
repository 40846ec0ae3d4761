import { expect, test } from '../support/test.js';

const HTML = '"><img src=x onerror=alert(1)><script>alert(2)</script>';
const SQL = "'; drop table events; --";
const NUL = 'a\0b';

/** Escapes every byte, so that nothing on the way tidies it. */
const escaped = (text) => Array.from(Buffer.from(text), (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');

async function harmless(server, path, options) {
  const answer = await server.raw(path, options);
  const what = path.slice(0, 120);
  expect(answer.status, what).toBeLessThan(500);
  expect(answer.text, what).not.toContain('<img src=x');
  expect(answer.text, what).not.toContain('<script>alert');
  return answer;
}

test('dates that are none: today instead', async ({ site }) => {
  for (const date of ['2026-02-30', '2026-13-01', '2026-00-10', '2026-01-00', '0000-01-01', '0001-01-01', '9999-12-31', '10000-01-01', '-2026-01-01', '2026-1-1', '2026', '', 'idag', '2026-01-01T10:00', '٢٠٢٦-٠١-٠١', '2026-01-01\n', HTML, SQL, NUL, '1'.repeat(500)]) {
    for (const view of ['month', 'week', 'agenda']) {
      const answer = await harmless(site.server, `/calendar?view=${view}&date=${escaped(date)}`);
      expect(answer.status, `${view} ${date}`).toBe(200);
      expect(answer.text, `${view} ${date}`).toContain('aria-current="date"');
    }
  }
});

test('the first and the last dates that are taken, and their neighbours', async ({ site }) => {
  for (const date of ['1990-01-01', '2199-12-31', '1989-12-31', '2200-01-01', '1990-01', '2199-12']) {
    for (const view of ['month', 'week', 'agenda']) {
      const answer = await harmless(site.server, `/calendar?view=${view}&date=${date}`);
      expect(answer.status).toBe(200);
      for (const [, href] of answer.text.matchAll(/<a[^>]* rel="(?:prev|next)"[^>]*>/g)) {
        if (href) expect((await harmless(site.server, href)).status).toBe(200);
      }
    }
  }
});

test('a view that is no view, and filters that are no filters, change nothing', async ({ site }) => {
  const plain = await site.server.raw('/calendar?view=month&date=2023-09-01');
  const events = (answer) => [...answer.text.matchAll(/href="\/events\/[^"]+"/g)].map((match) => match[0]);
  expect(events(plain).length).toBeGreaterThan(0);
  for (const query of ['kind=nonsense', 'format=', 'language=xx', 'places=maybe', 'unknown=1', `theme=${escaped('../..')}`, `kind=${escaped(HTML)}`, 'kind[]=course', 'places=0', 'q=', 'q=+++']) {
    const answer = await harmless(site.server, `/calendar?view=month&date=2023-09-01&${query}`);
    expect(answer.status, query).toBe(200);
    expect(events(answer), query).toEqual(events(plain));
  }
  const odd = await harmless(site.server, `/calendar?view=${escaped(HTML)}&date=2023-09-01`);
  expect(odd.status).toBe(200);
  // A choice that nothing has leaves nothing, and can be taken back.
  for (const query of ['programme=finns-inte', 'series=finns-inte', 'theme=finns-inte', 'municipality=0000']) {
    const answer = await harmless(site.server, `/calendar?view=month&date=2023-09-01&${query}`);
    expect(answer.status).toBe(200);
    expect(answer.text).toContain('Rensa filter');
  }
});

test('SQL, HTML and odd characters in every parameter of the calendar and its feed', async ({ site }) => {
  const before = await site.db.value('select count(*) from events');
  for (const value of [HTML, SQL, NUL, '%', '_', '\\', "'", '"', '🙂', '\u202e', 'a'.repeat(3_000), '()&|!:*', '" or "', '-"', 'null', '{{7*7}}', '${7*7}']) {
    for (const name of ['view', 'date', 'programme', 'series', 'kind', 'format', 'theme', 'municipality', 'language', 'places', 'q', 'lang']) {
      expect((await harmless(site.server, `/calendar?${name}=${escaped(value)}`)).status, `${name}=${value.slice(0, 20)}`).toBe(200);
      expect((await harmless(site.server, `/feeds/calendar.ics?${name}=${escaped(value)}`)).status, `feed ${name}=${value.slice(0, 20)}`).toBeLessThan(500);
    }
  }
  expect(await site.db.value('select count(*) from events')).toBe(before);
});

test('bytes that are no UTF-8', async ({ site }) => {
  for (const path of ['/calendar?q=%ff', '/calendar?q=%c3%28', '/calendar?%ff=1', '/calendar?view=month&date=%ff', '/events/%ff', '/series/%ff%fe', '/programmes/%c3%28', '/sign-ups/%ff', '/%ff', '/en/%ff', '/feeds/calendar.ics?q=%ff', '/events/%ff.ics', '/live?events=%ff', '/calendar?q=%', '/calendar?q=%zz', '/events/%', '/events/%zz']) {
    await harmless(site.server, path);
  }
});

test('slugs that are none are 404', async ({ site }) => {
  for (const slug of ['..', '%2e%2e', '..%2f..%2fetc%2fpasswd', '%2e%2e%2f', 'A', 'Ä', '-', 'a--b', '%20', 'a%00b', 'a%0d%0ab', 'a'.repeat(121), 'a'.repeat(3_000), escaped(HTML), escaped(SQL)]) {
    for (const prefix of ['/events/', '/series/', '/programmes/', '/sign-ups/', '/en/events/', '/en/series/']) {
      const answer = await harmless(site.server, `${prefix}${slug}`);
      // Two dots lead one folder up, here as in a browser: to the start page.
      if (/^(\.|%2e){2}$/.test(slug)) continue;
      expect(answer.status, `${prefix}${slug.slice(0, 40)}`).toBeGreaterThanOrEqual(400);
    }
    const file = await harmless(site.server, `/events/${slug}.ics`);
    expect(file.status, `/events/${slug.slice(0, 40)}.ics`).toBeGreaterThanOrEqual(400);
  }
});

test('very long addresses', async ({ site }) => {
  for (const length of [5_000, 60_000, 200_000]) {
    for (const path of [`/${'a'.repeat(length)}`, `/calendar?q=${'a'.repeat(length)}`, `/calendar?${'a=1&'.repeat(length / 4)}`]) {
      const answer = await harmless(site.server, path).catch((error) => {
        // A server may hang up on such a thing, once it has said so.
        if (['ECONNRESET', 'EPIPE'].includes(error.code)) return null;
        throw error;
      });
      if (answer) expect([200, 400, 404, 414, 431]).toContain(answer.status);
    }
  }
  expect((await site.server.raw('/healthz')).status).toBe(200);
});

test('the functions that pages call answer nonsense with 4xx', async ({ site }) => {
  for (const path of [
    '/api/calendar',
    '/api/calendar?lang=xx',
    '/api/calendar?lang=sv&query[view]=nonsense&default_view=month',
    '/api/calendar?lang=sv&query[date]=2026-02-30&default_view=month',
    '/api/calendar?lang=sv&query[date]=9999-12-31&default_view=agenda',
    '/api/calendar?lang=sv&query[date]=-9999-01-01&default_view=month',
    '/api/calendar?lang=sv&query[text]=%00&default_view=month',
    '/api/calendar?lang=sv&query[programme]=%00&default_view=month',
    `/api/calendar?lang=sv&query[text]=${'a'.repeat(5_000)}&default_view=month`,
    '/api/calendar/day?lang=sv',
    '/api/calendar/day?lang=sv&query[date]=9999-12-31',
    '/api/event?lang=sv&slug=..',
    '/api/event?lang=sv&slug=%00',
    '/api/event?lang=sv&slug=%ff',
    '/api/series?lang=sv&slug=%00',
    '/api/programme?lang=sv&slug=%00',
    '/api/sign-up?lang=sv&token=%00',
    '/api/sign-up?lang=sv&token=',
    '/api/nonsense',
    `/api/${escaped(HTML)}`,
  ]) {
    await harmless(site.server, path);
    await harmless(site.server, path, { method: 'POST', headers: { origin: site.url, 'sec-fetch-site': 'same-origin' } });
  }
});

test('methods that an address does not know', async ({ site }) => {
  for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'NONSENSE']) {
    for (const path of ['/', '/calendar', '/events/stafett-umea', '/feeds/calendar.ics', '/healthz', '/live']) {
      const answer = await harmless(site.server, path, { method, headers: { origin: site.url } });
      expect(answer.status, `${method} ${path}`).toBeGreaterThanOrEqual(method === 'OPTIONS' ? 200 : 400);
    }
  }
  // One may open the address that a form posts to.
  expect((await harmless(site.server, '/events/stafett-umea/sign-up')).status).toBe(200);
});

test('headers that lie', async ({ site }) => {
  for (const headers of [
    { 'accept-language': HTML },
    { 'user-agent': HTML },
    { referer: HTML.replaceAll(/[<>]/g, '') },
    { host: 'evil.example' },
    { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
    { cookie: 'a=b; session=%ff; \u00ff=1' },
    { 'accept-encoding': 'nonsense' },
    { range: 'bytes=9999999-' },
    { 'if-none-match': '"nonsense"', 'if-modified-since': 'nonsense' },
  ]) {
    const answer = await harmless(site.server, '/events/stafett-umea', { headers });
    expect(answer.text).not.toContain('evil.example');
  }
});

test('in a browser nothing of it runs', async ({ page, site, guard }) => {
  // The guard fails the test if a dialog opens or a script is refused.
  const event = await site.db.event({ starts: '2031-05-14 09:00', title_sv: HTML, summary_sv: HTML, venue: HTML, price_sv: HTML, speakers: [HTML], slots: [[60, HTML]], format: 'on_site' });
  for (const path of [event.path, `/en${event.path}`, `/calendar?view=month&date=2031-05-14&q=${encodeURIComponent(HTML)}`, '/calendar?view=agenda&date=2031-05-14', '/calendar?view=week&date=2031-05-14', `/${encodeURIComponent(HTML)}`]) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect(await page.locator('img[src="x"]').count(), path).toBe(0);
  }
  expect(guard.problems).toEqual([]);
});
