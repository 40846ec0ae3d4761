// A hall of three thousand at the door. How quick it is, `make bench` measures (scripts/bench/day.sh).
import { signIn } from '../support/account.js';
import { crowd, withRole } from '../support/organiser.js';
import { expect, test } from '../support/test.js';

test('three thousand: whoever is searched for is found, and of another door\'s change only what changed is read', async ({ page, ownSite }) => {
  test.setTimeout(120_000);
  const programme = await ownSite.db.programme();
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Stockholm' }).format(new Date());
  const event = await ownSite.db.event({
    programme_id: programme.id, starts: `${day} 00:00`, ends: `${day} 23:59`, format: 'on_site', venue: 'Mässan', seats: { on_site: 4000 },
  });
  await crowd(ownSite.db, event, 3000, { way: 'on_site', name: "'Nr ' || lpad(n::text, 4, '0') || ' Åkesson'" });
  await signIn(page, ownSite, await withRole(ownSite.db, programme.id));
  await page.goto(`${ownSite.url}/organise/events/${event.slug}/door`);
  await page.waitForSelector('.at-the-door[data-awake]');
  await page.waitForTimeout(3_000);
  await page.getByRole('searchbox').fill('2147');
  await expect(page.locator('.guest')).toHaveCount(1);
  const sizes = [];
  page.on('response', async (response) => {
    if (new URL(response.url()).pathname === '/api/organise-door') sizes.push((await response.body()).length);
  });
  const id = await ownSite.db.value("select id from sign_ups where event_id = $1 and name like 'Nr 2147%'", [event.id]);
  await ownSite.db.sql("update sign_ups set status = 'attended' where id = $1", [id]);
  await ownSite.db.tell(event.id);
  await expect(page.locator('.guest')).toContainText('Är här');
  expect(Math.max(...sizes)).toBeLessThan(20_000);
});
