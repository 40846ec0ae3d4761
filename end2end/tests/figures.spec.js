// How an event fills: seats as bars, the curve, organisations and municipalities; and opening, closing, seats.
import { session, signIn } from '../support/account.js';
import { complaints, violations } from '../support/axe.js';
import { crowd, withRole } from '../support/organiser.js';
import { expect, test } from '../support/test.js';

const awake = (page) => page.waitForSelector('.roll[data-awake]');
const said = (page, text) => expect(page.getByRole('main').getByRole('status').filter({ hasText: text })).toBeVisible();

async function eventOf(site, fields = {}) {
  const programme = await site.db.programme();
  const event = await site.db.event({ programme_id: programme.id, starts: '2031-05-14 09:00', seats: { digital: 20 }, ...fields });
  return { event, programme, email: await withRole(site.db, programme.id), address: `${site.url}/organise/events/${event.slug}` };
}

for (const script of [true, false]) {
  test.describe(script ? 'the figures' : 'the figures without JavaScript', () => {
    test.use({ javaScriptEnabled: script });

    test('each picture says the same in figures', async ({ page, site }) => {
      const { event, email, address } = await eventOf(site, { format: 'hybrid', venue: 'Aulan', seats: { digital: 30, on_site: 2 } });
      await crowd(site.db, event, 14, { organisation: "case when n < 4 then 'Örebro kommun' when n = 4 then 'Malmö stad' else 'Bolag ' || n end" });
      await crowd(site.db, event, 1, { status: 'requested', organisation: "'örebro KOMMUN'" });
      await crowd(site.db, event, 2, { way: 'on_site', organisation: "'Bolag A'" });
      await crowd(site.db, event, 3, { way: 'on_site', status: 'waitlisted', organisation: "'Umeå kommun'" });
      await signIn(page, site, email);
      await page.goto(address);
      if (script) await awake(page);
      await expect(page.getByText('15 av 30 platser tagna (1 väntar på svar)')).toBeVisible();
      await expect(page.getByText('2 av 2 platser tagna, 3 på väntelistan')).toBeVisible();
      const course = page.locator('.course');
      await expect(course.getByText('17 har plats')).toBeVisible();
      await expect(course.getByText('3 på väntelistan')).toBeVisible();
      await expect(course.getByText('32 platser finns')).toBeVisible();
      await course.locator('summary').click();
      await expect(course.getByRole('row').nth(1)).toContainText('17');
      await page.locator('#reach > summary').click();
      await expect(page.locator('#reach > summary')).toContainText('13 organisationer, 2 av 290 kommuner');
      const ranking = page.locator('.ranking li');
      await expect(ranking).toHaveCount(10);
      await expect(ranking.first()).toHaveText(/Örebro kommun\s*4/);
      await expect(ranking.nth(1)).toHaveText(/Bolag A\s*2/);
      await page.getByRole('link', { name: 'Visa alla 13' }).click();
      await expect(ranking).toHaveCount(13);
      expect(new URL(page.url()).searchParams.get('organisations')).toBe('all');
      await expect(page.locator('.counties')).toBeVisible();
      await page.locator('summary', { hasText: 'Alla 290 kommuner som text' }).click();
      await expect(page.getByText('Örebro län: 1 av 12')).toBeVisible();
      await expect(page.locator('.places')).toContainText('Örebro 4');
      await expect(page.locator('.places dd')).toHaveCount(21);
    });

    test('sign-up is closed and opened at once, and undone', async ({ page, site }) => {
      const { event, email, address } = await eventOf(site);
      await signIn(page, site, email);
      await page.goto(address);
      if (script) await awake(page);
      await page.getByRole('button', { name: 'Stäng anmälan nu' }).click();
      await said(page, 'Anmälan är stängd.');
      const answer = await site.server.post(`${event.path}/sign-up`, { name: 'Sen', email: 'sen@exempel.se', organisation: 'X', consent: 'yes' }, { accept: 'application/json' });
      expect(answer.status).toBe(409);
      await page.getByRole('button', { name: /^Ångra: Anmälan stängdes kl/ }).click();
      await said(page, 'Ångrat. Anmälan är öppen eller stängd som förut.');
      await site.server.signUp(event);
      await page.getByRole('button', { name: 'Stäng anmälan nu' }).click();
      await page.getByRole('button', { name: 'Öppna anmälan nu' }).click();
      await said(page, 'Anmälan är öppen.');
      await site.server.signUp(event, { email: `tva-${event.slug}@exempel.se` });
    });

    test('seats are added and taken away, and nobody loses a place', async ({ page, site }) => {
      const { event, email, address } = await eventOf(site, { seats: { digital: 3 } });
      await crowd(site.db, event, 3);
      await crowd(site.db, event, 2, { status: 'waitlisted', name: "'Väntar ' || n" });
      await signIn(page, site, email);
      await page.goto(address);
      const change = async (seats) => {
        if (script) await awake(page);
        if ((await page.locator('#room').getAttribute('open')) === null) await page.locator('#room > summary').click();
        await page.locator('#room-digital').fill(seats);
        await page.locator('#room').getByRole('button', { name: 'Ändra' }).click();
      };
      await change('tolv');
      await expect(page.locator('#room-digital-error')).toContainText('Skriv ett heltal');
      await expect(page.locator('#room-digital')).toHaveValue('tolv');
      if (script) await awake(page);
      if (script) expect(await violations(page)).toEqual([]);
      await change('1');
      await said(page, 'Sparat. Det är nu fler anmälda än platser');
      await expect(page.getByText('2 fler har plats än det finns platser.')).toBeVisible();
      expect(await site.db.standing(event)).toEqual({ confirmed: 3, waitlisted: 2 });
      await change('4');
      await said(page, 'Antalet platser är ändrat.');
      await expect(page.getByText('4 av 4 platser tagna, 1 på väntelistan')).toBeVisible();
      await page.getByRole('button', { name: /^Ångra: Digitala platser från 1 till 4/ }).click();
      await said(page, 'Ångrat. Antalet platser är som förut');
      expect(await site.db.standing(event)).toEqual({ confirmed: 4, waitlisted: 1 });
      await page.getByRole('button', { name: /^Ångra: Digitala platser från 3 till 1/ }).click();
      await expect(page.getByText('4 av 3 platser tagna, 1 på väntelistan')).toBeVisible();
      expect(await site.db.value("select count(*) from mails where event_id = $1 and kind = 'promoted'", [event.id])).toBe(1);
    });
  });
}

