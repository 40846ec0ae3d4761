import { writeFile } from 'node:fs/promises';
import { signIn } from '../support/account.js';
import { violations } from '../support/axe.js';
import { crowd, question, withRole } from '../support/organiser.js';
import { expect, test } from '../support/test.js';

const rows = (page) => page.locator('.import-rows > ol > li');
const file = (text, name = 'lista.csv', encoding = 'utf8') => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text, encoding) });

async function eventOf(site, fields = {}) {
  const programme = await site.db.programme();
  const event = await site.db.event({ programme_id: programme.id, starts: '2031-05-14 09:00', seats: { digital: 3 }, ...fields });
  return { event, programme, email: await withRole(site.db, programme.id), address: `${site.url}/organise/events/${event.slug}` };
}

/** Chooses a file and has it read. */
async function read(page, address, chosen) {
  await page.goto(`${address}/import`);
  await page.getByLabel('Fil').setInputFiles(chosen);
  await page.getByRole('button', { name: 'Läs in och förhandsgranska' }).click();
}

/** Waits until an import is through, without JavaScript too. */
async function through(page) {
  await expect(async () => {
    const again = page.getByRole('link', { name: 'Se hur långt den har kommit' });
    if (await again.isVisible()) await again.click({ timeout: 1_000 });
    await expect(page.getByRole('heading', { name: 'Det här hände' })).toBeVisible({ timeout: 1_000 });
  }).toPass();
}

