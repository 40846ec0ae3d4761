// The files of materials: sent by an organiser, read by the server, found and opened by everybody.
import { signIn } from '../support/account.js';
import { complaints, violations } from '../support/axe.js';
import { withRole } from '../support/organiser.js';
import { expect, test, unique } from '../support/test.js';

/** A PDF with a line of text on each page; where there is none, a line is drawn. */
function pdf(...pages) {
  const kids = pages.map((_, at) => `${4 + 2 * at} 0 R`).join(' ');
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    `<</Type/Pages/Kids[${kids}]/Count ${pages.length}>>`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>',
  ];
  pages.forEach((text, at) => {
    const drawn = text ? `BT /F 12 Tf 40 400 Td (${text}) Tj ET` : '10 10 m 300 300 l S';
    objects.push(`<</Type/Page/Parent 2 0 R/MediaBox[0 0 842 595]/Contents ${5 + 2 * at} 0 R/Resources<</Font<</F 3 0 R>>>>>>`);
    objects.push(`<</Length ${drawn.length}>>\nstream\n${drawn}\nendstream`);
  });
  let file = '%PDF-1.4\n';
  const places = objects.map((object, at) => {
    const place = file.length;
    file += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return place;
  });
  const index = file.length;
  const lines = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  file += `xref\n0 ${places.length + 1}\n0000000000 65535 f \n${lines}trailer\n<</Size ${places.length + 1}/Root 1 0 R>>\nstartxref\n${index}\n%%EOF\n`;
  return Buffer.from(file, 'latin1');
}

const said = (page) => page.getByRole('main').getByRole('status');
const send = async (page, buffer, name = 'Rapport.pdf') => {
  if (buffer) await page.getByLabel('Fil', { exact: true }).setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
  const [answer] = await Promise.all([page.waitForResponse((response) => response.request().method() === 'POST'), page.getByRole('button', { name: 'Spara filen' }).click()]);
  return answer.status();
};
/** The server has read the file. */
const read = (site, id) =>
  expect.poll(() => site.db.value('select state from material_readings where material_id = $1', [id]), { timeout: 30_000 }).toMatch(/done|failed/);

async function desk(site, fields = {}) {
  const programme = await site.db.programme({ title_sv: 'Filernas program' });
  const event = await site.db.event({ programme_id: programme.id, starts: '2031-05-14 09:00', title_sv: 'Filernas dag' });
  const title = unique('Rapport');
  const material = await site.db.insert('materials', { programme_id: programme.id, event_id: event.id, position: 1, kind: 'report', title, ...fields });
  return { programme, event, title, id: material.id, at: `${site.url}/organise/materials/${material.id}`, email: await withRole(site.db, programme.id) };
}

