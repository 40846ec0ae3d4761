// The screen for the room.
import { signIn } from '../support/account.js';
import { violations } from '../support/axe.js';
import { crowd, withRole } from '../support/organiser.js';
import { expect, test } from '../support/test.js';

async function hall(site) {
  const programme = await site.db.programme();
  const minutes = (count) => new Date(Date.now() + count * 60_000);
  const slots = ['Inledning', 'Samtal', 'Frågor'].map((title) => [25, title, `${title} (en)`]);
  const event = await site.db.event({ programme_id: programme.id, starts: '2031-05-14 09:00', format: 'on_site', venue: 'Aulan', seats: { on_site: 40 }, slots });
  await site.db.change(event, { starts_at: minutes(-10), ends_at: minutes(60) });
  await crowd(site.db, event, 3, { way: 'on_site' });
  return { event, email: await withRole(site.db, programme.id), screen: `/organise/events/${event.slug}/screen` };
}

for (const [lang, prefix, now, next] of [['sv', '', 'Nu', 'Sedan'], ['en', '/en', 'Now', 'Next']]) {
  test(`shows what is on, who has come and the way to the page, ${lang}`, async ({ page, ownSite }) => {
    const { event, email, screen } = await hall(ownSite);
    await signIn(page, ownSite, email, { lang });
    await page.setViewportSize({ width: 1920, height: 1080 });
    await page.goto(`${ownSite.url}${prefix}${screen}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByRole('heading', { name: new RegExp(`^${now} `) })).toBeVisible();
    await expect(page.getByRole('heading', { name: new RegExp(`^${next} `) })).toBeVisible();
    await expect(page.locator('.is-on')).toContainText('Inledning');
    await expect(page.locator('.on > section').last()).toContainText('Samtal');
    await expect(page.locator('.leads')).toContainText(`${prefix}/events/${event.slug}`);
    await expect(page.getByText(lang === 'sv' ? '0 av 3 har kommit' : '0 of 3 have come')).toBeVisible();
    // Live.
    await page.waitForRequest((request) => new URL(request.url()).pathname === '/live', { timeout: 5_000 }).catch(() => {});
    await ownSite.db.sql("update sign_ups set status = 'attended' where event_id = $1 and name = 'Deltagare 1'", [event.id]);
    await ownSite.db.tell(event.id);
    await expect(page.getByText(lang === 'sv' ? '1 av 3 har kommit' : '1 of 3 have come')).toBeVisible({ timeout: 2_000 });
    // Nothing in the way, nothing to scroll.
    await expect(page.getByRole('button')).toHaveCount(0);
    await expect(page.getByRole('link')).toHaveCount(0);
    for (const [width, height] of [[1920, 1080], [1280, 720], [1024, 768]]) {
      await page.setViewportSize({ width, height });
      expect(await page.locator('.room').evaluate((room) => [room.scrollHeight <= room.clientHeight, room.scrollWidth <= room.clientWidth]), `${width}`).toEqual([true, true]);
    }
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      expect(await violations(page)).toEqual([]);
    }
  });
}