for (const script of [true, false]) {
  test.describe(script ? 'an import' : 'an import without JavaScript', () => {
    test.use({ javaScriptEnabled: script });

    test('people from a file of Excel in Sweden: seen first, then signed up, then taken back', async ({ page, site }) => {
      const { event, email, address } = await eventOf(site);
      const food = await question(site.db, event, { kind: 'choice', label_sv: 'Mat?', options_sv: ['Ärtsoppa', 'Fisk'] });
      await crowd(site.db, event, 1, { name: "'Redan Anmäld'" });
      const known = await site.db.value('select email from people where id = (select person_id from sign_ups where event_id = $1)', [event.id]);
      const mark = event.slug.replaceAll('-', '');
      const list = [
        'Förnamn;Efternamn;E-post;Arbetsplats;Mat?;Anteckning',
        `Åsa;Öberg;asa@${mark}.se;Örebro kommun;ärtsoppa;x`,
        `Redan;Anmäld;${known};Kommun 1;;`,
        `Bo;Ek;bo@${mark};Umeå kommun;;`,
        `Cilla;Dahl;cilla@${mark}.se;Umeå kommun;Sushi;`,
        `Dan;Ek;dan@${mark}.se;Umeå kommun;;`,
        `Åsa;Öberg;ASA@${mark}.se;Örebro kommun;;`,
        `Eva;Ek;eva@${mark}.se;Umeå kommun;;`,
      ].join('\r\n');
      await signIn(page, site, email);
      await page.goto(address);
      await page.getByRole('link', { name: 'Importera från en fil' }).click();
      await expect(page.getByRole('heading', { level: 1, name: 'Importera från en fil' })).toBeVisible();
      await read(page, address, file(list, 'anmälda.csv', 'latin1'));

      await expect(page.getByRole('heading', { level: 1, name: 'anmälda.csv' })).toBeVisible();
      await expect(page.getByText('Windows-1252, semikolon mellan kolumnerna')).toBeVisible();
      await expect(page.getByText('3 personer anmäls, 1 av dem på väntelistan.')).toBeVisible();
      await expect(rows(page)).toHaveText([
        /2.*Åsa Öberg.*har plats/s,
        /3.*Redan Anmäld.*Är redan anmäld\./s,
        new RegExp(`4.*Bo Ek.*Går inte.*”bo@${mark}” är ingen e-postadress`, 's'),
        /5.*Cilla Dahl.*Går inte.*Mat\?: Sushi/s,
        /6.*Dan Ek.*har plats/s,
        /7.*Åsa Öberg.*Samma adress som rad 2/s,
        /8.*Eva Ek.*Plats 1 på väntelistan/s,
      ]);
      expect(await site.db.standing(event)).toEqual({ confirmed: 1 });
      await page.getByRole('link', { name: /^Går inte 2$/ }).click();
      await expect(rows(page)).toHaveCount(2);
      expect(new URL(page.url()).searchParams.get('show')).toBe('refuse');

      await page.getByLabel('De här personerna har bett om platsen').check();
      await page.getByRole('button', { name: 'Importera 3 personer' }).click();
      await through(page);
      await expect(page.getByText('3 personer anmäldes, 1 av dem på väntelistan.')).toBeVisible();
      expect(await site.db.standing(event)).toEqual({ confirmed: 3, waitlisted: 1 });
      expect(await site.db.value('select answer from sign_up_answers where question_id = $1', [food])).toBe('Ärtsoppa');
      const mails = () => site.db.value("select string_agg(kind, ',' order by kind) from mails where event_id = $1", [event.id]);
      expect(await mails()).toBe('confirmed,confirmed,waitlisted');

      await site.db.sql("update sign_ups set status = 'cancelled', updated_at = now() where event_id = $1 and name = 'Dan Ek'", [event.id]);
      await page.getByRole('button', { name: 'Ångra importen' }).click();
      await expect(page.getByText('Importen är ångrad, utom för en person där något har ändrats sedan dess.')).toBeVisible();
      expect(await site.db.standing(event)).toEqual({ confirmed: 1, cancelled: 3 });
    });

    test('a column that is missing is chosen by hand', async ({ page, site }) => {
      const { event, email, address } = await eventOf(site, { format: 'hybrid', seats: { digital: 5, on_site: 5 } });
      const mark = event.slug.replaceAll('-', '');
      await signIn(page, site, email);
      await read(page, address, file(`Vem\tVar man når dem\nÅsa Öberg\tasa@${mark}.se\n`));
      await expect(page.getByText('Ingen kolumn läses som e-post.').first()).toBeVisible();
      await expect(page.getByRole('button', { name: /^Importera/ })).toHaveCount(0);
      await page.getByLabel('Vem Åsa Öberg').selectOption({ label: 'Namn' });
      await page.getByLabel('Var man når dem').selectOption({ label: 'E-post' });
      await page.getByRole('button', { name: 'Granska igen' }).click();
      await expect(rows(page)).toHaveText([/Åsa Öberg.*Organisation saknas\. Det står inte hur personen deltar\./s]);
      await page.locator('summary', { hasText: 'Kolumner' }).click();
      await page.getByLabel('Organisation', { exact: true }).fill('Örebro kommun');
      await page.getByLabel('Deltar', { exact: true }).selectOption({ label: 'På plats' });
      await page.getByRole('button', { name: 'Granska igen' }).click();
      await expect(rows(page)).toHaveText([/Åsa Öberg.*har plats/s]);
      await page.getByLabel('Mejla dem').uncheck();
      await page.getByLabel('De här personerna har bett om platsen').check();
      await page.getByRole('button', { name: 'Importera en person' }).click();
      await through(page);
      expect(await site.db.value("select way || ' ' || organisation from sign_ups where event_id = $1", [event.id])).toBe('on_site Örebro kommun');
      expect(await site.db.value('select count(*)::int from mails where event_id = $1', [event.id])).toBe(0);
    });

    // A form that is sent, with or without JavaScript; 40 MB twice would only take time.
    if (!script) test('what cannot be read is refused, and why is said at the field', async ({ page, site }) => {
      const { email, address } = await eventOf(site);
      await signIn(page, site, email);
      const refused = async (chosen, why) => {
        await read(page, address, chosen);
        await expect(page.locator('#file-error')).toContainText(why);
      };
      await refused(file(''), 'inga rader');
      await refused(file('Namn;E-post\n'), 'inga rader');
      await refused(file(`${'a;'.repeat(199)}b\n${'1;'.repeat(199)}2\n`), 'fler än 100 kolumner');
      await refused({ name: 'bild.xlsx', mimeType: 'application/zip', buffer: Buffer.from('504b0506000000000000000000000000000000000000', 'hex') }, 'varken text eller');
      // From the disk: through the test's own connection to the browser it would take half a minute.
      const large = test.info().outputPath('stor.csv');
      await writeFile(large, Buffer.alloc(40 * 1024 * 1024, 'a;b\n'));
      await refused(large, 'för stor');
      await expect(page.getByText('Inläst tidigare')).toHaveCount(0);
    });
  });
}

