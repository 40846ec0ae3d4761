import { signIn } from '../support/account.js';
import { violations } from '../support/axe.js';
import { question } from '../support/organiser.js';
import { Site } from '../support/server.js';
import { expect, goodForm, test } from '../support/test.js';

const OWN = /\/sign-ups\/group\/[\w-]{22,}(\?|$)/;
const heading = (page) => page.getByRole('heading', { level: 1 });
const members = (page) => page.locator('.group-people li');
const row = (page, number) => page.getByRole('group', { name: `Kollega ${number}`, exact: true });
const send = (page) => page.getByRole('main').getByRole('button', { name: 'Anmäl alla' }).last();
const json = { accept: 'application/json' };

let count = 0;
/** Somebody new each time. */
function colleague(name) {
  count += 1;
  return { name, email: `${name.toLowerCase()}-${process.pid}-${Date.now().toString(36)}-${count}@exempel.se` };
}

/** What a program sends. */
const body = (colleagues, fields = {}) => JSON.stringify({ ...goodForm(), colleagues, ...fields });
const post = (site, event, colleagues, fields, headers = {}) =>
  site.server.post(`${event.path}/sign-up/group`, body(colleagues, fields), { 'content-type': 'application/json', ...json, ...headers });

async function fillYou(page, form = goodForm()) {
  await page.locator('#name').fill(form.name);
  await page.locator('#email').fill(form.email);
  await page.locator('#organisation').fill(form.organisation);
  await page.locator('#consent').check();
  return form;
}

async function fillRow(page, number, who) {
  await row(page, number).getByLabel('Namn').fill(who.name);
  await row(page, number).getByLabel('E-post').fill(who.email);
}

const mailTo = async (db, address) =>
  (await db.sql('select kind from mails where to_address = $1 order by id', [address])).map((mail) => mail.kind);

/** The newest mail to an address, in the local mailbox. */
async function openMail(page, address) {
  await page.goto('/dev/mail');
  await page.getByRole('listitem').filter({ hasText: address }).first().getByRole('link').click();
  return page.locator('main');
}

