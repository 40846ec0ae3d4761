import { signIn } from '../support/account.js';
import { crowd, withRole } from '../support/organiser.js';
import { expect, test } from '../support/test.js';

const people = (page) => page.locator('.person');
const said = (page, text) => page.getByRole('main').getByRole('status').filter({ hasText: text });

for (const script of [true, false]) {
  test.describe(script ? 'attendance' : 'attendance without JavaScript', () => {
    test.use({ javaScriptEnabled: script });

    test('once the event has begun: some were there, the rest did not come, and it can be undone', async ({ page, ownSite }) => {
      const programme = await ownSite.db.programme();
      const event = await ownSite.db.event({ programme_id: programme.id, starts: '2031-05-14 09:00', seats: { digital: 50 } });
      await crowd(ownSite.db, event, 4, { name: "'Nr ' || n" });
      await crowd(ownSite.db, event, 1, { status: 'waitlisted', name: "'I kön'" });
      await signIn(page, ownSite, await withRole(ownSite.db, programme.id));
      const address = `${ownSite.url}/organise/events/${event.slug}`;
      const open = async () => {
        await page.goto(address);
        if (script) await page.waitForSelector('.roll[data-awake]');
      };
      await open();
      await expect(page.getByRole('button', { name: 'Var med' })).toBeHidden();
      await ownSite.db.change(event, { starts_at: new Date(Date.now() - 60_000), ends_at: new Date(Date.now() + 3_600_000) });
      await open();
      await page.getByLabel('Välj Nr 1').check();
      await page.getByLabel('Välj Nr 2').check();
      await page.getByRole('button', { name: 'Var med' }).click();
      await expect(said(page, 'Noterat: de var med.')).toBeVisible();
      expect(await ownSite.db.standing(event)).toEqual({ attended: 2, confirmed: 2, waitlisted: 1 });
      if (script) await page.getByRole('button', { name: 'Välj alla på sidan' }).click();
      else for (const box of await page.locator('.person > input').all()) await box.check();
      await page.locator('summary', { hasText: 'Kom inte' }).click();
      await page.getByRole('button', { name: 'Kom inte' }).click();
      await expect(said(page, 'Noterat: de kom inte.')).toBeVisible();
      expect(await ownSite.db.standing(event)).toEqual({ attended: 2, no_show: 2, waitlisted: 1 });
      await expect(people(page).filter({ hasText: 'Nr 3' })).toContainText('kom inte');
      await page.getByRole('button', { name: /^Ångra: 2 kom inte/ }).click();
      await expect(said(page, 'Ångrat.')).toBeVisible();
      expect(await ownSite.db.standing(event)).toEqual({ attended: 2, confirmed: 2, waitlisted: 1 });
    });
  });
}
