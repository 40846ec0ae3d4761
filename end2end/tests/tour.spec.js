// A whole tour, as those use it who are new to it: planned, filled by two browsers at once, changed, checked in
// without a network, handed over. In Swedish on a laptop, in English on a phone.
import { readFile } from 'node:fs/promises';
import { signIn } from '../support/account.js';
import { withRole } from '../support/organiser.js';
import { expect, test, unique } from '../support/test.js';

const WORDS = {
  sv: {
    newSeries: 'Ny serie', add: 'Lägg till en rad', show: 'Visa datumen', make: 'Gör 7 utkast', publish: 'Publicera alla 7', published: 'Hela serien är publicerad.',
    name: 'Namn', email: 'E-post', organisation: 'Organisation', signUp: 'Anmäl dig', join: 'Ställ dig på väntelistan', place: 'Du är anmäld', line: 'väntelistan', saved: 'Sparat.',
    who: 'Vem får länken?', link: 'Skapa en länk', checkIn: 'Checka in', off: 'Utan nät.', kept: 'Sparad här, inte skickad än', sent: 'Nätet är tillbaka, och allt som sparats här är skickat.', here: 'var med',
  },
  en: {
    newSeries: 'New series', add: 'Add a row', show: 'Show the dates', make: 'Make 7 drafts', publish: 'Publish all 7', published: 'The whole series is published.',
    name: 'Name', email: 'E-mail', organisation: 'Organisation', signUp: 'Sign up', join: 'Join the waitlist', place: 'You are signed up', line: 'waitlist', saved: 'Saved.',
    who: 'Who gets the link?', link: 'Make a link', checkIn: 'Check in', off: 'No network.', kept: 'Kept here, not sent yet', sent: 'The network is back, and all that was kept here has been sent.', here: 'was there',
  },
};

const inSweden = (date) => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Stockholm' }).format(date);

