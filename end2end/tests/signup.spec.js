import { expect, goodForm, instant, test } from '../support/test.js';
import { Site } from '../support/server.js';

const OWN_PAGE = /\/sign-ups\/[\w-]{22,}(\?|$)/;

/** Fills the form as a person would. */
async function fill(page, fields = {}) {
  const form = goodForm(fields);
  await page.getByLabel('Namn').fill(form.name);
  await page.getByLabel('E-post').fill(form.email);
  await page.getByLabel('Organisation').fill(form.organisation);
  await page.getByRole('checkbox').check();
  return form;
}
const mailTo = async (db, address) =>
  (await db.sql('select kind from mails where to_address = $1 order by id', [address])).map((row) => row.kind);

test.describe('by form', () => {
  test('a place: told at once, by mail, and on a page of one\'s own', async ({ page, site, open }) => {
    const event = await site.db.event({ starts: '2031-05-14 09:00', seats: { digital: 12 }, title_sv: 'Att våga' });
    await open(event.path);
    const form = await fill(page);
    await page.getByRole('button', { name: 'Anmäl dig' }).click();
    await expect(page).toHaveURL(OWN_PAGE);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Du är anmäld');
    await expect(page.getByText(`En bekräftelse är på väg till ${form.email}`)).toBeVisible();
    expect(await site.db.standing(event)).toEqual({ confirmed: 1 });
    expect(await mailTo(site.db, form.email)).toEqual(['confirmed']);

    // The mail, in the local mailbox.
    await page.goto('/dev/mail');
    await page.getByRole('listitem').filter({ hasText: form.email }).getByRole('link').click();
    await expect(page.locator('main')).toContainText('Du är anmäld: Att våga');
    await expect(page.locator('main')).toContainText('Hej Åsa Öberg!');
    await expect(page.locator('main')).toContainText('onsdag 14 maj 2031 09:00–10:00');
    await page.locator('main').getByRole('link', { name: /\/sign-ups\// }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Du har en plats');
    await page.getByRole('link', { name: 'Att våga' }).click();
    await expect(page.locator('.act .seats')).toContainText('11 av 12 platser kvar');
  });

  test('known organisations are suggested, all 290 municipalities among them', async ({ page, site, open }) => {
    const event = await site.db.event({ starts: '2031-05-14 09:00' });
    const suggested = async () => {
      const list = page.locator('datalist#organisations option');
      await expect.poll(() => list.count()).toBeGreaterThanOrEqual(290);
      return list.evaluateAll((options) => options.map((option) => option.value));
    };
    await open(event.path);
    expect(await suggested()).toEqual(expect.arrayContaining(['Umeå kommun', 'Örebro kommun', 'Malmö stad']));
    // Also where the browser made the page itself.
    await open('/');
    await page.locator('.hero h1 a').click();
    await expect(page.locator('form[action*=sign-up]')).toBeVisible();
    expect(await suggested()).toContain('Umeå kommun');
  });

  test('what is wrong is told at each field and in a summary, and nothing typed is lost', async ({ page, site, open }) => {
    const event = await site.db.event({ starts: '2031-05-14 09:00', format: 'hybrid', venue: 'Aulan', platform: 'Zoom' });
    await open(event.path);
    await page.getByLabel('Namn').fill('Åsa "Ö" <b>');
    await page.getByLabel('E-post').fill('inte en adress');
    const answered = page.waitForResponse((response) => response.request().method() === 'POST');
    await page.getByRole('button', { name: 'Anmäl dig' }).click();
    expect((await answered).status()).toBe(422);

    const summary = page.getByRole('alert');
    await expect(summary.getByRole('heading')).toHaveText('Anmälan är inte skickad än');
    await expect(summary.getByRole('link')).toHaveText([
      'Adressen ska se ut som namn@kommun.se.',
      'Skriv var du arbetar.',
      'Välj hur du vill delta.',
      'Kryssa i rutan så att vi får spara dina uppgifter.',
    ]);
    await summary.focus();
    await expect(summary).toBeFocused();
    await expect(page.getByLabel('Namn')).toHaveValue('Åsa "Ö" <b>');
    await expect(page.getByLabel('Namn')).not.toHaveAttribute('aria-invalid');
    await expect(page.getByLabel('E-post')).toHaveValue('inte en adress');
    await expect(page.getByLabel('E-post')).toHaveAttribute('aria-invalid', 'true');
    await expect(page.getByLabel('E-post')).toHaveAccessibleDescription(/Adressen ska se ut som namn@kommun\.se\./);
    await expect(page.getByLabel('Organisation')).toHaveAccessibleDescription(/Skriv var du arbetar\./);
    await expect(page.getByRole('checkbox')).toHaveAccessibleDescription(/Kryssa i rutan/);
    await expect(page.getByRole('group', { name: 'Hur vill du delta?' })).toHaveAccessibleDescription(/Välj hur du vill delta\./);

    await summary.getByRole('link', { name: 'Adressen ska' }).click();
    await expect(page.getByLabel('E-post')).toBeFocused();
    await summary.getByRole('link', { name: 'Välj hur' }).click();
    await expect(page.getByRole('group', { name: 'Hur vill du delta?' })).toBeFocused();

    await fill(page, { name: 'Åsa' });
    await page.getByRole('radio', { name: /^På plats/ }).check();
    await page.getByRole('button', { name: 'Anmäl dig' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Du är anmäld');
    expect(await site.db.value('select way from sign_ups where event_id = $1', [event.id])).toBe('on_site');
  });

  test('full: the waitlist in order; a cancelled place goes to the first in line', async ({ page, site, open, window }) => {
    const event = await site.db.event({ starts: '2031-05-14 09:00', seats: { digital: 1 } });
    const [holder] = await site.db.fill(event, 1, 1);
    await open(event.path);
    await fill(page);
    await page.getByRole('button', { name: 'Ställ dig på väntelistan' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Du är nummer 2 på väntelistan');
    await expect(page.getByRole('img', { name: 'Plats 2 av 2 på väntelistan' })).toBeVisible();

    const other = await window();
    await open(holder.path, other);
    await expect(other.getByRole('heading', { level: 1 })).toHaveText('Du har en plats');
    await other.getByText('Avanmäl mig', { exact: true }).click();
    await other.getByRole('button', { name: 'Ja, avanmäl mig' }).click();
    await expect(other.getByRole('heading', { level: 1 })).toHaveText('Du är avanmäld');

    // Whoever waited for longest has it, and the page of the second moves up by itself.
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Du är nummer 1 på väntelistan');
    const rows = await site.db.sql('select status, queue_number from sign_ups where event_id = $1 order by queue_number', [event.id]);
    expect(rows.map((row) => row.status)).toEqual(['cancelled', 'confirmed', 'waitlisted']);
    const promoted = await site.db.value("select count(*) from mails where event_id = $1 and kind = 'promoted'", [event.id]);
    expect(promoted).toBe(1);

    // One may come back, and is last then.
    await other.getByRole('link', { name: 'Anmäl dig igen' }).click();
    await expect(other.getByRole('heading', { name: 'Ställ dig på väntelistan' })).toBeVisible();
  });

  test('leaving the waitlist gives nobody a place', async ({ page, site, open }) => {
    const event = await site.db.event({ starts: '2031-05-14 09:00', seats: { digital: 1 } });
    const [, first, second] = await site.db.fill(event, 1, 2);
    await open(first.path);
    await page.getByText('Lämna väntelistan', { exact: true }).click();
    await page.getByRole('button', { name: 'Ja, lämna väntelistan' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Du är avanmäld');
    await page.goto(second.path);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Du är nummer 1 på väntelistan');
    expect(await site.db.standing(event)).toEqual({ confirmed: 1, waitlisted: 1, cancelled: 1 });
  });

  test('the same address again: no second seat, no link, a mail to the owner', async ({ page, site, open }) => {
    const event = await site.db.event({ starts: '2031-05-14 09:00', seats: { digital: 5 } });
    const { email } = goodForm();
    await site.server.signUp(event, { email });
    await open(event.path);
    await fill(page, { email: email.toUpperCase(), name: 'Någon Annan' });
    await page.getByRole('button', { name: 'Anmäl dig' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Den adressen är redan anmäld');
    await expect(page).toHaveURL(new RegExp(`${event.path}/signed-up(#|$)`));
    expect(await page.content()).not.toContain('/sign-ups/');
    expect(await site.db.standing(event)).toEqual({ confirmed: 1 });
    expect(await mailTo(site.db, email)).toEqual(['confirmed', 'signed_up_again']);
    await page.getByRole('link', { name: 'Tillbaka till aktiviteten' }).click();
    await expect(page).toHaveURL(new RegExp(`${event.path}$`));
  });

  test('English: form, answer and mail', async ({ page, site, open }) => {
    const event = await site.db.event({ starts: '2031-05-14 09:00', title_en: 'Daring', title_sv: 'Att våga' });
    await open(`/en${event.path}`);
    await page.getByRole('button', { name: 'Sign up' }).click();
    await expect(page.getByRole('alert')).toContainText('Write your name.');
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    const form = goodForm();
    await page.getByLabel('Name').fill(form.name);
    await page.getByLabel('E-mail').fill(form.email);
    await page.getByLabel('Organisation').fill(form.organisation);
    await page.getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Sign up' }).click();
    await expect(page).toHaveURL(/\/en\/sign-ups\//);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('You are signed up');
    await page.goto('/dev/mail');
    await page.getByRole('listitem').filter({ hasText: form.email }).getByRole('link').click();
    await expect(page.locator('main')).toContainText('You are signed up: Daring');
    await expect(page.locator('main')).toContainText('/en/sign-ups/');
  });

  test('names are kept and shown as they were written', async ({ page, site }) => {
    for (const name of ['Åsa Öberg-Ärlig', "Siobhán O'Leary", '李 小龍', '🙂 Åke 👩‍👩‍👧', '<script>alert(1)</script>', "Robert'); drop table sign_ups;--", 'a'.repeat(200)]) {
      const event = await site.db.event({ starts: '2031-05-14 09:00', seats: { digital: 5 } });
      const form = goodForm({ name });
      const answer = await site.server.signUp(event, form);
      expect(answer.status, name).toBeLessThan(300);
      expect(await site.db.value('select name from sign_ups where event_id = $1', [event.id])).toBe(name);
      const mail = await site.db.value('select id from mails where to_address = $1', [form.email]);
      expect(mail).toBeTruthy();
      await page.goto('/dev/mail');
      await page.getByRole('listitem').filter({ hasText: form.email }).getByRole('link').click();
      await expect(page.locator('main')).toContainText(`Hej ${name}!`);
    }
  });
});

test.describe('by HTTP', () => {
  test('303 to one\'s own page, which nobody may keep or find', async ({ site }) => {
    const event = await site.db.event({ starts: '2031-05-14 09:00' });
    const answer = await site.server.post(`${event.path}/sign-up`, goodForm());
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toMatch(OWN_PAGE);
    const path = answer.headers.location.replace(site.url, '');
    const own = await site.server.raw(path);
    expect(own.status).toBe(200);
    expect(own.headers['cache-control']).toMatch(/no-store|private/);
    expect(own.text).toMatch(/<meta name="robots" content="noindex"/);
    expect(own.headers['referrer-policy']).toMatch(/^(no-referrer|same-origin|strict-origin.*)$/);
    const token = path.match(/sign-ups\/([\w-]+)/)[1];
    expect((await site.server.raw(`/sign-ups/${token.slice(0, -1)}`)).status).toBe(404);
  });

  test('as JSON: status, position and link', async ({ site }) => {
    const event = await site.db.event({ starts: '2031-05-14 09:00', seats: { digital: 1 } });
    const first = await site.server.signUp(event);
    expect(first.headers['content-type']).toMatch(/^application\/json/);
    expect(first.json).toEqual({ status: 'confirmed', position: null, manage_url: expect.stringMatching(OWN_PAGE) });
    const second = await site.server.signUp(event);
    expect(second.json).toEqual({ status: 'waitlisted', position: 1, manage_url: expect.stringMatching(OWN_PAGE) });
    const third = await site.server.signUp(event);
    expect(third.json).toMatchObject({ status: 'waitlisted', position: 2 });
    expect(new URL(first.json.manage_url, site.url).pathname).not.toBe(new URL(second.json.manage_url, site.url).pathname);

    const own = await site.server.raw(new URL(second.json.manage_url, site.url).pathname);
    expect(own.text).toContain('Du är nummer 1 på väntelistan');
  });

  test('the same address again as JSON: the same status, no link', async ({ site }) => {
    const event = await site.db.event({ starts: '2031-05-14 09:00', seats: { digital: 1 } });
    const [a, b] = [goodForm(), goodForm()];
    await site.server.signUp(event, a);
    await site.server.signUp(event, b);
    for (const [form, status, position] of [[a, 'confirmed', null], [b, 'waitlisted', 1]]) {
      const { json } = await site.server.signUp(event, { ...form, email: ` ${form.email.toUpperCase()} ` });
      expect(json).toMatchObject({ status, position });
      expect(json.manage_url ?? null).toBeNull();
    }
    expect(await site.db.standing(event)).toEqual({ confirmed: 1, waitlisted: 1 });
  });

  test('422 as JSON for a form that is wrong', async ({ site }) => {
    const event = await site.db.event({ starts: '2031-05-14 09:00' });
    const answer = await site.server.signUp(event, { email: 'nej', name: '' });
    expect(answer.status).toBe(422);
    expect(answer.json).toBeTruthy();
    expect(await site.db.standing(event)).toEqual({});
  });

  test('409 where sign-up is not open, and nothing is taken', async ({ site }) => {
    for (const [fields, text] of [
      [{ state: 'preliminary' }, /har inte öppnat/],
      [{ sign_up_opens_at: instant('2031-01-01 08:00') }, /har inte öppnat/],
      [{ sign_up_closes_at: instant('2024-01-01 08:00') }, /är stängd/],
      [{ state: 'cancelled' }, /är inställt/],
      [{ state: 'held', starts: '2024-05-14 09:00' }, /är stängd/],
    ]) {
      const event = await site.db.event({ starts: '2031-05-14 09:00', ...fields });
      const answer = await site.server.post(`${event.path}/sign-up`, goodForm());
      expect(answer.status, JSON.stringify(fields)).toBe(409);
      expect(answer.text).toMatch(text);
      expect((await site.server.signUp(event)).status).toBe(409);
      expect(await site.db.standing(event)).toEqual({});
    }
  });

  test('409 in a window: sign-up closes while somebody fills the form', async ({ page, site, open }) => {
    const event = await site.db.event({ starts: '2031-05-14 09:00', title_sv: 'Bråttom' });
    await open(event.path);
    await fill(page);
    // Nobody is told, so the form stays: the server has the last word.
    await site.db.sql('update events set sign_up_closes_at = now() where id = $1', [event.id]);
    const answered = page.waitForResponse((response) => response.request().method() === 'POST');
    await page.getByRole('button', { name: 'Anmäl dig' }).click();
    expect((await answered).status()).toBe(409);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Anmälan till Bråttom är stängd');
    await expect(page.getByText('Ingen plats har tagits.')).toBeVisible();
    // It lives, too.
    await page.waitForRequest((request) => request.url().includes('/live'));
    await expect(page.getByText('Ingen plats har tagits.')).toBeVisible();
    await page.getByRole('link', { name: 'Tillbaka till aktiviteten' }).click();
    await expect(page.getByText('Anmälan är stängd', { exact: true })).toBeVisible();
  });

  test('404 for what is not there', async ({ site }) => {
    expect((await site.server.post('/events/finns-inte/sign-up', goodForm())).status).toBe(404);
    const draft = await site.db.event({ starts: '2031-05-14 09:00', state: 'draft' });
    expect((await site.server.post(`${draft.path}/sign-up`, goodForm())).status).toBe(404);
    expect((await site.server.post('/sign-ups/ingen-lank/cancel', {})).status).toBe(404);
  });

  test('cancelling twice does it once; after the beginning it is too late', async ({ site }) => {
    const event = await site.db.event({ starts: '2031-05-14 09:00', seats: { digital: 1 } });
    const [holder] = await site.db.fill(event, 1, 2);
    for (let time = 0; time < 2; time += 1) {
      const answer = await site.server.post(`${holder.path}/cancel`, {});
      expect(answer.status).toBe(303);
    }
    expect(await site.db.standing(event)).toEqual({ confirmed: 1, waitlisted: 1, cancelled: 1 });

    const begun = await site.db.event({ starts: '2031-05-14 09:00' });
    const [there] = await site.db.fill(begun, 1);
    await site.db.sql("update events set starts_at = now() - interval '1 minute', ends_at = now() + interval '1 hour' where id = $1", [begun.id]);
    const late = await site.server.post(`${there.path}/cancel`, {});
    expect(late.status).toBeLessThan(500);
    expect(await site.db.standing(begun)).toEqual({ confirmed: 1 });
  });

  test('what a page elsewhere posts is refused', async ({ site }) => {
    const event = await site.db.event({ starts: '2031-05-14 09:00' });
    const [holder] = await site.db.fill(event, 1);
    const preliminary = await site.db.event({ starts: '2031-05-14 09:00', state: 'preliminary' });
    for (const headers of [
      { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' },
      { origin: 'http://127.0.0.1:1', 'sec-fetch-site': 'same-site' },
      { origin: 'null', 'sec-fetch-site': 'cross-site' },
    ]) {
      for (const [path, fields] of [
        [`${event.path}/sign-up`, goodForm()],
        [`/en${event.path}/sign-up`, goodForm()],
        [`${holder.path}/cancel`, {}],
        [`${preliminary.path}/watch`, { email: goodForm().email }],
      ]) {
        const answer = await site.server.post(path, fields, headers);
        expect(answer.status, `${path} ${headers.origin}`).toBe(403);
      }
    }
    // A browser that sends no Sec-Fetch-Site still says where it comes from.
    const old = await site.server.raw(`${event.path}/sign-up`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://elsewhere.example' },
      body: new URLSearchParams(goodForm()).toString(),
    });
    expect(old.status).toBe(403);
    expect(old.text).toContain('Det där går inte att göra härifrån');
    expect(await site.db.standing(event)).toEqual({ confirmed: 1 });
    expect(await site.db.value('select count(*) from opening_watchers where event_id = $1', [preliminary.id])).toBe(0);
  });

  test('what fills the field that no person sees takes no place', async ({ page, site, open }) => {
    const event = await site.db.event({ starts: '2031-05-14 09:00' });
    const answer = await site.server.post(`${event.path}/sign-up`, goodForm({ website: 'https://spam.example' }));
    expect(answer.status).toBeLessThan(500);
    expect(await site.db.standing(event)).toEqual({});
    expect(await site.db.value('select count(*) from mails where event_id = $1', [event.id])).toBe(0);
    await open(event.path);
    await expect(page.locator('#website')).not.toBeInViewport();
    await expect(page.locator('#website')).toHaveAttribute('tabindex', '-1');
  });
});

test.describe('what nobody should send', () => {
  test('ends in 4xx with nothing stored', async ({ site }) => {
    const event = await site.db.event({ starts: '2031-05-14 09:00' });
    const path = `${event.path}/sign-up`;
    const good = new URLSearchParams(goodForm()).toString();
    const without = (name) => good.replace(new RegExp(`(^|&)${name}=[^&]*`), '');
    for (const [what, body, headers] of [
      ['1 MB in a name', `${without('name')}&name=${'a'.repeat(1_000_000)}`],
      ['1 MB in an address', `${without('email')}&email=${'a'.repeat(1_000_000)}@b.se`],
      ['201 letters', `${without('name')}&name=${'a'.repeat(201)}`],
      ['invalid UTF-8, escaped', `${without('name')}&name=%ff%fe`],
      ['invalid UTF-8, raw', Buffer.concat([Buffer.from(`${without('name')}&name=`), Buffer.from([0xc3, 0x28, 0xff])])],
      ['a NUL in a name', `${without('name')}&name=a%00b`],
      ['a NUL in an address', `${without('email')}&email=a%00b@c.se`],
      ['a line break in an address', `${without('email')}&email=a@b.se%0d%0aBcc:+x@y.se`],
      ['only spaces', `${without('name')}&name=+++`],
      ['a way that is none', `${good}&way=teleport`],
      ['another way than the event\'s', `${good}&way=on_site`],
      ['nothing', ''],
      ['JSON', '{"name": "x"}', { 'content-type': 'application/json' }],
      ['text', 'hello', { 'content-type': 'text/plain' }],
      ['no type', good, { 'content-type': '' }],
      ['a broken multipart', '--x\r\nnonsense', { 'content-type': 'multipart/form-data; boundary=x' }],
    ]) {
      const answer = await site.server.post(path, body, headers);
      expect(answer.status, what).toBeGreaterThanOrEqual(400);
      expect(answer.status, what).toBeLessThan(500);
    }
    expect(await site.db.standing(event)).toEqual({});
    expect(await site.db.value('select count(*) from mails where event_id = $1', [event.id])).toBe(0);
    // Fields twice, and fields unknown.
    const odd = await site.server.post(path, `${good}&name=Bo&unknown=1`);
    expect(odd.status).toBeLessThan(500);
  });

  test('a body of many megabytes is not taken in', async ({ site }) => {
    const event = await site.db.event({ starts: '2031-05-14 09:00' });
    const status = await site.server.post(`${event.path}/sign-up`, `name=${'a'.repeat(20_000_000)}`).then(
      (answer) => answer.status,
      // A server may close the connection while the body is still being sent.
      (error) => error.code,
    );
    expect([413, 'ECONNRESET', 'EPIPE']).toContain(status);
    expect((await site.server.raw('/healthz')).status).toBe(200);
  });

  test('a form that came back with an error shows nothing unescaped', async ({ site }) => {
    const event = await site.db.event({ starts: '2031-05-14 09:00' });
    const evil = '"><img src=x onerror=alert(1)><script>alert(2)</script>';
    const answer = await site.server.post(`${event.path}/sign-up`, { name: evil, email: evil, organisation: evil, way: evil, consent: evil });
    expect(answer.status).toBe(422);
    expect(answer.text).not.toContain('<img src=x');
    expect(answer.text).not.toContain('<script>alert');
  });
});

test.describe('"tell me when it opens"', () => {
  test('takes an address down once and answers the same each time', async ({ page, site, open }) => {
    const event = await site.db.event({ starts: '2031-05-14 09:00', state: 'preliminary' });
    const { email } = goodForm();
    await open(event.path);
    const field = page.getByLabel('Vill du veta när anmälan öppnar?');
    await field.fill('inte en adress');
    await page.getByRole('button', { name: 'Säg till mig' }).click();
    await expect(page.getByRole('alert')).toHaveText('Adressen ska se ut som namn@kommun.se.');
    await expect(field).toHaveValue('inte en adress');
    await expect(field).toHaveAccessibleDescription(/Adressen ska/);
    for (let time = 0; time < 2; time += 1) {
      await page.goto(event.path);
      await field.fill(time ? email.toUpperCase() : email);
      await page.getByRole('button', { name: 'Säg till mig' }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Vi säger till när anmälan öppnar');
    }
    const watchers = await site.db.sql('select email from opening_watchers where event_id = $1', [event.id]);
    expect(watchers).toEqual([{ email }]);
    await page.goto('/dev/mail');
    await expect(page.getByRole('listitem').filter({ hasText: email })).toHaveCount(1);
  });

  test('errors are 4xx; an event that is open takes none down', async ({ site }) => {
    const event = await site.db.event({ starts: '2031-05-14 09:00', state: 'preliminary' });
    expect((await site.server.post(`${event.path}/watch`, { email: '' })).status).toBe(422);
    expect((await site.server.post(`${event.path}/watch`, 'email=%ff')).status).toBeGreaterThanOrEqual(400);
    const opened = await site.db.event({ starts: '2031-05-14 09:00' });
    expect((await site.server.post(`${opened.path}/watch`, { email: goodForm().email })).status).toBeLessThan(500);
    expect(await site.db.value('select count(*) from opening_watchers where event_id = any($1)', [[event.id, opened.id]])).toBe(0);
    expect((await site.server.post('/events/finns-inte/watch', { email: 'a@b.se' })).status).toBe(404);
  });
});

test.describe('when everybody comes at once', () => {
  test('over two servers: never more than the seats, the line without gaps, each with a mail', async ({ ownSite }) => {
    const second = await ownSite.another();
    const event = await ownSite.db.event({ starts: '2031-05-14 09:00', seats: { digital: 20 } });
    const answers = await Promise.all(
      Array.from({ length: 120 }, (_, index) => (index % 2 ? second : ownSite.server).signUp(event)),
    );
    expect(answers.every((answer) => answer.status < 300)).toBe(true);
    expect(answers.filter((answer) => answer.json.status === 'confirmed')).toHaveLength(20);
    const line = answers.filter((answer) => answer.json.status === 'waitlisted').map((answer) => answer.json.position);
    expect(line.sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
    expect(await ownSite.db.standing(event)).toEqual({ confirmed: 20, waitlisted: 100 });
    expect(await ownSite.db.value('select count(distinct sign_up_id) from mails where event_id = $1', [event.id])).toBe(120);
  });

  test('one address many times at once is one sign-up', async ({ site }) => {
    const event = await site.db.event({ starts: '2031-05-14 09:00', seats: { digital: 20 } });
    const form = goodForm();
    const answers = await Promise.all(Array.from({ length: 20 }, () => site.server.signUp(event, form)));
    expect(answers.filter((answer) => answer.json.manage_url)).toHaveLength(1);
    expect(await site.db.standing(event)).toEqual({ confirmed: 1 });
  });

  test('killed in the middle: whoever was told "confirmed" has the place', async ({ ownSite }) => {
    const event = await ownSite.db.event({ starts: '2031-05-14 09:00', seats: { digital: 500 } });
    const told = [];
    let answered = 0;
    const enough = deferred();
    const requests = Array.from({ length: 300 }, async () => {
      const form = goodForm();
      try {
        const { json } = await ownSite.server.signUp(event, form);
        if (json?.status === 'confirmed') told.push(form.email);
      } catch {
        // The server is gone; nothing was promised.
      }
      answered += 1;
      if (answered === 40) enough.resolve();
    });
    await enough.promise;
    await ownSite.server.kill();
    await Promise.all(requests);
    expect(told.length).toBeGreaterThan(0);
    const kept = await ownSite.db.sql("select p.email from sign_ups s join people p on p.id = s.person_id where s.event_id = $1 and s.status = 'confirmed'", [event.id]);
    const emails = new Set(kept.map((row) => row.email));
    expect(told.filter((email) => !emails.has(email))).toEqual([]);
    expect(await ownSite.db.value('select confirmed from event_ways where event_id = $1', [event.id])).toBe(kept.length);
    await ownSite.server.start();
    expect((await ownSite.server.signUp(event)).json.status).toBe('confirmed');
  });
});

function deferred() {
  let resolve;
  const promise = new Promise((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

test('too many from one address: 429 with a page that says what to do', async ({ page, open, guard }) => {
  const site = await Site.create('demo', { STAFETT_RATE_LIMIT: '3/minute' });
  try {
    const event = await site.db.event({ starts: '2031-05-14 09:00', seats: { digital: 50 } });
    for (let time = 0; time < 3; time += 1) expect((await site.server.signUp(event)).status).toBeLessThan(300);
    const refused = await site.server.signUp(event);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(await site.db.standing(event)).toEqual({ confirmed: 3 });
    // Reading is not limited.
    await open(`${site.url}${event.path}`);
    const form = await fill(page);
    await page.getByRole('button', { name: 'Anmäl dig' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Vänta en stund och försök igen');
    await page.goBack();
    await expect(page.getByLabel('Namn')).toHaveValue(form.name);
    await expect(page.getByLabel('E-post')).toHaveValue(form.email);
  } finally {
    guard.end();
    await site.remove();
  }
});

test('the local mailbox is for development only', async ({ site }) => {
  const server = await site.another({ STAFETT_MODE: 'production', STAFETT_PUBLIC_URL: 'https://stafett.example' });
  expect((await server.raw('/dev/mail')).status).toBe(404);
  expect((await site.server.raw('/dev/mail')).status).toBe(200);
  await server.stop();
});

test('one\'s own page follows the event: cancelled, moved', async ({ page, site, open }) => {
  const event = await site.db.event({ starts: '2031-05-14 09:00' });
  const [holder] = await site.db.fill(event, 1);
  await open(holder.path);
  await expect(page.locator('main')).toContainText('onsdag 14 maj 2031 09:00–10:00');
  await site.db.change(event, { starts_at: instant('2031-05-15 13:00'), ends_at: instant('2031-05-15 14:00') });
  await expect(page.locator('main')).toContainText('torsdag 15 maj 2031 13:00–14:00');
});