test('the figures follow within seconds, and nothing that is typed is lost', async ({ page, site, window }) => {
  const { event, email, address } = await eventOf(site);
  const other = await window();
  for (const each of [page, other]) {
    await signIn(each, site, email);
    await each.goto(address);
    await awake(each);
  }
  await expect(page.getByText('Kurvan börjar när')).toBeVisible();
  await page.locator('#room > summary').click();
  await page.locator('#room-digital').fill('77');
  await page.locator('#reach > summary').click();
  await site.server.signUp(event, { organisation: 'Umeå kommun' });
  await expect(page.getByText('1 av 20 platser tagna')).toBeVisible({ timeout: 1000 });
  await expect(page.locator('.course').getByText('1 har plats')).toBeVisible({ timeout: 2500 });
  await expect(page.locator('.ranking li')).toHaveText([/Umeå kommun\s*1/], { timeout: 2500 });
  await expect(page.locator('.counties .reached')).toHaveText(['AC1/15'], { timeout: 2500 });
  // The other closes sign-up.
  await other.getByRole('button', { name: 'Stäng anmälan nu' }).click();
  await expect(page.getByRole('button', { name: 'Öppna anmälan nu' })).toBeVisible({ timeout: 2500 });
  await expect(page.locator('#room-digital')).toHaveValue('77');
  await expect(page.locator('#room-digital')).toBeVisible();
});

test('the figures are read at most once a second', async ({ page, site }) => {
  const { event, email, address } = await eventOf(site, { seats: { digital: 500 } });
  await signIn(page, site, email);
  await page.goto(address);
  await awake(page);
  await page.waitForTimeout(1500);
  let read = 0;
  page.on('request', (request) => { if (request.url().includes('/api/organise-figures')) read += 1; });
  const until = Date.now() + 4000;
  for (let n = 0; Date.now() < until; n += 1) await site.server.signUp(event, { email: `snabb-${n}-${event.slug}@exempel.se` });
  expect(read).toBeGreaterThan(1);
  expect(read).toBeLessThan(6);
});

test('a host sees the figures and nothing to change', async ({ page, site }) => {
  const { event, programme, address } = await eventOf(site);
  await crowd(site.db, event, 2);
  const host = await withRole(site.db, programme.id, 'host');
  await signIn(page, site, host);
  await page.goto(address);
  await expect(page.locator('.course').getByText('2 har plats')).toBeVisible();
  await expect(page.locator('.steering')).toHaveCount(0);
  const cookie = await session(site, host);
  for (const what of ['open', 'close', 'seats', 'move']) {
    const answer = await site.server.post(`/organise/events/${event.slug}/${what}`, { 'room-digital': '1', sign_up: '1' }, { cookie });
    expect(answer.status, what).toBe(403);
  }
  expect((await site.server.raw(`/api/organise-figures?lang=sv&slug=${event.slug}&all=false`)).status).toBe(401);
});

for (const [lang, prefix] of [['sv', ''], ['en', '/en']]) {
  test(`on a phone and on a desk, with long names, ${lang}`, async ({ page, site }) => {
    test.setTimeout(90_000);
    const { event, email } = await eventOf(site, { format: 'hybrid', venue: 'Aulan', seats: { digital: 300, on_site: 1 } });
    await crowd(site.db, event, 90, { organisation: "case n % 3 when 0 then repeat('Organisation', 16) when 1 then '=1+1' else 'Kommun ' || n end" });
    await crowd(site.db, event, 20, { status: 'waitlisted', way: 'on_site' });
    await signIn(page, site, email, { lang });
    await page.goto(`${site.url}${prefix}/organise/events/${event.slug}?organisations=all`);
    await awake(page);
    for (const summary of await page.locator('.figures summary').all()) {
      if ((await summary.evaluate((node) => node.parentElement.open)) === false) await summary.click();
    }
    expect(await complaints(page, lang)).toEqual([]);
  });
}