test('what has changed since one looked is shown before it is written', async ({ page, site }) => {
  const { event, email, address } = await eventOf(site);
  const mark = event.slug.replaceAll('-', '');
  await signIn(page, site, email);
  await read(page, address, file(`Namn,E-post,Organisation\nÅsa,asa@${mark}.se,X\nBo,bo@${mark}.se,X\n`));
  await expect(page.getByText('2 personer anmäls.')).toBeVisible();
  await crowd(site.db, event, 2);
  await page.getByLabel('De här personerna har bett om platsen').check();
  await page.getByRole('button', { name: 'Importera 2 personer' }).click();
  await expect(page.getByText('Läget har ändrats sedan du granskade.').first()).toBeVisible();
  await expect(page.getByText('2 personer anmäls, 1 av dem på väntelistan.')).toBeVisible();
  await page.getByRole('button', { name: 'Ta bort utan att importera' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Importera från en fil' })).toBeVisible();
  expect(await site.db.value('select count(*)::int from imports where event_id = $1', [event.id])).toBe(0);
});

test("somebody else's import is not found", async ({ page, site }) => {
  const [mine, theirs] = [await eventOf(site), await eventOf(site)];
  await signIn(page, site, theirs.email);
  await read(page, theirs.address, file('Namn,E-post\nÅsa,asa@exempel.se\n'));
  await expect(page.getByRole('heading', { level: 1, name: 'lista.csv' })).toBeVisible();
  const id = page.url().split('/').at(-1);
  await signIn(page, site, mine.email);
  expect((await page.goto(`${mine.address}/import/${id}`)).status()).toBe(404);
  expect((await page.goto(`${theirs.address}/import/${id}`)).status()).toBe(403);
});

test('5,000 people, with progress, in less than the time one waits', async ({ page, site }) => {
  const { event, email, address } = await eventOf(site, { seats: { digital: 4000 } });
  const mark = event.slug.replaceAll('-', '');
  const lines = Array.from({ length: 5000 }, (_, n) => `Person ${n};p${n}@${mark}.se;Kommun ${n % 290}`);
  await signIn(page, site, email);
  const begun = Date.now();
  await read(page, address, file(`Namn;E-post;Organisation\n${lines.join('\n')}\n`));
  await expect(page.getByText(/5\s000 personer anmäls, 1\s000 av dem på väntelistan\./)).toBeVisible();
  await expect(page.getByText('Sida 1 av 50')).toBeVisible();
  await page.getByLabel('De här personerna har bett om platsen').check();
  await page.getByRole('button', { name: /Importera 5\s000 personer/ }).click();
  await through(page);
  console.log(`5,000 rows: ${Date.now() - begun} ms`);
  expect(await site.db.standing(event)).toEqual({ confirmed: 4000, waitlisted: 1000 });
});

test('the pages of an import have no faults that axe finds', async ({ page, site }) => {
  const { event, email, address } = await eventOf(site, { format: 'hybrid', seats: { digital: 5, on_site: 5 } });
  const mark = event.slug.replaceAll('-', '');
  await signIn(page, site, email);
  await read(page, address, file(''));
  expect(await violations(page)).toEqual([]);
  await read(page, address, file(`Namn,E-post,Organisation,Deltar\nÅsa,asa@${mark}.se,X,på plats\nBo,,X,digitalt\n`));
  await page.locator('summary', { hasText: 'Kolumner' }).click();
  expect(await violations(page)).toEqual([]);
  await page.getByLabel('De här personerna har bett om platsen').check();
  await page.getByRole('button', { name: 'Importera en person' }).click();
  await through(page);
  expect(await violations(page)).toEqual([]);
});

const TEAMS = (mark) => `1. Sammanfattning
Mötestitel\tFrukost, del 3
Starttid\t2031-05-14, 08:50:12

2. Deltagare
Namn\tFörst anslöt\tLämnade senast\tTid i mötet\tE-post\tDeltagar-ID (UPN)\tRoll
Deltagare 1\t2031-05-14, 08:58:01\t2031-05-14, 09:45:00\t46 min 12 s\t${mark}-1@exempel.se\t\tOrganisatör
DELTAGARE 2 (Kommun 2)\t2031-05-14, 08:58:01\t2031-05-14, 09:02:00\t4 min\t\t\tPresentatör
Iris Deltagare\t2031-05-14, 08:58:01\t2031-05-14, 09:45:00\t46 min 12 s\t\t\tPresentatör
Någon Annan\t2031-05-14, 08:58:01\t2031-05-14, 09:45:00\t46 min 12 s\tannan@exempel.com\t\tPresentatör

3. Aktiviteter i mötet
Namn\tAnslutningstid\tTid då personen lämnade\tVaraktighet\tE-post\tRoll
Deltagare 1\t2031-05-14, 08:58:01\t2031-05-14, 09:45:00\t46 min 12 s\t${mark}-1@exempel.se\tOrganisatör
`;

for (const script of [true, false]) {
  test.describe(script ? 'a report of who was there' : 'a report of who was there, without JavaScript', () => {
    test.use({ javaScriptEnabled: script });

    test('Teams says who was there: chosen where it is doubtful, noted, and taken back', async ({ page, site }) => {
      const { event, email, address } = await eventOf(site, { starts: '2025-05-14 09:00', seats: { digital: 10 } });
      await crowd(site.db, event, 4);
      const mark = await site.db.value("select split_part(email, '-1@', 1) from people where email like '%-1@exempel.se' and id in (select person_id from sign_ups where event_id = $1)", [event.id]);
      await signIn(page, site, email);
      await page.goto(`${address}/import`);
      await page.getByLabel(/^Närvarorapport från Zoom eller Teams/).check();
      await page.getByLabel('Fil').setInputFiles({ name: 'rapport.csv', mimeType: 'text/csv', buffer: Buffer.from(`\ufeff${TEAMS(mark)}`, 'utf16le') });
      await page.getByRole('button', { name: 'Läs in och förhandsgranska' }).click();
      await expect(page.getByText('UTF-16LE, tabbar mellan kolumnerna')).toBeVisible();
      await expect(rows(page)).toHaveText([
        /Deltagare 1.*var med.*46 min\./s,
        /DELTAGARE 2.*var med.*4 min\./s,
        /Iris Deltagare.*46 min\. Det är inte säkert vem det är\./s,
        /Någon Annan.*Ingen anmäld med det namnet eller den adressen\./s,
        /Deltagare 3.*kom inte/s,
        /Deltagare 4.*kom inte/s,
      ]);
      await page.getByLabel('Iris Deltagare').selectOption({ label: 'Deltagare 4' });
      await page.getByLabel('Minst så många minuter').fill('10');
      await page.getByRole('button', { name: 'Granska igen' }).click();
      await expect(rows(page)).toHaveText([
        /Deltagare 1.*var med/s, /DELTAGARE 2.*För kort tid\./s, /Iris Deltagare.*var med.*Anmäld som Deltagare 4\./s,
        /Någon Annan/s, /Deltagare 2.*kom inte/s, /Deltagare 3.*kom inte/s,
      ]);
      await page.getByRole('button', { name: 'Spara närvaron för 4' }).click();
      await through(page);
      expect(await site.db.standing(event)).toEqual({ attended: 2, no_show: 2 });
      await site.db.sql("update sign_ups set status = 'attended', updated_at = now() where event_id = $1 and name = 'Deltagare 2'", [event.id]);
      await page.getByRole('button', { name: 'Ångra importen' }).click();
      await expect(page.getByText('utom för en person')).toBeVisible();
      expect(await site.db.standing(event)).toEqual({ attended: 1, confirmed: 3 });
    });
  });
}

test('a report of an event that has not begun cannot be saved, and the page has no faults that axe finds', async ({ page, site }) => {
  const { event, email, address } = await eventOf(site);
  await crowd(site.db, event, 2);
  await signIn(page, site, email);
  await page.goto(`${address}/import`);
  await page.getByLabel(/^Närvarorapport från Zoom eller Teams/).check();
  await page.getByLabel('Fil').setInputFiles(file('Name (Original Name),User Email,Duration (Minutes)\nIris Deltagare,,22\n'));
  await page.getByRole('button', { name: 'Läs in och förhandsgranska' }).click();
  await expect(page.getByText('Aktiviteten har inte börjat').first()).toBeVisible();
  await expect(page.getByRole('button', { name: /^Spara närvaron/ })).toHaveCount(0);
  expect(await violations(page)).toEqual([]);
});
