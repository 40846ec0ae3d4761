import axe from 'axe-core';
import { question } from '../support/organiser.js';
import { expect, goodForm, instant, test } from '../support/test.js';

const heading = (page) => page.getByRole('heading', { level: 1 });
const stops = (page) => page.locator('.own-stops > li');

/** A tour of three: one with room, one full, one whose sign-up opens later. */
async function tour(site) {
  const programme = await site.db.programme();
  const series = await site.db.series({ programme_id: programme.id });
  const in_it = { programme_id: programme.id, series_id: series.id };
  const roomy = await site.db.event({ ...in_it, starts: '2031-05-14 09:00', seats: { digital: 5 }, title_sv: 'Stopp ett' });
  const full = await site.db.event({ ...in_it, starts: '2031-05-21 09:00', seats: { digital: 1 }, title_sv: 'Stopp två' });
  const later = await site.db.event({ ...in_it, starts: '2031-05-28 09:00', seats: { digital: 5 }, title_sv: 'Stopp tre', sign_up_opens_at: instant('2031-01-01 09:00') });
  await site.server.signUp(full);
  return { series, path: `/series/${series.slug}`, roomy, full, later };
}

async function fill(page, form = goodForm()) {
  await page.getByLabel('Namn').fill(form.name);
  await page.getByLabel('E-post').fill(form.email);
  await page.getByLabel('Organisation').fill(form.organisation);
  return form;
}

for (const script of [true, false]) {
  test.describe(script ? 'a whole series' : 'a whole series without JavaScript', () => {
    test.use({ javaScriptEnabled: script, viewport: { width: 390, height: 844 } });

    test('in one go; what is full is told before, what opens later comes by itself', async ({ page, site }) => {
      const { series, path, roomy, later } = await tour(site);
      await page.goto(path);
      const form = page.locator('form.form');
      await expect(form).toContainText('Du anmäls till de 2 stopp som är öppna nu, och till det stopp som öppnar senare så snart det går.');
      await expect(form).toContainText('Ett stopp är fullt, och där hamnar du på väntelistan: Stopp två.');
      // Nothing is lost by a mistake.
      await fill(page);
      await page.getByRole('button', { name: 'Anmäl dig till hela serien' }).click();
      await expect(page.getByRole('alert')).toContainText('Kryssa i rutan');
      await expect(page.getByLabel('Namn')).toHaveValue('Åsa Öberg');
      await page.getByRole('checkbox').check();
      await page.getByRole('button', { name: 'Anmäl dig till hela serien' }).click();
      await expect(heading(page)).toHaveText('Du är anmäld till hela serien');
      await expect(stops(page)).toHaveText([/Stopp ett.*Du har en plats/s, /Stopp två.*Du är nummer 1 på väntelistan/s, /Stopp tre.*Du anmäls när anmälan öppnar/s]);
      if (script) {
        await page.evaluate(axe.source);
        const found = await page.evaluate(async () => (await window.axe.run(document)).violations.map((one) => one.id));
        expect(found).toEqual([]);
      }
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
      // It opens: everybody who took the whole is in it within seconds.
      await site.db.sql('update events set sign_up_opens_at = now() - interval \'1 second\' where id = $1', [later.id]);
      await expect.poll(() => site.db.standing(later), { timeout: 15_000 }).toEqual({ confirmed: 1 });
      await page.reload();
      await expect(stops(page).nth(2)).toContainText('Du har en plats');
      // One stop can be left alone.
      await stops(page).first().getByRole('link', { name: 'Till din anmälan' }).click();
      await page.getByText('Avanmäl mig', { exact: true }).click();
      await page.getByRole('button', { name: 'Ja, avanmäl mig' }).click();
      await expect(heading(page)).toHaveText('Du är avanmäld');
      expect(await site.db.standing(roomy)).toEqual({ cancelled: 1 });
      expect(await site.db.standing(later)).toEqual({ confirmed: 1 });
      expect(await site.db.value('select count(*) from series_sign_ups where series_id = $1', [series.id])).toBe(1);
    });

    test('what each stop asks is asked at once, and told beforehand', async ({ page, site }) => {
      const { path, roomy, full, later } = await tour(site);
      const why = await question(site.db, roomy, { kind: 'text', label_sv: 'Varför kommer du?', is_required: true });
      const food = await question(site.db, full, { kind: 'choices', label_sv: 'Vad äter du?', options_sv: ['Ärtsoppa', 'Paj'] });
      const late = await question(site.db, later, { kind: 'number', label_sv: 'Hur många år?', is_required: true });
      await site.db.change(full, { needs_approval: true });
      await page.goto(path);
      const form = page.locator('form.form');
      await expect(form).toContainText('Här godkänner arrangören anmälningarna, och en plats hålls åt dig så länge: Stopp två.');
      await expect(form.getByRole('group', { name: 'Frågor till dig som kommer till Stopp ett' })).toContainText('Varför kommer du?');
      await expect(form).not.toContainText('Hur många år?');
      await fill(page);
      await page.locator('#consent').check();
      await page.getByLabel('Paj').check();
      await page.getByRole('button', { name: 'Anmäl dig till hela serien' }).click();
      await expect(page.getByRole('alert').getByRole('link')).toHaveText('Den här frågan behöver ett svar.');
      await expect(page.getByLabel('Paj')).toBeChecked();
      await expect(page.getByLabel('Namn')).toHaveValue('Åsa Öberg');
      await page.getByLabel('Varför kommer du?').fill('Av nyfikenhet');
      await page.getByRole('button', { name: 'Anmäl dig till hela serien' }).click();
      await expect(heading(page)).toHaveText('Du är anmäld till hela serien');
      await expect(page.getByRole('link', { name: 'Svara på arrangörens frågor' })).toHaveCount(0);
      const answers = () => site.db.sql('select a.question_id as id, a.answer from sign_up_answers a join event_questions q on q.id = a.question_id where q.event_id = any($1) order by 1', [[roomy.id, full.id, later.id]]);
      expect(await answers()).toEqual([{ id: why, answer: 'Av nyfikenhet' }, { id: food, answer: 'Paj' }]);

      // A stop that opens later asks then, and one is led to it.
      await site.db.sql('update events set sign_up_opens_at = now() - interval \'1 second\' where id = $1', [later.id]);
      await expect.poll(() => site.db.standing(later), { timeout: 15_000 }).toEqual({ confirmed: 1 });
      await page.reload();
      await stops(page).nth(2).getByRole('link', { name: 'Svara på arrangörens frågor' }).click();
      await page.getByLabel('Hur många år?').fill('7');
      await page.getByRole('button', { name: 'Spara svaren' }).click();
      await expect(page.getByText('Svaren är sparade.')).toBeVisible();
      expect(await answers()).toContainEqual({ id: late, answer: '7' });
      await page.goBack();
      await page.goBack();
      await expect(heading(page)).toContainText('hela serien');
      await page.reload();
      await expect(heading(page)).toContainText('hela serien');
      await expect(page.getByRole('link', { name: 'Svara på arrangörens frågor' })).toHaveCount(0);
    });

    test('and out of all of it', async ({ page, site }) => {
      const { path, roomy, full } = await tour(site);
      const answer = await site.server.post(`${path}/sign-up`, goodForm(), { accept: 'application/json' });
      const own = new URL(JSON.parse(answer.text).manage_url).pathname;
      await page.goto(`/en${own}`);
      await expect(heading(page)).toHaveText('Your sign-up for the whole series');
      await page.getByText('Cancel all stops that remain').click();
      await page.getByLabel('Why?').fill('Byter arbete');
      await page.getByRole('button', { name: 'Yes, cancel them all' }).click();
      await expect(heading(page)).toHaveText('You have left the series');
      await expect(stops(page)).toHaveText([/Your sign-up is cancelled/, /Your sign-up is cancelled/, /You are not signed up/]);
      expect(await site.db.standing(roomy)).toEqual({ cancelled: 1 });
      expect(await site.db.standing(full)).toEqual({ confirmed: 1, cancelled: 1 });
    });
  });
}

