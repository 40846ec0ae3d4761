import { signIn } from '../support/account.js';
import { complaints } from '../support/axe.js';
import { withRole } from '../support/organiser.js';
import { expect, test } from '../support/test.js';

/** Two programmes with a speaker who is wanted at two places at once, a room that is, and drafts of both. */
async function clashing(site) {
  const programme = await site.db.programme({ title_sv: 'Vårt program' });
  const other = await site.db.programme({ title_sv: 'Andras program' });
  const email = await withRole(site.db, programme.id);
  const person = await site.db.presenter('Upptagen Ulla');
  const at = async (title_sv, starts, { speaks = false, ...fields }) => {
    const event = await site.db.event({ title_sv, starts, ...fields });
    if (speaks) await site.db.insert('event_speakers', { event_id: event.id, person_id: person.id, position: 1 });
    return event;
  };
  await at('Mitt utkast', '2033-02-15 09:00', { programme_id: programme.id, state: 'draft', speaks: true });
  await at('Andras aktivitet', '2033-02-15 09:30', { programme_id: other.id, speaks: true });
  await at('Andras utkast', '2033-02-15 09:30', { programme_id: other.id, state: 'draft', speaks: true });
  await at('Morgon i salen', '2033-02-17 08:00', { programme_id: programme.id, format: 'on_site', venue: 'Stora salen' });
  await at('Också i salen', '2033-02-17 08:30', { programme_id: other.id, format: 'on_site', venue: 'stora salen' });
  await at('Efteråt i salen', '2033-02-17 09:30', { programme_id: other.id, format: 'on_site', venue: 'Stora salen' });
  return { programme, email };
}

for (const script of [true, false]) {
  test.describe(script ? 'the planners’ calendar' : 'the planners’ calendar without JavaScript', () => {
    test.use({ javaScriptEnabled: script });

    test('what collides is told at the event and in a list, holidays are seen, others’ drafts are not', async ({ page, ownSite: site }) => {
      const { email } = await clashing(site);
      await signIn(page, site, email);
      await page.goto(`${site.url}/organise`);
      await page.getByRole('link', { name: 'Planeringskalender' }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Planeringskalender');
      await page.goto(`${site.url}/organise/calendar?month=2033-02`);
      await expect(page.getByRole('heading', { name: 'februari 2033' })).toBeVisible();
      await expect(page.getByText('sportlov i många kommuner').first()).toBeVisible();
      await expect(page.getByText('Andras utkast')).toHaveCount(0);
      const mine = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: /^09:00–10:00 Mitt utkast/ }) }).last();
      await expect(mine).toContainText('utkast');
      await expect(mine.locator('summary')).toHaveText('Krockar: medverkande');
      await mine.locator('summary').focus();
      await page.keyboard.press('Enter');
      await expect(mine.getByText('Upptagen Ulla medverkar i båda.')).toBeVisible();
      await expect(page.locator('details.collides')).toHaveCount(4);

      await page.getByRole('link', { name: '2 krockar i de här veckorna.' }).click();
      await expect(page.getByRole('heading', { name: '2 krockar' })).toBeVisible();
      await page.getByRole('navigation', { name: 'Sorters krockar' }).getByRole('link', { name: 'Lokaler' }).click();
      await expect(page.locator('.clash-list > li')).toHaveCount(1);
      await expect(page.locator('.clash-list')).toContainText('Båda är i lokalen Stora salen.');
      await page.getByRole('link', { name: 'mars 2033', exact: true }).click();
      await expect(page.getByRole('heading', { name: 'Inget krockar' })).toBeVisible();
      await page.getByRole('link', { name: 'Månad', exact: true }).click();
      await expect(page.getByRole('heading', { name: 'mars 2033' })).toBeVisible();
      await page.goto(`${site.url}/organise/calendar?month=2033-05`);
      await expect(page.getByText('Kristi himmelsfärds dag')).toBeVisible();

      // The event's own form says it, too, with a way to the other; once it is moved there is nothing to say.
      await page.goto(`${site.url}/organise/calendar?month=2033-02`);
      await page.getByRole('link', { name: /Mitt utkast/ }).first().click();
      const beside = page.getByRole('region', { name: 'Krockar med en annan aktivitet' });
      await expect(beside).toContainText('09:30–10:30');
      await expect(beside).toContainText('Upptagen Ulla medverkar i båda.');
      expect(new URL(await beside.getByRole('link').evaluate((link) => link.href)).pathname).toMatch(/^\/events\//);
      await page.getByLabel('Börjar', { exact: true }).fill('10:30');
      await page.getByLabel('Slutar', { exact: true }).fill('11:30');
      await page.getByRole('button', { name: 'Spara', exact: true }).last().click();
      await expect(page.getByRole('main').getByRole('status').first()).toContainText('Sparat');
      await expect(beside).toHaveCount(0);
      await page.getByLabel('Börjar', { exact: true }).fill('10:00');
      await page.getByRole('button', { name: 'Spara', exact: true }).last().click();
      await expect(beside).toBeVisible();
    });
  });
}

test('what is no month is this one, and an event leads to its form', async ({ page, ownSite: site }) => {
  const { email } = await clashing(site);
  await signIn(page, site, email);
  expect((await page.goto(`${site.url}/organise/calendar?month=nonsens&view=x&what=y`)).status()).toBe(200);
  await page.goto(`${site.url}/organise/calendar?month=2033-02`);
  await page.getByRole('link', { name: /Mitt utkast/ }).first().click();
  await expect(page.getByLabel('Titel', { exact: true })).toHaveValue('Mitt utkast');
});

for (const [lang, prefix] of [['sv', ''], ['en', '/en']]) {
  test(`the planners’ calendar is accessible and fits (${lang})`, async ({ page, ownSite: site }) => {
    const { email } = await clashing(site);
    await signIn(page, site, email, { lang });
    for (const path of ['?month=2033-02', '?month=2033-02&view=clashes']) {
      await page.goto(`${site.url}${prefix}/organise/calendar${path}`);
      for (const summary of await page.locator('main summary').all()) await summary.click();
      expect(await complaints(page, lang)).toEqual([]);
    }
  });
}

test('a year of 2,000 events is shown, all of it', async ({ page, ownSite: site }) => {
  const programme = await site.db.programme();
  await site.db.sql(
    `insert into events (slug, programme_id, kind, state, title_sv, starts_at, ends_at, format)
     select 'stor-' || n, $1, 'seminar', 'published', 'Aktivitet nummer ' || n, t, t + interval '1 hour', 'digital'
     from (select n, '2034-01-02 07:00Z'::timestamptz + make_interval(days => n % 360, hours => n % 5) as t from generate_series(1, 2000) n) it`,
    [programme.id],
  );
  await signIn(page, site, await withRole(site.db, programme.id));
  // How quick that is, `make bench` measures (scripts/bench/day.sh).
  await page.goto(`${site.url}/organise/calendar?month=2034-03`);
  const inMarch = await site.db.value("select count(*)::int from events where slug like 'stor-%' and to_char(starts_at at time zone 'Europe/Stockholm', 'YYYY-MM') = '2034-03'");
  expect(await page.getByRole('main').getByRole('link', { name: /Aktivitet nummer/ }).count()).toBeGreaterThanOrEqual(inMarch);
  expect((await page.goto(`${site.url}/organise/calendar?month=2034-01&view=clashes`)).status()).toBe(200);
});