for (const script of [true, false]) {
  test.describe(script ? 'a group' : 'a group without JavaScript', () => {
    test.use({ javaScriptEnabled: script, viewport: { width: 390, height: 844 } });

    test('approval and questions are told beforehand, and everybody answers on their own page', async ({ page, site }) => {
      const event = await site.db.event({ starts: '2031-05-14 09:00', seats: { digital: 6 }, needs_approval: true });
      await question(site.db, event, { kind: 'text', label_sv: 'Varför kommer du?', is_required: true });
      await question(site.db, event, { kind: 'text', label_sv: 'Något mer?' });
      await page.goto(`${event.path}/sign-up/group`);
      await expect(page.locator('main')).toContainText('Arrangören godkänner anmälningarna till den här aktiviteten.');
      await expect(page.locator('.asked-later li')).toHaveText(['Varför kommer du? (måste besvaras)', 'Något mer? (frivilligt)']);
      await fillYou(page);
      const bo = colleague('Bo');
      await fillRow(page, 1, bo);
      await send(page).click();
      await expect(page).toHaveURL(OWN);
      expect(await site.db.standing(event)).toEqual({ requested: 1 });
      const mail = await openMail(page, bo.email);
      await mail.getByRole('link', { name: /\/sign-ups\// }).first().click();
      await page.getByLabel('Varför kommer du?').fill('Åsa sa det');
      await page.getByRole('button', { name: 'Spara svaren' }).click();
      await expect(page.getByText('Svaren är sparade.')).toBeVisible();
    });

    test('from the event to everybody\'s mail, and one of them says no', async ({ page, site, open }) => {
      const event = await site.db.event({ starts: '2031-05-14 09:00', seats: { digital: 6 }, title_sv: 'Att våga' });
      await (script ? open(event.path) : page.goto(event.path));
      await page.getByRole('link', { name: 'Anmäl flera kollegor' }).click();
      await expect(heading(page)).toHaveText('Anmäl flera kollegor');
      await expect(page.locator('.seats-now')).toContainText('6 av 6 platser kvar');
      const you = await fillYou(page);
      await page.getByLabel('Jag ska också vara med').check();
      const [bo, li, kim] = [colleague('Bo'), colleague('Li'), colleague('Kim')];
      await fillRow(page, 1, bo);
      await fillRow(page, 3, li);
      // A fourth row: what is written stays.
      await page.getByRole('button', { name: 'Fler rader' }).click();
      if (script) await expect(row(page, 4).getByLabel('Namn')).toBeFocused();
      await expect(row(page, 3).getByLabel('Namn')).toHaveValue('Li');
      await expect(page.locator('#name')).toHaveValue('Åsa Öberg');
      await expect(page.getByRole('alert')).toHaveCount(0);
      await fillRow(page, 4, kim);
      if (script) expect(await violations(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
      await send(page).click();

      await expect(page).toHaveURL(OWN);
      await expect(heading(page)).toHaveText('Klart, så här gick det');
      await expect(members(page)).toHaveText([/Åsa Öberg.*Har en plats/s, /Bo.*Har en plats/s, /Li.*Har en plats/s, /Kim.*Har en plats/s]);
      await expect(page.locator('main')).toContainText('4 av 4 har en plats');
      await expect(page.locator('main')).toContainText(you.email);
      expect(await site.db.standing(event)).toEqual({ confirmed: 4 });
      // Their links are theirs alone.
      const html = await page.content();
      for (const { token } of await site.db.sql('select token from sign_ups where event_id = $1', [event.id])) {
        expect(html).not.toContain(token);
      }
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
      if (script) expect(await violations(page)).toEqual([]);
      const group = new URL(page.url()).pathname;

      expect(await mailTo(site.db, you.email)).toEqual(['confirmed', 'group']);
      expect(await mailTo(site.db, bo.email)).toEqual(['confirmed']);
      const summary = await openMail(page, you.email);
      await expect(summary).toContainText('Du har anmält flera: Att våga');
      await expect(summary).toContainText('Kim: Har en plats');
      await expect(summary.getByRole('link', { name: /\/sign-ups\/group\// }).first()).toBeVisible();

      const mail = await openMail(page, bo.email);
      await expect(mail).toContainText('Hej Bo!');
      await expect(mail).toContainText('Åsa Öberg, Umeå kommun, har anmält dig.');
      await mail.getByRole('link', { name: /\/sign-ups\// }).first().click();
      await expect(heading(page)).toHaveText('Du har en plats');
      await expect(page.locator('main')).toContainText('Åsa Öberg har anmält dig.');
      await page.getByText('Tacka nej', { exact: true }).click();
      await page.getByRole('button', { name: 'Ja, tacka nej' }).click();
      await expect(heading(page)).toHaveText('Du är avanmäld');
      await expect(page.locator('.history')).toContainText('Åsa Öberg anmälde dig');
      await page.goto(group);
      await expect(heading(page)).toHaveText('Din anmälan för flera');
      await expect(members(page).nth(1)).toContainText('Tackade nej');
      await expect(page.locator('main')).toContainText('3 av 4 har en plats');
    });

    test('what is wrong is told at each row, and nothing typed is lost', async ({ page, site }) => {
      const event = await site.db.event({ starts: '2031-05-14 09:00', format: 'hybrid', venue: 'Aulan', platform: 'Zoom', seats: { on_site: 5, digital: null } });
      await page.goto(`${event.path}/sign-up/group`);
      await page.locator('#name').fill('Åsa "Ö" <b>');
      await page.locator('#organisation').fill('Umeå kommun');
      await fillRow(page, 1, { name: 'Bo', email: '' });
      await fillRow(page, 2, { name: '', email: 'li@exempel.se' });
      await fillRow(page, 3, { name: 'Li igen', email: 'LI@exempel.se' });
      await page.getByRole('radio', { name: /resten ställs på väntelistan/ }).check();
      const answered = page.waitForResponse((response) => response.request().method() === 'POST');
      await send(page).click();
      expect((await answered).status()).toBe(422);
      await expect(page.getByRole('alert').getByRole('link')).toHaveText([
        'Skriv din e-postadress.',
        'Välj hur du vill delta.',
        'Kollega 1: Skriv kollegans e-postadress, eller töm raden.',
        'Kollega 2: Skriv vad kollegan heter, eller töm raden.',
        'Kollega 3: Adressen står redan längre upp. Var och en behöver en egen.',
        'Kryssa i rutan så att vi får spara uppgifterna.',
      ]);
      await page.getByRole('alert').getByRole('link', { name: /Kollega 3/ }).click();
      await expect(row(page, 3).getByLabel('E-post')).toBeFocused();
      await expect(row(page, 3).getByLabel('E-post')).toHaveAccessibleDescription(/står redan längre upp/);
      await expect(row(page, 3).getByLabel('E-post')).toHaveValue('LI@exempel.se');
      await expect(row(page, 3).getByLabel('Namn')).toHaveValue('Li igen');
      await expect(page.locator('#name')).toHaveValue('Åsa "Ö" <b>');
      await expect(page.getByRole('radio', { name: /resten ställs på väntelistan/ })).toBeChecked();
      if (script) expect(await violations(page)).toEqual([]);
      // Put right, it goes through.
      await fillYou(page);
      await page.getByRole('radio', { name: /^På plats/ }).check();
      await fillRow(page, 1, colleague('Bo'));
      await fillRow(page, 2, colleague('Li'));
      await fillRow(page, 3, { name: '', email: '' });
      await send(page).click();
      await expect(members(page)).toHaveText([/Bo.*Har en plats/s, /Li.*Har en plats/s]);
      expect(await site.db.value("select count(*) from sign_ups where event_id = $1 and way = 'on_site'", [event.id])).toBe(2);
    });

    test('not room for everybody: nobody is signed up, and one may choose again', async ({ page, site }) => {
      for (const [button, told, standing] of [
        ['Anmäl bara de 2 första', [/Har en plats/, /Har en plats/, /Anmäldes inte/], { confirmed: 2 }],
        ['Anmäl de 2 första och ställ resten på väntelistan', [/Har en plats/, /Har en plats/, /Nummer 1 på väntelistan/], { confirmed: 2, waitlisted: 1 }],
      ]) {
        const event = await site.db.event({ starts: '2031-05-14 09:00', seats: { digital: 2 } });
        await page.goto(`${event.path}/sign-up/group`);
        await fillYou(page);
        for (const [at, name] of ['Bo', 'Li', 'Kim'].entries()) await fillRow(page, at + 1, colleague(name));
        const answered = page.waitForResponse((response) => response.request().method() === 'POST');
        await send(page).click();
        expect((await answered).status()).toBe(409);
        await expect(page.getByRole('alert')).toContainText('Det finns inte plats för alla');
        await expect(page.getByRole('alert')).toContainText('2 platser är lediga, och 3 behövs.');
        expect(await site.db.standing(event)).toEqual({});
        expect(await site.db.value('select count(*) from mails where event_id = $1', [event.id])).toBe(0);
        await expect(row(page, 3).getByLabel('Namn')).toHaveValue('Kim');
        await expect(page.locator('#consent')).toBeChecked();
        if (script) expect(await violations(page)).toEqual([]);
        await page.getByRole('alert').getByRole('button', { name: button, exact: true }).click();
        await expect(members(page)).toHaveText(told);
        expect(await site.db.standing(event)).toEqual(standing);
      }
    });
  });
}

test('by keyboard: Enter signs up, the button for rows gives a row', async ({ page, site, open }) => {
  const event = await site.db.event({ starts: '2031-05-14 09:00' });
  await open(`${event.path}/sign-up/group`);
  await fillYou(page);
  await fillRow(page, 1, colleague('Bo'));
  for (let rows = 3; rows < 20; rows += 1) {
    await page.getByRole('button', { name: 'Fler rader' }).focus();
    await page.keyboard.press('Enter');
    await expect(row(page, rows + 1).getByLabel('Namn')).toBeFocused();
  }
  await expect(page.getByRole('button', { name: 'Fler rader' })).toBeHidden();
  await page.keyboard.type('Li');
  await page.keyboard.press('Tab');
  await page.keyboard.type(colleague('Li').email);
  await page.keyboard.press('Enter');
  await expect(heading(page)).toHaveText('Klart, så här gick det');
  await expect(members(page)).toHaveCount(2);
});

test('seats and the group\'s page follow what happens', async ({ page, site, open, window }) => {
  const event = await site.db.event({ starts: '2031-05-14 09:00', seats: { digital: 2 } });
  await open(`${event.path}/sign-up/group`);
  await page.locator('#name').fill('Åsa');
  const first = JSON.parse((await post(site, event, [colleague('Bo'), colleague('Li'), colleague('Kim')], { choice: 'line' })).text);
  expect(first.people.map((one) => [one.status, one.position])).toEqual([['confirmed', null], ['confirmed', null], ['waitlisted', 1]]);
  await expect(page.locator('.seats-now')).toContainText('Fullt, 1 på väntelistan');
  await expect(page.locator('#name')).toHaveValue('Åsa');
  const other = await window();
  await open(new URL(first.manage_url).pathname, other);
  await expect(members(other).nth(2)).toContainText('Nummer 1 på väntelistan');
  const token = await site.db.value("select token from sign_ups where event_id = $1 and name = 'Bo'", [event.id]);
  await site.server.post(`/sign-ups/${token}/cancel`, {});
  await expect(members(other)).toHaveText([/Bo.*Tackade nej/s, /Li.*Har en plats/s, /Kim.*Har en plats/s]);
});

test('English, and what is known of who is signed in', async ({ page, site, open }) => {
  const event = await site.db.event({ starts: '2031-05-14 09:00', seats: { digital: 1 }, title_en: 'Daring' });
  const you = goodForm({ name: 'Siobhán Ó' });
  await signIn(page, site, you.email, { lang: 'en' });
  await open(`/en${event.path}/sign-up/group`);
  await expect(heading(page)).toHaveText('Sign up several colleagues');
  await expect(page.locator('#email')).toHaveValue(you.email);
  await page.locator('#name').fill(you.name);
  await page.locator('#organisation').fill('Region X');
  await page.locator('#consent').check();
  const [bo, li] = [colleague('Bo'), colleague('Li')];
  for (const [at, who] of [bo, li].entries()) {
    const group = page.getByRole('group', { name: `Colleague ${at + 1}`, exact: true });
    await group.getByLabel('Name').fill(who.name);
    await group.getByLabel('E-mail').fill(who.email);
  }
  await page.getByRole('radio', { name: /the rest go on the waitlist/ }).check();
  await page.getByRole('button', { name: 'Sign everybody up' }).last().click();
  await expect(heading(page)).toHaveText('Done, this is how it went');
  await expect(members(page)).toHaveText([/Bo.*Has a place/s, /Li.*Number 1 on the waitlist/s]);
  expect(await violations(page)).toEqual([]);
  const mail = await openMail(page, li.email);
  await expect(mail).toContainText('Siobhán Ó, Region X, has signed you up.');
  await mail.getByRole('link', { name: /\/en\/sign-ups\// }).first().click();
  await expect(page.getByText('Say no', { exact: true })).toBeVisible();
});

test('what programs, machines and others send', async ({ site }) => {
  const event = await site.db.event({ starts: '2031-05-14 09:00', seats: { digital: 2 } });
  const [bo, li, kim] = [colleague('Bo'), colleague('Li'), colleague('Kim')];
  const full = await post(site, event, [bo, li, kim]);
  expect([full.status, JSON.parse(full.text)]).toEqual([409, { error: 'there is not room for everybody', wanted: 3, left: 2 }]);
  const wrong = await post(site, event, [{ name: 'Bo', email: 'x' }, { name: 'Se www.spam.example', email: li.email }]);
  expect([wrong.status, Object.keys(JSON.parse(wrong.text).fields)]).toEqual([422, ['email-1', 'name-2']]);
  const many = await post(site, event, Array.from({ length: 21 }, () => colleague('Bo')));
  expect(many.status).toBe(422);
  expect((await post(site, event, [bo], {}, { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  expect((await post(site, event, [bo], { website: 'https://spam.example' })).status).toBe(200);
  expect((await post(site, { path: '/events/finns-inte' }, [bo])).status).toBe(404);
  expect((await site.server.raw(`/events/finns-inte/sign-up/group`)).status).toBe(404);
  expect((await site.server.raw('/sign-ups/group/somebody-elses-00000000')).status).toBe(404);
  expect((await post(site, event, [bo], { padding: 'x'.repeat(70_000) })).status).toBe(413);
  const past = await site.db.event({ starts: '2020-05-14 09:00' });
  expect((await post(site, past, [bo])).status).toBe(409);
  expect(await site.db.standing(event)).toEqual({});

  // Who was signed up before is answered for as everybody else, and has a mail of it.
  await site.server.signUp(event, li);
  const done = JSON.parse((await post(site, event, [bo, li])).text);
  expect(done.people.map((one) => one.status)).toEqual(['confirmed', 'confirmed']);
  expect(await mailTo(site.db, li.email)).toEqual(['confirmed', 'signed_up_again']);
  expect(await site.db.standing(event)).toEqual({ confirmed: 2 });
});

test('everybody in a group counts towards the limit, and the form is kept', async ({ guard }) => {
  const own = await Site.create('empty', { STAFETT_RATE_LIMIT: '10/hour' });
  try {
    const event = await own.db.event({ starts: '2031-05-14 09:00' });
    const six = () => Array.from({ length: 6 }, () => colleague('Bo'));
    expect((await post(own, event, six())).status).toBe(200);
    expect((await post(own, event, six())).status).toBe(429);
    expect(await own.db.standing(event)).toEqual({ confirmed: 6 });
    const form = goodForm({ 'name-1': 'Bo', 'email-1': 'bo@exempel.se', 'name-2': 'Li', 'email-2': 'li@exempel.se', 'name-3': 'Kim', 'email-3': 'kim@exempel.se', 'name-4': 'Eli', 'email-4': 'eli@exempel.se' });
    const page = await own.server.post(`${event.path}/sign-up/group`, form);
    expect(page.status).toBe(429);
    expect(page.text).toContain('Vänta en stund och försök igen');
    expect(page.text).toContain('value="kim@exempel.se"');
  } finally {
    guard.end();
    await own.remove();
  }
});
