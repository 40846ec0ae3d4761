// Lists that leave the site: files for spreadsheets, and pages for paper.
import { inflateRawSync } from 'node:zlib';
import { session, signIn } from '../support/account.js';
import { complaints } from '../support/axe.js';
import { crowd, question, withRole } from '../support/organiser.js';
import { expect, test } from '../support/test.js';

async function eventOf(site, fields = {}) {
  const programme = await site.db.programme();
  const event = await site.db.event({ programme_id: programme.id, starts: '2031-05-14 09:00', seats: { digital: 1000, on_site: 1000 }, format: 'hybrid', venue: 'Aulan', ...fields });
  return { event, programme, email: await withRole(site.db, programme.id), address: `/organise/events/${event.slug}` };
}

/** What is in a file of a ZIP archive, as text. */
function unzipped(archive, name) {
  for (let at = archive.indexOf('PK\x01\x02', 0, 'latin1'); at >= 0; at = archive.indexOf('PK\x01\x02', at + 4, 'latin1')) {
    const length = archive.readUInt16LE(at + 28);
    if (archive.toString('utf8', at + 46, at + 46 + length) !== name) continue;
    const begins = archive.readUInt32LE(at + 42);
    const data = begins + 30 + archive.readUInt16LE(begins + 26) + archive.readUInt16LE(begins + 28);
    return inflateRawSync(archive.subarray(data, data + archive.readUInt32LE(at + 20))).toString('utf8');
  }
  throw new Error(`${name} is not in the archive`);
}

for (const script of [true, false]) {
  test.describe(script ? 'files' : 'files without JavaScript', () => {
    test.use({ javaScriptEnabled: script });

    test('what the list shows is what the file has', async ({ page, site }) => {
      const { event, email, address } = await eventOf(site);
      await question(site.db, event, { kind: 'choice', label_sv: 'Mat?', options_sv: ['Ärtsoppa', 'Fisk'], seen_by: 'organisers' });
      await crowd(site.db, event, 1, { name: "'=HYPERLINK(1) Öberg'", organisation: "'Region; \"Norr\"'" });
      await crowd(site.db, event, 2, { name: "'Bo Ek ' || n", status: 'waitlisted' });
      await site.db.sql("insert into sign_up_answers select id, (select max(id) from event_questions where event_id = $1), 'Ärtsoppa' from sign_ups where event_id = $1 and name like '=%'", [event.id]);
      await signIn(page, site, email);
      await page.goto(`${site.url}${address}?q=oberg`);
      if (script) await page.waitForSelector('.roll[data-awake]');
      const lists = page.getByRole('navigation', { name: 'Listor' });
      const take = async (name) => {
        const [download] = await Promise.all([page.waitForEvent('download'), lists.getByRole('link', { name, exact: true }).click()]);
        const stream = await download.createReadStream();
        const pieces = [];
        for await (const piece of stream) pieces.push(piece);
        return { name: download.suggestedFilename(), bytes: Buffer.concat(pieces) };
      };
      const text = await take('CSV');
      expect(text.name).toMatch(new RegExp(`^anmalda-${event.slug}-\\d{4}-\\d\\d-\\d\\d\\.csv$`));
      const lines = text.bytes.toString('utf8').split('\r\n');
      expect(lines[0]).toBe('\ufeffNamn;Organisation;E-post;Deltar;Läge;Plats på väntelistan;Anmäld;Mat?;Behöver;Skäl;Mejl som inte kom fram');
      expect(lines[1]).toMatch(/^"'=HYPERLINK\(1\) Öberg";"Region; ""Norr""";skara-[^;]+@exempel\.se;Digitalt;har plats;;\d{4}-\d\d-\d\d \d\d:\d\d;Ärtsoppa;;;$/);
      expect(lines.slice(2)).toEqual(['']);
      const sheet = await take('Excel');
      expect(sheet.name).toMatch(/\.xlsx$/);
      const xml = unzipped(sheet.bytes, 'xl/worksheets/sheet1.xml');
      expect(xml).toContain('<t>=HYPERLINK(1) Öberg</t>');
      expect(xml).not.toContain('<f>');
      expect(xml.match(/<row /g)).toHaveLength(2);
      // What was taken out stands in the log.
      await page.goto(`${site.url}/organise/log`);
      await expect(page.getByText('tog ut listan över anmälda')).toHaveCount(2);
    });

    test('the door list stands by family name, and hosts see what hosts may see', async ({ page, site }) => {
      const { event, programme } = await eventOf(site);
      await question(site.db, event, { kind: 'text', label_sv: 'Hemligt?', seen_by: 'organisers' });
      await crowd(site.db, event, 1, { name: "'Åsa Zetterberg'", way: 'on_site' });
      await crowd(site.db, event, 1, { name: "'Zara von Ångman'", way: 'on_site' });
      await crowd(site.db, event, 1, { name: "'Carl von Essen'", way: 'on_site' });
      await crowd(site.db, event, 1, { name: "'Siv Digital'" });
      await crowd(site.db, event, 1, { name: "'Väntar Länge'", way: 'on_site', status: 'waitlisted' });
      await signIn(page, site, await withRole(site.db, programme.id, 'host'));
      await page.goto(`${site.url}/organise/events/${event.slug}`);
      await page.getByRole('navigation', { name: 'Listor' }).getByRole('link', { name: 'Dörrlista' }).click();
      await expect(page.getByRole('heading', { level: 1 })).toContainText('Dörrlista');
      await expect(page.locator('.under-letter li b')).toHaveText(['Essen', 'Zetterberg', 'Ångman']);
      await expect(page.locator('.under-letter h2')).toHaveText(['E', 'Z', 'Å']);
      await page.getByRole('link', { name: 'Deltagarlista' }).click();
      await expect(page.locator('.comers tbody tr')).toHaveCount(4);
      await page.goto(`${site.url}/organise/events/${event.slug}/lists/participants?status=waitlisted`);
      await expect(page.locator('.comers tbody tr')).toHaveText([/Väntar Länge.*på väntelistan/s]);
      expect(await page.getByRole('main').innerHTML()).not.toMatch(/@exempel|Hemligt/);
      await page.getByRole('link', { name: 'Namnskyltar' }).click();
      await expect(page.locator('.badges > li')).toHaveText([/Väntar Länge/]);
    });
  });
}

