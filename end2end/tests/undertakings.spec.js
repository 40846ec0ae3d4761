import { signIn } from '../support/account.js';
import { complaints } from '../support/axe.js';
import { withRole } from '../support/organiser.js';
import { expect, test, unique } from '../support/test.js';

const heading = (page) => page.getByRole('heading', { level: 1 });
const said = (page) => page.getByRole('main').getByRole('status');
const save = (page) => page.locator('.save').getByRole('button').click();
const part = (page, name) => page.getByRole('region', { name, exact: true });

for (const script of [true, false]) {
  test.describe(script ? 'programmes and series' : 'programmes and series without JavaScript', () => {
    test.use({ javaScriptEnabled: script });

    test('an administrator makes a programme, with all that its page shows', async ({ page, site, window }) => {
      const title = unique('Lärande');
      await signIn(page, site, await withRole(site.db, null, 'administrator'));
      await page.goto(`${site.url}/organise/programmes`);
      await page.getByRole('link', { name: 'Nytt program' }).click();
      await page.getByLabel('Titel', { exact: true }).fill(title);
      await page.getByLabel('Titel på engelska').fill(`${title} in English`);
      await page.locator('#summary_sv').fill('Vi **lär**.');
      await page.getByLabel('Början').fill('2026');
      await page.getByLabel('Slut', { exact: true }).fill('2027-03');
      await page.getByLabel('Bidrag i kronor').fill('1 200 000');
      await page.getByLabel('Finansiär', { exact: true }).fill('Ingen som finns');
      await part(page, 'Resultat').getByLabel('Värde 1').fill('8');
      await part(page, 'Resultat').getByLabel('Vad som räknas 1').fill('Nöjda deltagare');
      await part(page, 'Kontaktpersoner').getByLabel('Namn 1').fill('Karin Kontakt');
      await part(page, 'Kontaktpersoner').getByRole('button', { name: 'Lägg till en rad' }).click();
      await expect(page.getByText('Inget är sparat än.')).toBeVisible();
      await save(page);
      await expect(page.locator('#ends_on-error')).toContainText('lika noga');
      await page.getByLabel('Slut', { exact: true }).fill('2027');
      await save(page);
      await expect(page.locator('#funder-error')).toContainText('inte känd');
      await page.getByLabel('Finansiär', { exact: true }).fill('');
      await save(page);
      await expect(said(page).filter({ hasText: 'Programmet är gjort.' })).toBeVisible();
      await expect(heading(page)).toHaveText(title);

      const slug = await site.db.value('select slug from programmes where title_sv = $1', [title]);
      const visitor = await window({ javaScriptEnabled: script });
      await visitor.goto(`${site.url}/programmes/${slug}`);
      await expect(visitor.locator('.lead strong')).toHaveText('lär');
      await expect(visitor.getByText('2026–2027')).toBeVisible();
      await expect(visitor.getByText('8 av 10')).toBeVisible();
      await expect(visitor.getByText('Karin Kontakt')).toBeVisible();
      await visitor.goto(`${site.url}/en/programmes/${slug}`);
      await expect(heading(visitor)).toHaveText(`${title} in English`);
    });

    test('two organisers at once: nothing is lost, and where both wrote one chooses', async ({ page, site, window }) => {
      const programme = await site.db.programme();
      await signIn(page, site, await withRole(site.db, programme.id));
      const other = await window({ javaScriptEnabled: script });
      await signIn(other, site, await withRole(site.db, programme.id));
      const form = `${site.url}/organise/programmes/${programme.slug}/edit`;
      await page.goto(form);
      await other.goto(form);
      await other.getByLabel('Titel', { exact: true }).fill('Den andras titel');
      await other.getByLabel('För vem', { exact: true }).fill('Alla ledare');
      await save(other);
      await expect(said(other).filter({ hasText: 'Sparat.' })).toBeVisible();
      await page.getByLabel('Titel', { exact: true }).fill('Min titel');
      await page.getByLabel('Bidrag i kronor').fill('500');
      const [answer] = await Promise.all([page.waitForResponse((response) => response.request().method() === 'POST'), save(page)]);
      expect(answer.status()).toBe(409);
      await expect(page.getByRole('heading', { name: 'Någon annan har ändrat samma sak' })).toBeVisible();
      await page.getByRole('group', { name: 'Titel' }).getByRole('radio', { name: /Den andras titel/ }).check();
      await save(page);
      await expect(said(page).filter({ hasText: 'Sparat.' })).toBeVisible();
      const [row] = await site.db.sql('select title_sv, audience_sv, grant_sek from programmes where id = $1', [programme.id]);
      expect(row).toEqual({ title_sv: 'Den andras titel', audience_sv: 'Alla ledare', grant_sek: 500 });
    });

    test('a series: made empty, given stops, put in another order, put away and back', async ({ page, site, window }) => {
      const programme = await site.db.programme();
      const title = unique('Resan');
      const [lund, malmo] = [unique('Lund'), unique('Malmö')];
      await site.db.event({ programme_id: programme.id, title_sv: lund, starts: '2031-05-14 08:00', state: 'draft' });
      await site.db.event({ programme_id: programme.id, title_sv: malmo, starts: '2031-05-21 08:00' });
      await signIn(page, site, await withRole(site.db, programme.id));
      await page.goto(`${site.url}/organise/programmes`);
      await page.getByRole('link', { name: programme.title_sv }).click();
      await page.getByLabel('Ny tom serie').fill(title);
      await page.getByRole('button', { name: 'Gör serien' }).click();
      await expect(heading(page)).toHaveText(title);
      for (const name of [lund, malmo]) {
        const choice = page.getByLabel('Lägg till en aktivitet som finns');
        await choice.selectOption({ label: await choice.getByRole('option').filter({ hasText: name }).textContent() });
        await page.getByRole('button', { name: 'Lägg till i serien' }).click();
        await expect(page.locator('.series-stops').getByText(name)).toBeVisible();
      }
      const stops = page.locator('.series-stops > li');
      await expect(stops.first()).toContainText(lund);
      await page.getByRole('button', { name: `Senare: ${lund}` }).click();
      await expect(stops.first()).toContainText(malmo);
      await expect(stops.first()).toContainText('14 maj');
      await expect(stops.last()).toContainText('08:00');
      const slug = await site.db.value('select slug from series where title_sv = $1', [title]);
      const visitor = await window({ javaScriptEnabled: script });
      await visitor.goto(`${site.url}/series/${slug}`);
      await expect(visitor.getByText(malmo).first()).toBeVisible();
      await expect(visitor.getByText(lund)).toHaveCount(0);

      // There is something to come: it cannot be put away yet.
      await expect(page.getByRole('button', { name: 'Lägg undan' })).toHaveCount(0);
      await page.getByRole('button', { name: `Ta ut ur serien: ${malmo}` }).click();
      await expect(stops).toHaveCount(1);
      await page.getByRole('button', { name: 'Lägg undan' }).click();
      await expect(said(page).filter({ hasText: 'Undanlagt.' })).toBeVisible();
      await visitor.goto(`${site.url}/series/${slug}`);
      await expect(visitor.getByText('Serien är avslutad.')).toBeVisible();
      await page.goto(`${site.url}/organise/programmes`);
      await expect(page.getByRole('link', { name: title })).toHaveCount(0);
      await page.goto(`${site.url}/organise/events/new`);
      await expect(page.getByLabel('Program och serie').getByRole('option', { name: title })).toHaveCount(0);
      await page.goto(`${site.url}/organise/series/${slug}/edit`);
      await page.getByRole('button', { name: 'Ta fram igen' }).click();
      await expect(said(page).filter({ hasText: 'Framtaget igen.' })).toBeVisible();
    });
  });
}

