import fs from 'node:fs';
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
      const made = () => site.db.sql("select state, to_char(starts_at at time zone 'Europe/Stockholm', 'HH24:MI') as at from events where programme_id = $1 and title_sv = $2", [programme.id, `Frukost ${mark}`]);
      const again = ['BEGIN:VEVENT', `UID:a-${mark}`, 'SUMMARY:Samma UID', 'DTSTART:20310514T080000', 'DTEND:20310514T090000', 'END:VEVENT'].join('\r\n');
      await send(ICS(mark, '08', again));
      await expect(page.getByText('Nya utkast: 1. Aktiviteter som ändras: 0.')).toBeVisible();
      await expect(rows(page)).toHaveText([
        new RegExp(`Frukost ${mark}.*2031-05-14, 08:00–08:45, Stadshuset.*Nytt utkast`, 's'),
        /För alltid.*Går inte.*Upprepas utan slut\./s,
        /Trasig zon.*Går inte.*Tidszon: /s,
        /Samma UID.*Går inte.*som rad 3\./s,
      ]);
      if (script) expect(await violations(page)).toEqual([]);
      expect(await made(), 'nothing is written before it is confirmed').toEqual([]);
      await page.getByRole('button', { name: 'Importera en aktivitet' }).click();
      await through(page);
      if (script) expect(await violations(page)).toEqual([]);
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

    test('a list in the signs of Excel is read, and one that cannot be is refused with why', async ({ page, site }, info) => {
      const { programme, email, event } = await eventOf(site);
      const mark = event.slug.replaceAll('-', '');
      const send = async (file) => {
        await page.goto(`${site.url}/organise/import`);
        await page.getByLabel('Fil').setInputFiles(typeof file === 'string' ? file : { name: 'lista.csv', mimeType: 'text/csv', buffer: file });
        await page.getByRole('button', { name: 'Läs in och förhandsgranska' }).click();
      };
      await signIn(page, site, email);
      await page.goto(`${site.url}/organise/import`);
      if (script) expect(await violations(page)).toEqual([]);
      const refused = async (file, why) => {
        await send(file);
        await expect(page.locator('#file-error')).toContainText(why);
      };
      const hundred = info.outputPath('stor.csv');
      fs.writeFileSync(hundred, Buffer.alloc(100 * 1024 * 1024, 'Titel;Datum\n'));
      await refused(hundred, 'för stor');
      fs.rmSync(hundred);
      await refused(Buffer.from(`${'Titel;'.repeat(199)}Datum\n${'1;'.repeat(199)}2\n`), 'fler än 100 kolumner');
      await refused(Buffer.from('Titel;Plats\nA;B\n'), 'kolumn med dagar');
      await refused(Buffer.from('Datum;Plats\n2031-05-14;B\n'), 'kolumn med titlar');
      await refused(Buffer.from('E-post;Plats\na@b.se;B\n'), 'rubrikerna Titel och Datum');
      await refused(Buffer.from(`{"schedule": ${'['.repeat(100_000)}`), /känna igen|skadad/);
      await refused(Buffer.from(`Titel;Datum\n${'A;2031-05-14\n'.repeat(5_001)}`), 'fler än 5 000 aktiviteter');
      if (script) expect(await violations(page)).toEqual([]);
      await expect(page.getByText('Inläst tidigare')).toHaveCount(0);

      const list = `Titel;Datum;Start;Slut;Plats\nMöte på ön ${mark};14.5.2031;8;8.45;Sjöstaden\nMöte i maj;i maj;8;9;\n`;
      for (const buffer of [Buffer.from(list, 'latin1'), Buffer.from(`\ufeff${list}`), Buffer.from(`\ufeff${list}`, 'utf16le')]) {
        await send(buffer);
        await expect(rows(page)).toHaveText([
          new RegExp(`Möte på ön ${mark}.*2031-05-14, 08:00–08:45, Sjöstaden.*Nytt utkast`, 's'),
          /Möte i maj.*Går inte/s,
        ]);
      }
      expect(await site.db.value('select count(*)::int from events where programme_id = $1', [programme.id])).toBe(1);
    });
  });
}