test('the page of the whole follows what happens', async ({ page, site, open }) => {
  const { path, full } = await tour(site);
  const answer = await site.server.post(`${path}/sign-up`, goodForm(), { accept: 'application/json' });
  await open(new URL(JSON.parse(answer.text).manage_url).pathname);
  await expect(stops(page).nth(1)).toContainText('Du är nummer 1 på väntelistan');
  const holder = await site.db.value('select token from sign_ups where event_id = $1 and status = \'confirmed\'', [full.id]);
  await site.server.post(`/sign-ups/${holder}/cancel`, {});
  await expect(stops(page).nth(1)).toContainText('Du har en plats');
});

test('what programs and others send', async ({ site }) => {
  const { path, roomy } = await tour(site);
  const json = { accept: 'application/json' };
  const form = goodForm();
  const first = JSON.parse((await site.server.post(`${path}/sign-up`, form, json)).text);
  const second = JSON.parse((await site.server.post(`${path}/sign-up`, { ...form, email: form.email.toUpperCase() }, json)).text);
  expect(first.manage_url).toContain('/sign-ups/series/');
  expect(second).toEqual({ status: 'signed_up', manage_url: null });
  expect(await site.db.standing(roomy)).toEqual({ confirmed: 1 });
  expect((await site.server.post('/series/finns-inte/sign-up', form, json)).status).toBe(404);
  expect((await site.server.post(`${path}/sign-up`, { name: 'x' }, json)).status).toBe(422);
  expect((await site.server.post(`${path}/sign-up`, form, { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  expect((await site.server.post('/sign-ups/series/somebody-elses-00000000/leave', {}, json)).status).toBe(404);
  expect((await site.server.raw('/sign-ups/series/somebody-elses-00000000')).status).toBe(404);
  const machine = await site.server.post(`${path}/sign-up`, goodForm({ website: 'https://spam.example' }));
  expect(machine.status).toBe(303);
  expect(await site.db.standing(roomy)).toEqual({ confirmed: 1 });
  const past = await site.db.series({ programme_id: (await site.db.programme()).id });
  await site.db.event({ programme_id: past.programme_id, series_id: past.id, starts: '2020-05-14 09:00' });
  expect((await site.server.post(`/series/${past.slug}/sign-up`, goodForm(), json)).status).toBe(409);
});