for (const [lang, viewport] of [['sv', { width: 1280, height: 800 }], ['en', { width: 390, height: 844 }]]) {
  test(`a tour, ${lang}, ${viewport.width} px`, async ({ page, window, ownSite: site, guard }) => {
    test.setTimeout(120_000);
    guard.excuse(/ERR_INTERNET_DISCONNECTED|Failed to fetch|ERR_FAILED/);
    const w = WORDS[lang];
    const at = (path) => `${site.url}${lang === 'en' ? '/en' : ''}${path}`;
    const save = () => page.locator('.save').getByRole('button').click();
    await page.setViewportSize(viewport);
    const programme = await site.db.programme({ title_en: 'A programme' });
    await signIn(page, site, await withRole(site.db, programme.id), { lang });

    // Planned: seven Wednesdays from a pattern, two seats at each.
    const title = unique('Timmen');
    await page.goto(at('/organise'));
    await page.getByRole('link', { name: w.newSeries }).click();
    const wednesday = new Date(Date.now() + 7 * 86_400_000);
    while (new Intl.DateTimeFormat('en', { timeZone: 'Europe/Stockholm', weekday: 'short' }).format(wednesday) !== 'Wed') wednesday.setTime(wednesday.getTime() + 86_400_000);
    for (const [id, value] of Object.entries({
      series_title_sv: title, series_title_en: title, first: inSweden(wednesday), count: '7', starts: '08:00', ends: '08:45',
      title_sv: `${title}, del #`, title_en: `${title}, part #`, 'seats-on_site': '2', venue: 'Aulan',
    })) await page.locator(`[id="${id}"]`).fill(value);
    await page.locator('#format').selectOption('on_site');
    await page.locator('[name="slots-minutes"]').first().fill('25');
    await page.locator('[name="slots-title_sv"]').first().fill('Presentation');
    await page.getByRole('button', { name: w.show }).click();
    await expect(page.locator('input[type=date][aria-label]')).toHaveCount(7);
    await page.getByRole('button', { name: w.make }).click();
    await page.getByRole('button', { name: w.publish }).click();
    await expect(page.getByText(w.published)).toBeVisible();
    const [event] = await site.db.sql('select id, slug from events where title_sv = $1', [`${title}, del 1`]);

    // Filled: the organiser watches, while two sign up in the same moment and a third comes too late.
    await page.goto(at(`/organise/events/${event.slug}`));
    await page.waitForSelector('.roll[data-awake]');
    const people = ["Åsa O'Öberg", 'Bo Ek', 'Cia Ö'];
    const guests = [await window({ viewport }), await window({ viewport }), await window({ viewport })];
    for (const [n, guest] of guests.entries()) {
      await guest.goto(at(`/events/${event.slug}`));
      await guest.getByLabel(w.name).fill(people[n]);
      await guest.getByLabel(w.email).fill(`${unique('gast')}@exempel.se`);
      await guest.getByLabel(w.organisation).fill('Umeå kommun');
      await guest.getByRole('checkbox').check();
    }
    const send = (guest) => guest.getByRole('button', { name: w.signUp, exact: true }).click();
    await Promise.all([send(guests[0]), send(guests[1])]);
    for (const guest of guests.slice(0, 2)) await expect(guest.getByRole('main')).toContainText(w.place);
    for (const name of people.slice(0, 2)) await expect(page.locator('.roll')).toContainText(name, { timeout: 3000 });
    await guests[2].getByRole('button', { name: w.join, exact: true }).click();
    await expect(guests[2].getByRole('main')).toContainText(w.line);
    await expect(page.locator('.roll')).toContainText(people[2], { timeout: 3000 });
    expect(await site.db.standing(event)).toEqual({ confirmed: 2, waitlisted: 1 });

    // Changed: one seat more and another day, today. The first in line moves up, and everybody is told.
    await page.goto(at(`/organise/events/${event.slug}/edit`));
    for (const [id, value] of Object.entries({ date: inSweden(new Date()), starts: '00:00', ends: '23:59', 'seats-on_site': '3' })) await page.locator(`[id="${id}"]`).fill(value);
    await save();
    await expect(page.getByRole('main').getByRole('status').filter({ hasText: w.saved })).toBeVisible();
    await expect.poll(() => site.db.standing(event)).toEqual({ confirmed: 3 });
    await expect(guests[2].getByRole('main')).toContainText(w.place, { timeout: 5000 });

    // The day: a steward with a link, whose network goes away.
    await page.goto(at(`/organise/events/${event.slug}/door`));
    await page.getByLabel(w.who).fill('Entrén');
    await page.getByRole('button', { name: w.link }).click();
    const steward = await window({ viewport });
    await steward.goto(new URL(await page.locator('.new-link a').getAttribute('href'), page.url()).href);
    await steward.waitForSelector('.at-the-door[data-awake]');
    await steward.evaluate(async () => {
      await navigator.serviceWorker.ready;
      while (!navigator.serviceWorker.controller) await new Promise((resolve) => setTimeout(resolve, 50));
    });
    await steward.context().setOffline(true);
    await expect(steward.getByText(w.off)).toBeVisible();
    await steward.getByRole('button', { name: `${w.checkIn}: ${people[0]}` }).click();
    await expect(steward.locator('.guest').filter({ hasText: people[0] })).toContainText(w.kept);
    await steward.context().setOffline(false);
    await expect(steward.locator('#said')).toHaveText(w.sent, { timeout: 15_000 });
    expect(await site.db.standing(event)).toEqual({ attended: 1, confirmed: 2 });

    // Handed over: the list as a file says who was there.
    await page.goto(at(`/organise/events/${event.slug}`));
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator('a[href*="list.csv"]').click()]);
    const rows = (await readFile(await download.path(), 'utf8')).split('\r\n');
    expect(rows.find((row) => row.includes(people[0]))).toMatch(new RegExp(w.here, 'i'));
    expect(rows.filter((row) => people.some((name) => row.includes(name)))).toHaveLength(3);
  });
}
