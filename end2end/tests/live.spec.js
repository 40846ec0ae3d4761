import { Door } from '../support/proxy.js';
import { Site } from '../support/server.js';
import { expect, goodForm, instant, test } from '../support/test.js';

/** A change shows on every open page within this. */
const SECOND = 1_000;
/** How long a page may take to notice that a server is back: the browser tries again by itself. */
const RECONNECT = 12_000;
/** What the browser says while its server is away. */
const AWAY = [/ERR_CONNECTION_REFUSED/, /ERR_CONNECTION_RESET/, /ERR_EMPTY_RESPONSE/, /ERR_INCOMPLETE_CHUNKED_ENCODING/, /ERR_NETWORK/];

const heading = (page) => page.getByRole('heading', { level: 1 });
const seats = (page) => page.locator('.act .seats');

/**
 * Signs up and expects `locator` to show what follows within a second. A machine that is busy with other
 * tests may miss the second; three times in a row it may not, and never for longer than the test waits.
 */
async function showsWithinASecond(change, shown) {
  let last;
  for (let time = 1; time <= 3; time += 1) {
    await change();
    const begun = Date.now();
    await shown(time);
    last = Date.now() - begun;
    if (last <= SECOND) return;
  }
  expect(last, 'milliseconds until the change showed').toBeLessThanOrEqual(SECOND);
}

test('a sign-up in one window shows in another, on every page that names the event', async ({ site, window, open }) => {
  const programme = await site.db.programme();
  const series = await site.db.series({ programme_id: programme.id });
  const event = await site.db.event({ programme_id: programme.id, series_id: series.id, starts: '2031-05-14 09:00', seats: { digital: 40 }, title_sv: 'Följs' });
  const filter = `programme=${programme.slug}`;
  const pages = [
    [event.path, (page) => seats(page)],
    [`/en${event.path}`, (page) => seats(page)],
    [`/series/${series.slug}`, (page) => page.locator('.tour .left')],
    [`/calendar?view=agenda&date=2031-05-14&${filter}`, (page) => page.locator('.row .left')],
    [`/calendar?view=week&date=2031-05-14&${filter}`, (page) => page.locator('.week .ev')],
  ];
  let left = 40;
  for (const [path, place] of pages) {
    const page = await window();
    await open(path, page);
    await expect(place(page)).toContainText(String(left));
    await showsWithinASecond(
      async () => {
        await site.server.signUp(event);
        left -= 1;
      },
      () => expect(place(page)).toContainText(new RegExp(`${left} (av|of) 40`)),
    );
    await page.context().close();
  }
});

test('by the form itself: window one signs up, window two sees it', async ({ page, site, window, open }) => {
  const event = await site.db.event({ starts: '2031-05-14 09:00', seats: { digital: 12 } });
  const other = await window();
  await open(event.path, other);
  await expect(seats(other)).toContainText('12 av 12 platser kvar');
  await open(event.path);
  const form = goodForm();
  await page.getByLabel('Namn').fill(form.name);
  await page.getByLabel('E-post').fill(form.email);
  await page.getByLabel('Organisation').fill(form.organisation);
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Anmäl dig' }).click();
  await expect(heading(page)).toHaveText('Du är anmäld');
  await expect(seats(other)).toContainText('11 av 12 platser kvar');
  await expect(other.locator('.act .seats .bar .on')).toHaveAttribute('x2', '8.3%');
  // And back.
  await page.getByText('Avanmäl mig', { exact: true }).click();
  await page.getByRole('button', { name: 'Ja, avanmäl mig' }).click();
  await expect(seats(other)).toContainText('12 av 12 platser kvar');
});

test('the start page follows the next event', async ({ page, ownSite, open }) => {
  const event = await ownSite.db.event({ starts: new Date(Date.now() + 3_600_000), ends: new Date(Date.now() + 7_200_000), seats: { digital: 30 }, title_sv: 'Om en timme' });
  await open(`${ownSite.url}/`);
  await expect(heading(page)).toHaveText('Om en timme');
  await expect(page.locator('.hero .left')).toContainText('30 av 30');
  let left = 30;
  await showsWithinASecond(
    async () => {
      await ownSite.server.signUp(event);
      left -= 1;
    },
    () => expect(page.locator('.hero .left')).toContainText(`${left} av 30`),
  );
});

