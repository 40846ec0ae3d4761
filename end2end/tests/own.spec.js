import axe from 'axe-core';
import { expect, goodForm, test } from '../support/test.js';

const heading = (page) => page.getByRole('heading', { level: 1 });
const pathOf = (answer) => new URL(answer.json.manage_url).pathname;
const steps = (page) => page.getByRole('region', { name: 'Det här har hänt' }).getByRole('listitem');

async function hybrid(site, seats) {
  return site.db.event({ starts: '2031-05-14 09:00', format: 'hybrid', seats });
}

async function findsNothing(page) {
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => (await window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] })).violations.map((one) => one.id));
  expect(found).toEqual([]);
}

for (const script of [true, false]) {
  test.describe(script ? 'one\'s own page' : 'one\'s own page without JavaScript', () => {
    test.use({ javaScriptEnabled: script });

    test('another way keeps the place, and the seat goes to the next in line', async ({ page, site }) => {
      const event = await hybrid(site, { on_site: 1, digital: 5 });
      const own = await site.server.signUp(event, { way: 'on_site' });
      const next = await site.server.signUp(event, { way: 'on_site' });
      expect(next.json.position).toBe(1);
      await page.goto(pathOf(own));
      await page.getByText('Delta digitalt i stället').click();
      await expect(page.getByText('5 platser är lediga.')).toBeVisible();
      await page.getByRole('button', { name: 'Ja, byt' }).click();
      await expect(heading(page)).toHaveText('Du har en plats');
      await expect(steps(page)).toHaveText([/Du anmälde dig och fick en plats/, /Du bytte till att delta digitalt/]);
      if (script) await findsNothing(page);
      await page.goto(pathOf(next));
      await expect(heading(page)).toHaveText('Du har en plats');
      await expect(steps(page)).toHaveText([/Du ställde dig på väntelistan/, /En plats blev ledig och du fick den/]);
    });

    test('where there is no room one keeps what one has, and is told', async ({ page, site }) => {
      const event = await hybrid(site, { on_site: 5, digital: 1 });
      await site.server.signUp(event, { way: 'digital' });
      const own = await site.server.signUp(event, { way: 'on_site' });
      await page.goto(`/en${pathOf(own)}`);
      await page.getByText('Take part online instead').click();
      await expect(page.getByText('It is full at the moment.')).toBeVisible();
      await page.getByRole('button', { name: 'Yes, change' }).click();
      await expect(page.getByRole('main').getByRole('status')).toContainText('You still have the place that you had.');
      await expect(heading(page)).toHaveText('You have a place');
      expect(await site.db.standing(event)).toEqual({ confirmed: 2 });
    });

    test('a reason is asked, not required, and kept', async ({ page, site }) => {
      const event = await site.db.event({ starts: '2031-05-14 09:00' });
      const silent = await site.server.signUp(event);
      const talks = await site.server.signUp(event);
      for (const [own, reason] of [[silent, ''], [talks, 'Krockar med nämnden, "tyvärr" <b>']]) {
        await page.goto(pathOf(own));
        await page.getByText('Avanmäl mig', { exact: true }).click();
        await page.getByLabel('Varför?').fill(reason);
        await page.getByRole('button', { name: 'Ja, avanmäl mig' }).click();
        await expect(heading(page)).toHaveText('Du är avanmäld');
        await expect(steps(page).last()).toContainText('Du avanmälde dig');
      }
      const reasons = await site.db.sql('select cancel_reason as reason from sign_ups where event_id = $1 order by id', [event.id]);
      expect(reasons).toEqual([{ reason: null }, { reason: 'Krockar med nämnden, "tyvärr" <b>' }]);
    });
  });
}