for (const script of [true, false]) {
  test.describe(script ? 'a file' : 'a file without JavaScript', () => {
    test.use({ javaScriptEnabled: script });

    test('is sent from the page of its event, read, found by a word in it, and taken away', async ({ page, site, window }) => {
      const { programme, event, title, id, email } = await desk(site, { url: 'https://www.example.org/rapport' });
      const word = `medborgarverkstad${unique('x').replace(/\d/g, (digit) => 'abcdefghij'[digit]).replace(/[^a-z]/g, '')}`;
      await signIn(page, site, email);
      await page.goto(`${site.url}/organise/events/${event.slug}/edit`);
      const list = page.getByRole('region', { name: 'Materialens filer' });
      await expect(list).toContainText('Ingen fil');
      await list.getByRole('link', { name: title }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
      expect(await send(page, pdf('Inledning till det hela.', `H\xe4r st\xe5r det om en ${word} i Ume\xe5.`, ''))).toBe(303);
      await expect(said(page).filter({ hasText: 'Filen är sparad.' })).toBeVisible();
      await read(site, id);
      if (!script) await page.reload();
      await expect(said(page).filter({ hasText: 'Texten i filen går att hitta.' })).toBeVisible();
      await page.reload();
      await expect(page.getByRole('region', { name: 'Filen', exact: true })).toContainText(/PDF, \d,\d kB, 3 sidor/);

      const visitor = await window({ javaScriptEnabled: script });
      await visitor.goto(`${site.url}/materials`);
      // On a phone the field lies behind its button.
      await visitor.locator('.filter').evaluate((filter) => { filter.open = true; });
      await visitor.getByRole('searchbox').fill(word);
      await visitor.getByRole('button', { name: 'Sök' }).click();
      const hit = visitor.locator('.mats-group li');
      await expect(hit).toHaveCount(1);
      await expect(hit.locator('mark')).toHaveText(word);
      await expect(hit.locator('.mats-said')).toContainText(`Sidan 2: ”Här står det om en ${word} i Umeå.”`.replaceAll('”', ''));
      await expect(hit.getByRole('link', { name: 'Sidan 2' })).toHaveAttribute('href', /rapport.*\.pdf#page=2$/);
      await expect(hit.getByRole('link', { name: 'Även på example.org' })).toHaveAttribute('href', 'https://www.example.org/rapport');
      await visitor.goto(`${site.url}/events/${event.slug}`);
      const shown = visitor.locator('#materials li').filter({ hasText: title });
      await expect(shown).toContainText(/PDF, \d,\d kB, 3 sidor/);
      const address = await shown.getByRole('link', { name: title }).getAttribute('href');
      const answer = await visitor.request.get(`${site.url}${address}`);
      expect(answer.headers()['content-type']).toBe('application/pdf');
      expect(answer.headers()['cache-control']).toContain('immutable');
      expect((await answer.body()).subarray(0, 5).toString()).toBe('%PDF-');

      await page.getByText('Ta bort filen').click();
      await page.getByRole('button', { name: 'Ja, ta bort den' }).click();
      await expect(said(page).filter({ hasText: 'Filen är borttagen.' })).toBeVisible();
      expect((await visitor.request.get(`${site.url}${address}`)).status()).toBe(404);
      // Kept pages hear of it within a second.
      await expect(async () => {
        await visitor.goto(`${site.url}/events/${event.slug}`);
        await expect(shown.getByRole('link', { name: title })).toHaveAttribute('href', 'https://www.example.org/rapport', { timeout: 500 });
      }).toPass();
      expect(programme.slug).toBeTruthy();
    });

    test('that is none is refused with words', async ({ page, site }) => {
      const { id, at, email } = await desk(site, { is_announced: true });
      await signIn(page, site, email);
      for (const [file, name, words] of [
        [null, '', 'Välj en fil.'],
        [Buffer.from('<html><script>alert(1)</script>'), 'rapport.pdf', 'varken PDF'],
        [pdf('x').subarray(0, 200), 'rapport.pdf', 'inte hel'],
        [pdf('x'), 'rapport.docx', 'namn slutar på något annat'],
      ]) {
        await page.goto(at);
        await page.getByLabel('Materialet finns nu').uncheck();
        expect(await send(page, file, name)).toBe(422);
        await expect(page.locator('#file-error')).toContainText(words);
        await expect(page.getByRole('alert')).toBeFocused();
        await expect(page.getByLabel('Materialet finns nu')).not.toBeChecked();
      }
      expect(await site.db.value('select count(*) from material_files where material_id = $1', [id])).toBe(0);
    });
  });
}

test('what was announced for later waits with its file, until it is said to be here', async ({ page, site, window }) => {
  const { id, title, at, email, event } = await desk(site, { is_announced: true });
  await signIn(page, site, email);
  await page.goto(at);
  await page.getByLabel('Materialet finns nu').uncheck();
  expect(await send(page, pdf('Hemligt till vidare'))).toBe(303);
  await expect(page.getByText('Materialet är utannonserat till senare.')).toBeVisible();
  const address = await page.getByRole('link', { name: 'Rapport.pdf' }).getAttribute('href');
  const visitor = await window();
  expect((await visitor.request.get(`${site.url}${address}`)).status()).toBe(404);
  expect((await page.request.get(`${site.url}${address}`)).status()).toBe(200);
  await visitor.goto(`${site.url}/events/${event.slug}`);
  await expect(visitor.locator('#materials li')).toContainText('kommer');
  await expect(visitor.locator('#materials').getByRole('link', { name: title })).toHaveCount(0);
  expect(await send(page, pdf('Nu för alla'))).toBe(303);
  await expect(page.getByText('Alla kan öppna den.')).toBeVisible();
  await expect(visitor.locator('#materials').getByRole('link', { name: title })).toHaveCount(1);
  expect(await site.db.value('select is_announced from materials where id = $1', [id])).toBe(false);
});

test('pages that are pictures are told so, and a file is sent with the keyboard alone', async ({ page, site }) => {
  const { at, email } = await desk(site);
  await signIn(page, site, email);
  await page.goto(at);
  const field = page.getByLabel('Fil', { exact: true });
  await field.setInputFiles({ name: 'bilder.pdf', mimeType: 'application/pdf', buffer: pdf('', '') });
  await field.focus();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Spara filen' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(said(page).filter({ hasText: 'Filen är sparad.' })).toBeVisible();
  // It follows by itself.
  await expect(page.getByRole('region', { name: 'Sökning i filen' })).toContainText('Kör textigenkänning (OCR)', { timeout: 30_000 });
  await page.getByRole('button', { name: 'Läs filen igen' }).focus();
  await page.keyboard.press('Enter');
  await expect(said(page).filter({ hasText: 'Filen läses igen.' })).toBeVisible();
  await page.getByText('Ta bort filen').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Ja, ta bort den' })).toBeVisible();
});

test('who organises elsewhere finds nothing there', async ({ page, site, guard }) => {
  guard.excuse(/404/);
  const { at } = await desk(site);
  const other = await site.db.programme();
  await signIn(page, site, await withRole(site.db, other.id));
  expect((await page.goto(at)).status()).toBe(404);
});

test("the demonstration's handout is found by a word in it", async ({ page, site }) => {
  await page.goto(`${site.url}/materials?q=medborgarverkst%C3%A4der`);
  const hit = page.locator('.mats-group li').filter({ hasText: 'Samtalskort' });
  await expect(hit).toContainText(/PDF, 35 kB, 2 sidor, svenska/);
  await expect(hit.locator('mark')).toHaveText('medborgarverkstäder');
});

for (const lang of ['sv', 'en']) {
  test(`nothing is wrong with the pages, narrow and wide, light and dark, in ${lang}`, async ({ page, site, open }) => {
    const { id, email, event } = await desk(site, { url: 'https://example.org/x', is_announced: true });
    await open(`${lang === 'en' ? '/en' : ''}/materials?q=medborgarverkst%C3%A4der`);
    expect(await complaints(page, lang)).toEqual([]);
    await signIn(page, site, email);
    const prefix = lang === 'en' ? '/en' : '';
    await open(`${prefix}/organise/materials/${id}`);
    await page.locator('input[type=file]').setInputFiles({ name: 'a.pdf', mimeType: 'application/pdf', buffer: pdf('Text') });
    await page.locator('button[name=do][value=save]').click();
    await read(site, id);
    await open(`${prefix}/organise/materials/${id}`);
    expect(await complaints(page, lang)).toEqual([]);
    await page.locator('button[name=do][value=save]').click();
    await expect(page.locator('#file-error')).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await open(`${prefix}/organise/events/${event.slug}/edit`);
    expect(await violations(page)).toEqual([]);
  });
}
