import { signIn } from '../support/account.js';
import { violations } from '../support/axe.js';
import { withRole } from '../support/organiser.js';
import { expect, test } from '../support/test.js';

const rows = (page) => page.locator('.import-rows > ol > li');

async function eventOf(site) {
  const programme = await site.db.programme();
  const event = await site.db.event({ programme_id: programme.id, starts: '2031-05-14 09:00', seats: { digital: 3 } });
  return { event, programme, email: await withRole(site.db, programme.id) };
}

/** Waits until an import is through, without JavaScript too. */
async function through(page) {
  await expect(async () => {
    const again = page.getByRole('link', { name: 'Se hur långt den har kommit' });
    if (await again.isVisible()) await again.click({ timeout: 1_000 });
    await expect(page.getByRole('heading', { name: 'Det här hände' })).toBeVisible({ timeout: 1_000 });
  }).toPass();
}

const ICS = (mark, hour, more = '') => ['BEGIN:VCALENDAR', 'VERSION:2.0',
  'BEGIN:VEVENT', `UID:a-${mark}`, `SUMMARY:Frukost ${mark}`, `DTSTART;TZID=Europe/Stockholm:20310514T${hour}0000`, `DTEND;TZID=Europe/Stockholm:20310514T${hour}4500`, 'LOCATION:Stadshuset', 'END:VEVENT',
  'BEGIN:VEVENT', `UID:b-${mark}`, 'SUMMARY:För alltid', 'RRULE:FREQ=DAILY', 'DTSTART:20310514T080000', 'DTEND:20310514T090000', 'END:VEVENT',
  'BEGIN:VEVENT', `UID:c-${mark}`, 'SUMMARY:Trasig zon', 'DTSTART;TZID=Atlantis:20310514T080000', 'DTEND;TZID=Atlantis:20310514T090000', 'END:VEVENT',
  more, 'END:VCALENDAR', ''].join('\r\n');

for (const script of [true, false]) {
  test.describe(script ? 'events from a calendar' : 'events from a calendar, without JavaScript', () => {
    test.use({ javaScriptEnabled: script });

    test('become drafts, are changed by the same file, and can be taken back', async ({ page, site }) => {
      const { programme, email, event } = await eventOf(site);
      const mark = event.slug.replaceAll('-', '');
      const send = async (text) => {
        await page.goto(`${site.url}/organise/import`);
        await page.getByLabel('Fil').setInputFiles({ name: 'kalender.ics', mimeType: 'text/calendar', buffer: Buffer.from(text) });
        await page.getByRole('button', { name: 'Läs in och förhandsgranska' }).click();
      };
      await signIn(page, site, email);
      await page.goto(`${site.url}/organise`);
      await page.getByRole('link', { name: 'Importera aktiviteter' }).click();
      await expect(page.getByRole('heading', { level: 1, name: 'Importera aktiviteter' })).toBeVisible();
      await send(ICS(mark, '08'));
      await expect(page.getByText('Nya utkast: 1. Aktiviteter som ändras: 0.')).toBeVisible();
      await expect(rows(page)).toHaveText([
        new RegExp(`Frukost ${mark}.*2031-05-14, 08:00–08:45, Stadshuset.*Nytt utkast`, 's'),
        /För alltid.*Går inte.*Upprepas utan slut\./s,
        /Trasig zon.*Går inte.*Tidszon: /s,
      ]);
      expect(await violations(page)).toEqual([]);
      await page.getByRole('button', { name: 'Importera en aktivitet' }).click();
      await through(page);
      const made = () => site.db.sql("select state, to_char(starts_at at time zone 'Europe/Stockholm', 'HH24:MI') as at from events where programme_id = $1 and title_sv = $2", [programme.id, `Frukost ${mark}`]);
      expect(await made()).toEqual([{ state: 'draft', at: '08:00' }]);

      await send(ICS(mark, '08'));
      await expect(rows(page).first()).toContainText('Oförändrad sedan den lästes in.');
      await expect(page.getByRole('button', { name: /^Importera/ })).toHaveCount(0);
      await send(ICS(mark, '09'));
      await expect(page.getByText('Nya utkast: 0. Aktiviteter som ändras: 1.')).toBeVisible();
      await page.getByRole('button', { name: 'Importera en aktivitet' }).click();
      await through(page);
      expect(await made()).toEqual([{ state: 'draft', at: '09:00' }]);
      await page.getByRole('button', { name: 'Ångra importen' }).click();
      await expect(page.getByText('Importen är ångrad.')).toBeVisible();
      expect(await made()).toEqual([{ state: 'draft', at: '08:00' }]);
    });
  });
}