test('changing the way as a program does, and as nobody should', async ({ ownSite: site }) => {
  const event = await hybrid(site, { on_site: 1, digital: 1 });
  const own = await site.server.signUp(event, { way: 'on_site' });
  const change = async (fields, path = pathOf(own)) => (await site.server.post(`${path}/way`, fields, { accept: 'application/json' })).status;
  expect(await change({ way: 'teleport' })).toBe(409);
  expect(await change({})).toBe(409);
  expect(await change({ way: 'digital' }, '/sign-ups/somebody-elses-00000000')).toBe(404);
  // The same twice, and two windows at once.
  const answers = await Promise.all([change({ way: 'digital' }), change({ way: 'digital' })]);
  expect(answers).toEqual([200, 200]);
  expect(await site.db.value('select count(*) from sign_ups where event_id = $1', [event.id])).toBe(1);
  const elsewhere = await site.server.post(`${pathOf(own)}/way`, { way: 'on_site' }, { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' });
  expect(elsewhere.status).toBe(403);
  await site.db.sql('update events set starts_at = now() - interval \'1 minute\', ends_at = now() + interval \'1 hour\' where id = $1', [event.id]);
  expect(await change({ way: 'on_site' })).toBe(409);
});

// What is near in time is what the start page shows: these have a site of their own.
test.describe('the way to the meeting', () => {
  const soon = (minutes) => new Date(Date.now() + minutes * 60_000);

  async function meeting(site, starts, fields = {}) {
    return site.db.event({ starts, meeting_url: 'https://meet.example.org/rum-1', ...fields });
  }

  test('opens a quarter of an hour before, and writes down who came', async ({ page, ownSite: site }) => {
    const event = await meeting(site, soon(14));
    const own = await site.server.signUp(event);
    await page.goto(site.url + pathOf(own));
    const link = page.getByRole('link', { name: 'Gå till mötet' });
    expect(await page.content()).not.toContain('meet.example.org');
    const address = await link.getAttribute('href');
    const answer = await site.server.raw(address, { headers: { 'sec-fetch-mode': 'navigate' } });
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toBe('https://meet.example.org/rum-1');
    expect(answer.headers['referrer-policy']).toBe('same-origin');
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(await site.db.standing(event)).toEqual({ attended: 1 });
    await page.reload();
    await expect(heading(page)).toHaveText('Du var med');
    await expect(steps(page).last()).toContainText('Du var med');
  });

  test('what only looks at a link was not there', async ({ ownSite: site }) => {
    const event = await meeting(site, soon(5));
    const own = await site.server.signUp(event);
    const address = `${event.path}/join?ticket=${pathOf(own).split('/').pop()}`;
    for (const [method, headers] of [['GET', { 'sec-purpose': 'prefetch' }], ['GET', { 'sec-fetch-mode': 'cors' }], ['HEAD', {}]]) {
      await site.server.raw(address, { method, headers });
    }
    expect(await site.db.standing(event)).toEqual({ confirmed: 1 });
  });

  test('everybody else is told why not', async ({ page, ownSite: site }) => {
    const early = await meeting(site, soon(40));
    const now = await meeting(site, soon(5), { seats: { digital: 1 } });
    const holder = await site.server.signUp(now);
    const waits = await site.server.signUp(now);
    const ticket = (answer) => pathOf(answer).split('/').pop();
    const tooEarly = await site.server.signUp(early);
    for (const [path, status, title] of [
      [`${early.path}/join?ticket=${ticket(tooEarly)}`, 403, 'Mötet har inte öppnat än'],
      [`${now.path}/join?ticket=${ticket(waits)}`, 403, 'Du står på väntelistan'],
      [`${now.path}/join`, 401, 'Vi ser inte vem du är'],
      // A ticket opens its own event alone.
      [`${early.path}/join?ticket=${ticket(holder)}`, 401, 'Vi ser inte vem du är'],
      [`/en${early.path}/join?ticket=${ticket(tooEarly)}`, 403, 'The meeting is not open yet'],
      ['/events/finns-inte/join', 404, 'Här finns inget stopp'],
    ]) {
      const response = await page.goto(site.url + path);
      expect(response.status(), path).toBe(status);
      await expect(heading(page)).toHaveText(title);
      expect(await page.content()).not.toContain('meet.example.org');
    }
    await page.goto(`${site.url}${early.path}/join?ticket=${ticket(tooEarly)}`);
    await findsNothing(page);
    await page.getByRole('link', { name: 'Tillbaka till aktiviteten' }).click();
    await expect(heading(page)).toHaveText(early.title);
  });
});