test('in the month a seat line changes when the last seat goes', async ({ page, site, open }) => {
  const programme = await site.db.programme();
  const event = await site.db.event({ programme_id: programme.id, starts: '2031-05-14 09:00', seats: { digital: 1 } });
  await open(`/calendar?view=month&date=2031-05-01&programme=${programme.slug}`);
  const line = page.locator('.sheet:not(.under) .month .ev');
  await expect(line).not.toHaveClass(/is-full/);
  await site.server.signUp(event);
  await expect(line).toHaveClass(/is-full/);
  await expect(line).toContainText(', Fullt');
  await site.server.signUp(event);
  await expect(line).toHaveClass(/is-wait/);
});

test('the form turns into the waitlist\'s when the last seat goes, and keeps what is being typed', async ({ page, site, open }) => {
  const event = await site.db.event({ starts: '2031-05-14 09:00', seats: { digital: 1 } });
  await open(event.path);
  await page.getByLabel('Namn').fill('Halvskrivet');
  await site.server.signUp(event);
  await expect(page.getByRole('button', { name: 'Ställ dig på väntelistan' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Ställ dig på väntelistan' })).toBeVisible();
  await expect(page.locator('.act')).toContainText('Du blir nummer 1 på väntelistan.');
  await expect(page.getByLabel('Namn')).toHaveValue('Halvskrivet');
});

test('what is being typed stays when something else in the programme changes', async ({ page, site, open }) => {
  const event = await site.db.event({ starts: '2031-05-14 09:00', seats: { digital: 5 }, title_sv: 'Skriv här' });
  const other = await site.db.event({ starts: '2031-05-15 09:00' });
  await open(event.path);
  await page.getByLabel('Namn').fill('Halvskrivet');
  await page.getByLabel('E-post').fill('halv@');
  const read = page.waitForResponse((response) => response.url().includes('/api/'), { timeout: 3_000 }).catch(() => null);
  await site.db.change(other, { title_sv: 'Omdöpt' });
  await read;
  await site.db.change(event, { title_sv: 'Skriv här, omdöpt' });
  await expect(heading(page)).toHaveText('Skriv här, omdöpt');
  await expect(page.getByLabel('Namn')).toHaveValue('Halvskrivet');
  await expect(page.getByLabel('E-post')).toHaveValue('halv@');
  await expect(page.getByLabel('E-post')).toBeFocused();
});

test('state, time and title of an event that stands open follow what the organiser does', async ({ page, site, window, open }) => {
  const programme = await site.db.programme();
  const event = await site.db.event({ programme_id: programme.id, starts: '2031-05-14 09:00', title_sv: 'Förut' });
  const calendar = await window();
  await open(event.path);
  await open(`/calendar?view=month&date=2031-05-01&programme=${programme.slug}`, calendar);
  await site.db.change(event, { title_sv: 'Efter', starts_at: instant('2031-05-20 13:00'), ends_at: instant('2031-05-20 14:00') });
  await expect(heading(page)).toHaveText('Efter');
  await expect(page.locator('dl.facts')).toContainText('tisdag 20 maj 2031 13:00–14:00');
  await expect(calendar.locator('.sheet:not(.under) td:has([data-d=\"2031-05-20\"]) .ev')).toHaveText('13:00 Efter');
  await expect(calendar.locator('.sheet:not(.under) td:has([data-d=\"2031-05-14\"]) .ev')).toHaveCount(0);
  await site.db.change(event, { state: 'cancelled' });
  await expect(page.getByText('Aktiviteten är inställd')).toBeVisible();
  await expect(page.locator('form[action*=sign-up]')).toHaveCount(0);
  await expect(calendar.locator('.ev').first()).toContainText('Inställt');
  // A new one comes in by itself.
  await site.db.event({ programme_id: programme.id, starts: '2031-05-21 09:00', title_sv: 'Nytillkommet' });
  await expect(calendar.locator('.sheet:not(.under) td:has([data-d=\"2031-05-21\"]) .ev')).toHaveText('09:00 Nytillkommet');
});

test('a page that was read before a change is not what the next reader gets', async ({ site }) => {
  const event = await site.db.event({ starts: '2031-05-14 09:00', seats: { digital: 12 } });
  const read = async () => (await site.server.raw(event.path)).text;
  for (let left = 12; left > 9; left -= 1) {
    await expect.poll(read, { timeout: SECOND, intervals: [50] }).toContain(`${left} av 12 platser kvar`);
    expect(await read()).toContain(`${left} av 12 platser kvar`);
    await site.server.signUp(event);
  }
});

test('a screen reader is told politely', async ({ page, site, open }) => {
  const event = await site.db.event({ starts: '2031-05-14 09:00', seats: { digital: 3 }, title_sv: 'Hörs' });
  await open(event.path);
  const region = page.locator('#live');
  await expect(region).toHaveAttribute('aria-live', 'polite');
  await expect(region).toBeEmpty();
  await site.server.signUp(event);
  await expect(region).toHaveText('Hörs: 2 av 3 platser kvar');
  await open(`/en${event.path}`);
  await site.server.signUp(event);
  await expect(region).toHaveText('Hörs: 1 of 3 places left');
});

test.describe('several server processes on one database', () => {
  test('what happens at one shows at the other', async ({ page, ownSite, open }) => {
    const second = await ownSite.another();
    const event = await ownSite.db.event({ starts: '2031-05-14 09:00', seats: { digital: 12 } });
    await open(`${second.url}${event.path}`);
    let left = 12;
    await expect(seats(page)).toContainText('12 av 12');
    await showsWithinASecond(
      async () => {
        await ownSite.server.signUp(event);
        left -= 1;
      },
      () => expect(seats(page)).toContainText(`${left} av 12`),
    );
    await expect.poll(async () => (await second.raw(event.path)).text, { timeout: SECOND }).toContain(`${left} av 12`);
    // One that dies takes nothing with it.
    await ownSite.server.kill();
    await second.signUp(event);
    await expect(seats(page)).toContainText(`${left - 1} av 12`);
  });
});

test.describe('after a break', () => {
  for (const how of ['stop', 'kill']) {
    test(`a server that was gone (${how}): the page says so and catches up`, async ({ page, ownSite, open, guard }) => {
      guard.excuse(...AWAY);
      const event = await ownSite.db.event({ starts: '2031-05-14 09:00', seats: { digital: 12 }, title_sv: 'Förut' });
      await open(`${ownSite.url}${event.path}`);
      await expect(seats(page)).toContainText('12 av 12');
      await ownSite.server[how]();
      const notice = page.getByText('Kontakten bröts.');
      await expect(notice).toBeVisible();
      await ownSite.db.fill(event, 2);
      await ownSite.db.sql("update events set title_sv = 'Efter' where id = $1", [event.id]);
      await ownSite.server.start();
      await expect(seats(page)).toContainText('10 av 12', { timeout: RECONNECT });
      await expect(heading(page)).toHaveText('Efter');
      await expect(notice).toBeHidden();
      await ownSite.server.signUp(event);
      await expect(seats(page)).toContainText('9 av 12');
    });
  }

  test('a database whose connections were cut: nothing is missed', async ({ page, ownSite, open, guard }) => {
    guard.excuse(/503/);
    const event = await ownSite.db.event({ starts: '2031-05-14 09:00', seats: { digital: 12 } });
    await open(`${ownSite.url}${event.path}`);
    await expect(seats(page)).toContainText('12 av 12');
    await ownSite.db.sql('select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()');
    await ownSite.db.fill(event, 2);
    await expect(seats(page)).toContainText('10 av 12', { timeout: RECONNECT });
    await expect.poll(async () => (await ownSite.server.signUp(event)).status).toBeLessThan(300);
    await expect(seats(page)).toContainText(/\b9 av 12/);
  });

  test('a database that is away: pages say so, nothing is promised, and all goes on when it is back', async ({ page, window, guard, open }) => {
    guard.excuse(/503/, /status of 5/, ...AWAY);
    const site = await Site.create('demo');
    const door = await Door.to(site.db.url);
    try {
      const server = await site.another({ DATABASE_URL: door.url });
      const event = await site.db.event({ starts: '2031-05-14 09:00', seats: { digital: 12 } });
      await open(`${server.url}${event.path}`);
      await expect(seats(page)).toContainText('12 av 12');
      await door.shut();
      expect((await server.raw('/healthz')).status).toBe(200);
      await expect.poll(async () => (await server.raw('/readyz')).status, { timeout: 15_000 }).toBe(503);
      const other = await window();
      const response = await other.goto(`${server.url}/programmes/innovationsledning?unread`);
      expect(response.status()).toBe(503);
      await expect(heading(other)).toHaveText('Vi når inte kalendern just nu');
      expect((await server.signUp(event)).status).toBe(503);
      expect(await site.db.standing(event)).toEqual({});
      await site.server.signUp(event);
      await door.open();
      await expect.poll(async () => (await server.raw('/readyz')).status, { timeout: 15_000 }).toBe(200);
      await expect(seats(page)).toContainText('11 av 12', { timeout: RECONNECT });
      await expect.poll(async () => (await server.signUp(event)).status, { timeout: 15_000 }).toBeLessThan(300);
      await expect(seats(page)).toContainText('10 av 12');
      await other.getByRole('link', { name: 'Ladda om' }).click();
      await expect(heading(other)).toHaveText('Innovationsledning');
    } finally {
      guard.end();
      await site.remove();
      await door.remove();
    }
  });
});

test.describe('the stream itself', () => {
  /** Reads messages until `enough` says so. */
  async function listen(url, enough, onOpen = () => {}) {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), 10_000);
    const response = await fetch(url, { signal: abort.signal });
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    let text = '';
    await onOpen();
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      if (enough(text)) break;
    }
    clearTimeout(timer);
    abort.abort();
    return text;
  }

  test('tells how things stand first, and then each change', async ({ site }) => {
    const event = await site.db.event({ starts: '2031-05-14 09:00', seats: { digital: 12 } });
    const url = `${site.url}/live?events=${event.id}`;
    const first = await listen(url, (text) => text.includes('"confirmed":0'));
    expect(first).toContain(`"id":${event.id}`);
    await listen(url, (text) => text.includes('"confirmed":1'), () => site.server.signUp(event));
  });

  test('a list of nonsense is 4xx, and nobody hears of drafts', async ({ site }) => {
    for (const query of ['?events=abc', '?events=1;2', `?events=${Array.from({ length: 5_000 }, (_, index) => index).join(',')}`, '?events=99999999999999999999']) {
      const answer = await fetch(`${site.url}/live${query}`);
      expect(answer.status, query.slice(0, 40)).toBeGreaterThanOrEqual(400);
      expect(answer.status, query.slice(0, 40)).toBeLessThan(500);
      await answer.body?.cancel();
    }
    const draft = await site.db.event({ starts: '2031-05-14 09:00', state: 'draft' });
    const event = await site.db.event({ starts: '2031-05-14 09:00' });
    const text = await listen(`${site.url}/live?events=${draft.id},${event.id}`, (text) => text.includes(`"id":${event.id}`));
    expect(text).not.toContain(`"id":${draft.id}`);
  });
});

test('a page that gets no stream says so, stays usable, and is live again by itself', async ({ page, site, open, guard }) => {
  guard.excuse(/429/);
  const event = await site.db.event({ starts: '2031-05-14 09:00', seats: { digital: 9 } });
  await page.clock.install();
  await page.route('**/live?**', (route) => route.fulfill({ status: 429, headers: { 'retry-after': '15' }, body: '' }));
  await page.goto(`${site.url}${event.path}`);
  const passes = async (shown) => {
    await page.clock.runFor(1_000);
    return shown();
  };
  await expect.poll(() => passes(() => page.locator('.offline').isVisible())).toBe(true);
  await expect(seats(page)).toContainText('9 av 9');
  await site.server.signUp(event);
  await page.unroute('**/live?**');
  await expect.poll(() => passes(() => seats(page).textContent()), { timeout: 30_000, intervals: [50] }).toContain('8 av 9');
  await expect(page.locator('.offline')).toBeHidden();
});