test('events of somebody else are not found, and what is no calendar is refused', async ({ page, site }) => {
  const [mine, theirs] = [await eventOf(site), await eventOf(site)];
  const send = async (text, name) => {
    await page.goto(`${site.url}/organise/import`);
    await page.getByLabel('Fil').setInputFiles({ name, mimeType: 'text/calendar', buffer: Buffer.from(text) });
    await page.getByRole('button', { name: 'Läs in och förhandsgranska' }).click();
  };
  await signIn(page, site, theirs.email);
  await send(ICS('x', '08'), 'deras.ics');
  await expect(page.getByRole('heading', { level: 1, name: 'deras.ics' })).toBeVisible();
  const address = page.url();
  await signIn(page, site, mine.email);
  expect((await page.goto(address)).status()).toBe(404);
  await send('Namn;E-post\nÅsa;asa@exempel.se\n', 'fel.csv');
  await expect(page.locator('#file-error')).toContainText('känna igen');
  expect(await violations(page)).toEqual([]);
});

test('a schedule becomes an event for each room and day, and one with entities is refused', async ({ page, site }) => {
  const { programme, event, email } = await eventOf(site);
  const mark = event.slug.replaceAll('-', '');
  const talk = (start, title, person) => `<event><start>${start}</start><duration>00:30</duration><title>${title}</title><persons><person>${person} ${mark}</person></persons></event>`;
  const schedule = (more = '') => `<?xml version="1.0"?>${more}<schedule><conference><acronym>${mark}</acronym><title>Dag ${mark}</title><time_zone_name>Europe/Stockholm</time_zone_name></conference>`
    + `<day index="1" date="2031-05-14"><room name="Stora salen">${talk('09:00', 'Register', 'Åsa')}${talk('10:00', 'Frågor', 'Bo')}</room><room name="Lilla salen">${talk('09:00', 'Verkstad', 'Cilla')}</room></day></schedule>`;
  const send = async (text) => {
    await page.goto(`${site.url}/organise/import`);
    await page.getByLabel('Fil').setInputFiles({ name: 'schema.xml', mimeType: 'application/xml', buffer: Buffer.from(text) });
    await page.getByRole('button', { name: 'Läs in och förhandsgranska' }).click();
  };
  await signIn(page, site, email);
  await send(schedule('<!DOCTYPE schedule [<!ENTITY a "b">]>'));
  await expect(page.locator('#file-error')).toContainText('entiteter');
  await send(schedule());
  await expect(rows(page)).toHaveText([
    new RegExp(`Dag ${mark}: Stora salen.*Nytt utkast.*2 programpunkter`, 's'),
    new RegExp(`Dag ${mark}: Lilla salen.*Nytt utkast.*En programpunkt`, 's'),
  ]);
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Importera 2 aktiviteter' }).click();
  await through(page);
  const slots = () => site.db.sql("select s.minutes, s.title_sv from slots s join events e on e.id = s.event_id where e.programme_id = $1 and e.title_sv = $2 order by s.position", [programme.id, `Dag ${mark}: Stora salen`]);
  expect(await slots()).toEqual([
    { minutes: 30, title_sv: `Register (Åsa ${mark})` },
    { minutes: 30, title_sv: 'Paus' },
    { minutes: 30, title_sv: `Frågor (Bo ${mark})` },
  ]);
  await send(schedule());
  await expect(page.getByRole('button', { name: /^Importera/ })).toHaveCount(0);
});