test('three hundred events are looked at page by page, and all of them or none are there', async ({ page, site }) => {
  const { programme, email, event } = await eventOf(site);
  const mark = event.slug.replaceAll('-', '');
  const day = (n) => `2031-${String(1 + Math.floor(n / 28)).padStart(2, '0')}-${String(1 + (n % 28)).padStart(2, '0')}`;
  const list = ['Title,Date,Start,End,Place', ...Array.from({ length: 300 }, (_, n) => `Talk ${n + 1} ${mark},${day(n)},08:00,08:45,${n % 3 ? 'Town hall' : ''}`)].join('\n');
  await signIn(page, site, email);
  await page.goto(`${site.url}/en/organise/import`);
  await page.getByLabel('File').setInputFiles({ name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from(list) });
  await page.getByRole('button', { name: 'Read in and preview' }).click();
  await expect(page.getByText('New drafts: 300. Events changed: 0.')).toBeVisible();
  await expect(rows(page)).toHaveCount(100);
  // What has no name in English is shown as what it is.
  await expect(rows(page).first().locator('.whom b')).toHaveAttribute('lang', 'sv');
  await page.getByRole('link', { name: 'Next' }).click();
  await expect(rows(page).first()).toContainText(`Talk 101 ${mark}`);
  await page.getByRole('button', { name: 'Import 300 events' }).click();
  await expect(page.getByRole('heading', { name: 'This happened' })).toBeVisible({ timeout: 30_000 });
  const count = () => site.db.value("select count(*)::int from events where programme_id = $1 and state = 'draft'", [programme.id]);
  expect(await count()).toBe(300);
  await page.getByRole('button', { name: 'Undo the import' }).click();
  await expect(page.getByText('The import is undone.')).toBeVisible();
  expect(await count()).toBe(0);
});

test('5,000 events, with progress, in less than the time one waits', async ({ page, site }) => {
  const { programme, email, event } = await eventOf(site);
  const mark = event.slug.replaceAll('-', '');
  const list = ['Titel;Datum;Börjar;Slutar;Plats', ...Array.from({ length: 5000 }, (_, n) => `Frukost ${n} ${mark};2031-${String(1 + (n % 12)).padStart(2, '0')}-14;08:00;08:45;Sal ${n % 40}`)].join('\n');
  await signIn(page, site, email);
  await page.goto(`${site.url}/organise/import`);
  await page.getByLabel('Fil').setInputFiles({ name: 'lista.csv', mimeType: 'text/csv', buffer: Buffer.from(list) });
  await page.getByRole('button', { name: 'Läs in och förhandsgranska' }).click();
  await expect(page.getByText(/Nya utkast: 5\s000\./)).toBeVisible();
  const begun = Date.now();
  await page.getByRole('button', { name: /Importera 5\s000 aktiviteter/ }).click();
  await expect(page.getByRole('heading', { name: 'Det här hände' })).toBeVisible({ timeout: 30_000 });
  console.log(`5,000 events: ${Date.now() - begun} ms`);
  const count = () => site.db.value("select count(*)::int from events where programme_id = $1 and state = 'draft'", [programme.id]);
  expect(await count()).toBe(5000);
  await page.getByRole('button', { name: 'Ångra importen' }).click();
  await expect(page.getByText('Importen är ångrad.')).toBeVisible({ timeout: 30_000 });
  expect(await count()).toBe(0);
});

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
  const headers = { origin: site.url };
  for (const what of ['confirm', 'drop', 'undo']) {
    expect((await page.request.post(address, { form: { do: what }, headers })).status()).toBe(404);
  }
  const file = { name: 'min.ics', mimeType: 'text/calendar', buffer: Buffer.from(ICS('y', '08')) };
  const there = await page.request.post(`${site.url}/organise/import`, { multipart: { home: String(theirs.programme.id), file }, headers });
  expect(there.status()).toBe(400);
  expect(await site.db.value("select count(*)::int from imports where file_name = 'min.ics'")).toBe(0);
  await send('Namn;E-post\nÅsa;asa@exempel.se\n', 'fel.csv');
  await expect(page.locator('#file-error')).toContainText('kolumn med dagar');
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
  const preview = page.url();
  await page.goto(preview.replace('/organise/', '/en/organise/'));
  await expect(rows(page).first().locator('.whom b')).toHaveText(`Dag ${mark}: Stora salen`);
  await expect(rows(page).first().locator('.whom b')).not.toHaveAttribute('lang');
  await page.goto(preview);
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

  // Taken back, the first brings its events and those who came in with them out again.
  const people = () => site.db.value("select count(*)::int from presenters pr join people p on p.id = pr.person_id where p.name like '% ' || $1", [mark]);
  expect(await people()).toBe(3);
  await page.goto(`${site.url}/organise/import`);
  await page.getByRole('link', { name: 'schema.xml' }).nth(1).click();
  await page.getByRole('button', { name: 'Ångra importen' }).click();
  await expect(page.getByText('Importen är ångrad.')).toBeVisible();
  expect(await slots()).toEqual([]);
  expect(await people()).toBe(0);
});
