// The log of what organisers did: there at once, found again, and only for whom it is.
import { session, signIn } from '../support/account.js';
import { violations } from '../support/axe.js';
import { crowd, withRole } from '../support/organiser.js';
import { expect, test } from '../support/test.js';

/** An event of a programme with an organiser, after whom one can look. */
async function theirs(site, name) {
  const programme = await site.db.programme();
  const email = await withRole(site.db, programme.id);
  await site.db.sql('update people set name = $2 where email_key = $1', [email, name]);
  const event = await site.db.event({ programme_id: programme.id, starts: '2031-05-14 09:00', title_sv: `Möte med ${name}`, seats: { digital: 20 } });
  return { event, programme, email };
}

for (const script of [true, false]) {
  test.describe(script ? 'the log' : 'the log without JavaScript', () => {
    test.use({ javaScriptEnabled: script });

    test('says who changed what, from what to what, and lets one look for it', async ({ page, site }) => {
      const name = script ? 'Åsa O’Öberg' : 'Örjan D’Åkesson';
      const { event, email } = await theirs(site, name);
      await crowd(site.db, event, 2, { name: "'Log <b>' || n" });
      await signIn(page, site, email);
      await page.goto(`${site.url}/organise/events/${event.slug}/edit`);
      await page.getByLabel('Titel', { exact: true }).fill('Ny rubrik <i>');
      await page.getByRole('button', { name: 'Spara', exact: true }).click();
      await expect(page.getByText('Sparat', { exact: false }).first()).toBeVisible();
      const taken = await session(site, email);
      expect((await site.server.raw(`/organise/events/${event.slug}/list.csv`, { headers: { cookie: taken } })).status).toBe(200);

      await page.goto(`${site.url}/organise/log`);
      const entries = page.locator('ol.log > li');
      await expect(entries.first()).toContainText(`${name} tog ut listan över anmälda`);
      const change = entries.filter({ hasText: 'ändrade en aktivitet' }).first();
      await expect(change).toContainText(`Möte med ${name}`);
      await expect(change).toContainText('Ny rubrik <i>');

      // Looked for by what, by who, and by when: the address has it.
      await page.getByLabel('Vad', { exact: true }).selectOption({ label: 'Aktiviteter' });
      await page.getByLabel('Vem', { exact: true }).fill(name.slice(0, 5));
      await page.getByRole('button', { name: 'Visa', exact: true }).click();
      await expect(page).toHaveURL(/subject=events/);
      await expect(entries).toHaveCount(1);
      await expect(entries).toContainText('ändrade en aktivitet');
      await page.getByLabel('Till och med').fill('2020-01-01');
      await page.getByRole('button', { name: 'Visa', exact: true }).click();
      await expect(page.getByText('Inget passar det du söker.')).toBeVisible();
      await expect(page.getByLabel('Vem', { exact: true })).toHaveValue(name.slice(0, 5));
      if (script) expect(await violations(page)).toEqual([]);
    });
  });
}

test('of other programmes nothing, and nothing at all for who organises nothing', async ({ page, site }) => {
  const mine = await theirs(site, 'Min Egen');
  const other = await theirs(site, 'Någon Annan');
  for (const { event, email } of [mine, other]) {
    const cookie = await session(site, email);
    expect((await site.server.raw(`/organise/events/${event.slug}/list.csv`, { headers: { cookie } })).status).toBe(200);
  }
  await signIn(page, site, mine.email);
  await page.goto(`${site.url}/organise/log`);
  await expect(page.locator('ol.log')).toContainText('Min Egen');
  await expect(page.locator('ol.log')).not.toContainText('Någon Annan');
  // Somebody else's event in the address shows nothing of theirs.
  await page.goto(`${site.url}/organise/log?event=${other.event.slug}`);
  await expect(page.getByText('Inget passar det du söker.')).toBeVisible();

  const nobody = await session(site, 'ingen-arrangor@exempel.se');
  expect((await site.server.raw('/organise/log', { headers: { cookie: nobody } })).status).toBe(403);
});

test('the application cannot change it', async ({ site }) => {
  const { event, email } = await theirs(site, 'Spår Spårsson');
  const cookie = await session(site, email);
  await site.server.raw(`/organise/events/${event.slug}/list.csv`, { headers: { cookie } });
  await expect(site.db.sql('update audit_log set deed = $1', ['delete'])).rejects.toThrow(/audit/i);
  await expect(site.db.sql('delete from audit_log')).rejects.toThrow(/audit/i);
  await expect(site.db.sql('truncate audit_log')).rejects.toThrow(/audit/i);
});

test('more than a page of it, on a phone, in English', async ({ page, site }) => {
  const { event, programme, email } = await theirs(site, 'Ulla Upprepad');
  const { id } = (await site.db.sql('select id from people where email_key = $1', [email]))[0];
  await site.db.sql(
    `with a as (select set_config('stafett.actor', $1::text, true))
     insert into materials (programme_id, event_id, position, kind, title, url)
     select $2, $3, n, 'link', repeat('Långtord', 12) || ' 🙂 ' || n, 'https://example.org/' || n from a, generate_series(1, 70) n`,
    [id, programme.id, event.id],
  );
  await page.setViewportSize({ width: 320, height: 700 });
  await signIn(page, site, email, { lang: 'en' });
  await page.goto(`${site.url}/en/organise/log`);
  await expect(page.locator('ol.log > li')).toHaveCount(50);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  expect(await violations(page)).toEqual([]);
  await page.getByRole('link', { name: 'Show earlier' }).click();
  // And the role that was given to her, by nobody in particular.
  await expect(page.locator('ol.log > li')).toHaveCount(21);
});