test('whoever may not gets no list', async ({ site }) => {
  const { event } = await eventOf(site);
  await crowd(site.db, event, 1);
  const elsewhere = await withRole(site.db, (await site.db.programme()).id);
  for (const file of ['list.csv', 'list.xlsx', 'lists/door']) {
    for (const [cookie, status] of [[null, 401], [await session(site, elsewhere), 403]]) {
      for (const slug of [event.slug, 'finns-inte-alls']) {
        const answer = await site.server.raw(`/organise/events/${slug}/${file}`, { headers: cookie ? { cookie } : {} });
        expect(answer.status, `${file} ${slug}`).toBe(status);
        expect(answer.text).not.toContain('Deltagare 1');
      }
    }
  }
  const host = await session(site, await withRole(site.db, event.programme_id, 'host'));
  const answer = await site.server.raw(`/en/organise/events/${event.slug}/list.csv`, { headers: { cookie: host } });
  expect(answer.status).toBe(200);
  expect(answer.text).toContain('Name;Organisation;Takes part;Standing;');
  expect(answer.text).not.toContain('@');
});

for (const [lang, prefix] of [['sv', ''], ['en', '/en']]) {
  test(`long names on narrow and wide screens, and on paper, ${lang}`, async ({ page, site }) => {
    test.setTimeout(60_000);
    const { event, email } = await eventOf(site);
    await question(site.db, event, { kind: 'choice', label_sv: 'Vad vill du äta, om du får välja alldeles själv?', options_sv: ['Ärtsoppa', 'Fisk'] });
    await crowd(site.db, event, 60, { way: 'on_site', name: "case n % 3 when 0 then repeat('Å', 200) when 1 then 'Eva-Britt Anna 🙂 ' || n else 'Ali ' || n end", organisation: "case n % 2 when 0 then repeat('Organisation', 16) else '=1+1' end" });
    await signIn(page, site, email, { lang });
    for (const list of ['participants', 'door', 'badges']) {
      await page.goto(`${site.url}${prefix}/organise/events/${event.slug}/lists/${list}`);
      expect(await complaints(page, lang)).toEqual([]);
      const paper = await page.pdf({ format: 'A4', preferCSSPageSize: false });
      expect(paper.length).toBeGreaterThan(2_000);
    }
    // Sixty badges, ten on a sheet.
    const pages = (await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type \/Page\b/g);
    expect(pages).toHaveLength(6);
  });
}