test('a form that is sent twice makes one draft', async ({ page, site }) => {
  const programme = await site.db.programme();
  await signIn(page, site, await withRole(site.db, programme.id));
  await page.goto(`${site.url}/organise/events/new`);
  await page.getByLabel('Titel', { exact: true }).fill('En gång');
  await page.getByLabel('Datum', { exact: true }).fill('2031-04-02');
  await page.getByLabel('Börjar').fill('08:00');
  await page.getByLabel('Slutar', { exact: true }).fill('09:00');
  const fields = await page.locator('form.plan').evaluate((form) => Object.fromEntries(new FormData(form)));
  const send = () => page.request.post(`${site.url}/organise/events/new`, { form: fields, headers: { 'sec-fetch-site': 'same-origin' } });
  const answers = await Promise.all([send(), send()]);
  expect(answers.map((answer) => answer.status())).toEqual([200, 200]);
  expect(await site.db.value('select count(*) from events where programme_id = $1', [programme.id])).toBe(1);
});

for (const [lang, prefix] of [['sv', ''], ['en', '/en']]) {
  test(`the forms of programmes and series are accessible and fit (${lang})`, async ({ page, site }) => {
    const programme = await site.db.programme();
    const series = await site.db.series({ programme_id: programme.id });
    await site.db.event({ programme_id: programme.id, series_id: series.id, starts: '2031-05-14 08:00' });
    await site.db.event({ programme_id: programme.id, series_id: series.id, starts: '2031-05-21 08:00' });
    await site.db.event({ programme_id: programme.id, starts: '2031-05-28 08:00' });
    await signIn(page, site, await withRole(site.db, programme.id), { lang });
    for (const path of ['programmes', `programmes/${programme.slug}/edit`, `series/${series.slug}/edit`]) {
      await page.goto(`${site.url}${prefix}/organise/${path}`);
      expect(await complaints(page, lang)).toEqual([]);
    }
  });
}
