import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { mailedSecret, newLink, session, signIn } from '../support/account.js';
import { complaints } from '../support/axe.js';
import { expect, goodForm, test, unique } from '../support/test.js';

const somebody = () => `${unique('person')}@exempel.se`;
const heading = (page) => page.getByRole('heading', { level: 1 });
const banner = (page) => page.getByRole('banner');
/** A page without what is new in every answer. */
const still = (text, headers) => text.replaceAll(headers['content-security-policy'].match(/'nonce-([^']+)'/)[1], 'NONCE');

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('from an event by mail and back to it, with the form filled in', async ({ page, site }) => {
      const event = await site.db.event({ starts: '2031-05-14 09:00', title_sv: 'Att våga' });
      const email = somebody();
      await page.goto(event.path);
      await banner(page).getByRole('link', { name: 'Logga in' }).click();
      await expect(heading(page)).toHaveText('Logga in');
      await page.getByLabel('E-post').fill(email);
      await page.getByRole('button', { name: 'Mejla mig en länk' }).click();
      await expect(page).toHaveURL('/sign-in/sent');
      await expect(heading(page)).toHaveText('Titta i din inkorg');

      await page.goto('/dev/mail');
      await page.getByRole('listitem').filter({ hasText: email }).getByRole('link', { name: 'Logga in på Stafett' }).click();
      await page.locator('main').getByRole('link', { name: /\/sign-in\// }).click();
      await expect(page.locator('main')).toContainText(email);
      await page.getByRole('main').getByRole('button', { name: 'Logga in' }).click();
      await expect(page).toHaveURL(event.path);
      await expect(banner(page).getByRole('link', { name: `Min sida: ${email.split('@')[0]}` })).toBeVisible();
      await expect(page.getByLabel('E-post')).toHaveValue(email);
      // What an address was made into is nobody's name.
      await expect(page.getByLabel('Namn')).toHaveValue('');

      await banner(page).getByRole('link', { name: /^Min sida/ }).click();
      await expect(heading(page)).toHaveText('Min sida');
      await page.getByRole('link', { name: 'Skriv ditt namn' }).click();
      await page.getByLabel('Namn').fill('Åsa Öberg');
      await page.getByLabel('Organisation').fill('Umeå kommun');
      await page.getByLabel('Kommun').selectOption('Umeå');
      await page.getByLabel('Mat du inte äter').fill('Inga nötter');
      await page.getByRole('button', { name: 'Spara' }).click();
      await expect(page.getByText('Sparat', { exact: true })).toBeVisible();
      await expect(page.getByLabel('Kommun')).toHaveValue('2480');
      await expect(page.getByLabel('Mat du inte äter')).toHaveValue('Inga nötter');

      await page.goto(event.path);
      await expect(page.getByLabel('Namn')).toHaveValue('Åsa Öberg');
      await expect(page.getByLabel('Organisation')).toHaveValue('Umeå kommun');
      await page.getByRole('checkbox').check();
      await page.getByRole('button', { name: 'Anmäl dig' }).click();
      await expect(heading(page)).toHaveText('Du är anmäld');
      await banner(page).getByRole('link', { name: 'Min sida: Åsa Öberg' }).click();
      await expect(page.getByRole('heading', { level: 2, name: 'Att våga' })).toBeVisible();
      await expect(page.locator('.hero')).toContainText('Du har en plats');
      await page.getByRole('button', { name: 'Logga ut' }).click();
      await expect(page).toHaveURL('/');
      await expect(banner(page).getByRole('link', { name: 'Logga in' })).toBeVisible();
      expect(await page.context().cookies()).toEqual([]);
    });

    test('in English', async ({ page, site }) => {
      const email = somebody();
      await page.goto('/en/me');
      await expect(heading(page)).toHaveText('Sign in first');
      await page.getByRole('main').getByRole('link', { name: 'Sign in' }).click();
      await page.getByLabel('E-mail').fill('no address');
      await page.getByRole('button', { name: 'Mail me a link' }).click();
      await expect(page.getByRole('alert')).toContainText('The address should look like');
      await expect(page.getByLabel('E-mail')).toHaveValue('no address');
      await expect(page.getByLabel('E-mail')).toHaveAccessibleDescription(/The address should look like/);
      await page.getByLabel('E-mail').fill(email);
      await page.getByRole('button', { name: 'Mail me a link' }).click();
      await expect(heading(page)).toHaveText('Look in your inbox');
      await page.goto('/dev/mail');
      await page.getByRole('listitem').filter({ hasText: email }).getByRole('link', { name: 'Sign in to Stafett' }).click();
      await page.locator('main').getByRole('link', { name: /\/en\/sign-in\// }).click();
      await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
      await expect(page).toHaveURL('/en/me');
      await expect(page.getByRole('heading', { name: 'You are not signed up for anything right now' })).toBeVisible();
      await expect(page.locator('.nothing .row').first()).toBeVisible();
      await page.getByRole('link', { name: 'Your account' }).click();
      await page.getByLabel('Name').fill(' ');
      await page.getByLabel('Role at work').fill('Strategist');
      await page.getByRole('button', { name: 'Save' }).click();
      await expect(page.getByRole('alert').getByRole('link')).toHaveText(['Write your name.']);
      await expect(page.getByLabel('Role at work')).toHaveValue('Strategist');
      await page.getByLabel('Name').fill('Eve O\'Leary');
      await page.getByRole('button', { name: 'Save' }).click();
      await expect(page.getByText('Saved', { exact: true })).toBeVisible();
      await expect(banner(page).getByRole('link', { name: 'My page: Eve O\'Leary' })).toBeVisible();
      await page.getByRole('button', { name: 'Sign out', exact: true }).click();
      await expect(page).toHaveURL('/en');
    });
  });
}

test.describe('the link', () => {
  test('programs that look behind the links of a mail use nothing up; the button does, once', async ({ site }) => {
    const { server, db } = site;
    const email = somebody();
    await server.post('/sign-in', { email });
    const path = `/sign-in/${await mailedSecret(db, email)}`;
    for (const method of ['GET', 'HEAD', 'GET']) {
      const answer = await server.raw(path, { method });
      expect(answer.status).toBe(200);
      expect(answer.headers['set-cookie']).toBeUndefined();
      expect(answer.headers['cache-control']).toBe('no-store');
    }
    const used = await server.post(path, {});
    expect(used.status).toBe(303);
    expect(used.headers.location).toBe('/me');
    const [cookie] = used.headers['set-cookie'];
    expect(cookie).toMatch(/^stafett_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=7776000$/);
    for (const again of [await server.post(path, {}), await server.raw(path)]) {
      expect(again.status).toBe(410);
      expect(again.text).toContain('Länken går inte längre att använda');
      expect(again.text).toContain('action="/sign-in"');
      expect(again.headers['set-cookie']).toBeUndefined();
    }
    const english = await server.raw(`/en${path}`);
    expect(english.text).toContain('The link can no longer be used');
  });

  test('posted many times at once it signs in once', async ({ site }) => {
    const path = `/sign-in/${await newLink(site.db, somebody())}`;
    const answers = await Promise.all(Array.from({ length: 8 }, () => site.server.post(path, {})));
    expect(answers.map((answer) => answer.status).sort()).toEqual([303, 410, 410, 410, 410, 410, 410, 410]);
    expect(answers.filter((answer) => answer.headers['set-cookie'])).toHaveLength(1);
  });

  test('too old, or none: what happened, and the way to a new one', async ({ page, site }) => {
    const email = somebody();
    await page.goto(`/sign-in/${await newLink(site.db, email, { minutesAgo: 21 })}`);
    await expect(heading(page)).toHaveText('Länken går inte längre att använda');
    await page.getByLabel('E-post').fill(email);
    await page.getByRole('button', { name: 'Mejla mig en länk' }).click();
    await expect(heading(page)).toHaveText('Titta i din inkorg');
    expect(await mailedSecret(site.db, email)).toBeTruthy();
    for (const secret of ['x', 'A'.repeat(43), 'A'.repeat(5_000), '%00', "'%20or%20true%20--", '%ff', '..%2f..%2fme']) {
      for (const answer of [await site.server.raw(`/sign-in/${secret}`), await site.server.post(`/sign-in/${secret}`, {})]) {
        expect(answer.status, secret.slice(0, 20)).toBe(404);
        expect(answer.headers['set-cookie'], secret.slice(0, 20)).toBeUndefined();
      }
    }
  });

  test('an address that is known and one that is not are answered alike', async ({ site }) => {
    const { server, db } = site;
    const [known, unknown] = [somebody(), somebody()];
    await session(site, known);
    const answers = [];
    for (const email of [known, unknown]) {
      const answer = await server.post('/sign-in', { email });
      answers.push([answer.status, answer.headers.location, answer.headers['set-cookie'], answer.text]);
      expect(await db.value("select count(*) from mails where kind = 'sign_in' and to_address = $1", [email])).toBe(1);
    }
    expect(answers[0]).toEqual([303, '/sign-in/sent', undefined, '']);
    expect(answers[1]).toEqual(answers[0]);
    expect(await db.value('select count(*) from people where email_key = $1', [unknown])).toBe(0);
    const json = await server.post('/sign-in', { email: unknown }, { accept: 'application/json' });
    expect([json.status, JSON.parse(json.text)]).toEqual([202, { status: 'sent' }]);
  });

  test('the sixth mail within a quarter of an hour is not sent, and nobody is told', async ({ site }) => {
    const email = somebody();
    for (let time = 0; time < 7; time += 1) {
      const answer = await site.server.post('/sign-in', { email: time % 2 ? email.toUpperCase() : email });
      expect([answer.status, answer.headers.location]).toEqual([303, '/sign-in/sent']);
    }
    expect(await site.db.value("select count(*) from mails where kind = 'sign_in' and lower(to_address) = $1", [email])).toBe(5);
    await site.server.post('/sign-in', { email: somebody(), website: 'https://spam.example' });
  });

  test('leads back into this site, and nowhere else', async ({ site }) => {
    const { server, db } = site;
    for (const [next, location] of [
      ['/calendar?view=week&date=2027-01-15', '/calendar?view=week&date=2027-01-15'],
      ['/en/me/account', '/en/me/account'],
      ['https://evil.example/', '/me'],
      ['//evil.example', '/me'],
      ['/\\evil.example', '/me'],
      ['/\t/evil.example', '/me'],
      ['/a\r\nSet-Cookie: x=y', '/me'],
      ['javascript:alert(1)', '/me'],
      ['/sign-in', '/me'],
    ]) {
      const email = somebody();
      await server.post('/sign-in', { email, next });
      const answer = await server.post(`/sign-in/${await mailedSecret(db, email)}`, {});
      expect([answer.status, answer.headers.location], next).toEqual([303, location]);
      expect(answer.headers['set-cookie'], next).toHaveLength(1);
    }
    // Nor if it had come into the table by another way.
    const planted = await newLink(db, somebody(), { next: '//evil.example' });
    expect((await server.post(`/sign-in/${planted}`, {})).headers.location).toBe('/me');
    const page = await server.raw(`/sign-in?next=${encodeURIComponent('"><script>alert(1)</script>')}`);
    expect(page.text).not.toContain('<script>alert');
  });
});

test('addresses with plus, capitals and å are one person each, with all that was done before', async ({ page, site }) => {
  const first = await site.db.event({ starts: '2031-05-14 09:00', title_sv: 'Först' });
  const then = await site.db.event({ starts: '2031-05-15 09:00', title_sv: 'Sedan', seats: { digital: 1 } });
  const elsewhere = await site.db.event({ starts: '2031-05-16 09:00', title_sv: 'Någon annans' });
  await site.db.fill(then, 1, 2);
  const email = `Åsa.Öberg+${unique('kurs')}@Exempel.se`;
  await site.server.signUp(first, { email });
  await site.server.signUp(then, { email: email.toLowerCase() });
  await site.server.signUp(elsewhere, { email: email.replace('+', '+x') });

  await page.goto('/sign-in');
  await page.getByLabel('E-post').fill(email.toUpperCase());
  await page.getByRole('button', { name: 'Mejla mig en länk' }).click();
  await page.goto(`/sign-in/${await mailedSecret(site.db, email.toUpperCase())}`);
  await page.getByRole('main').getByRole('button', { name: 'Logga in' }).click();
  await expect(page.locator('.hero')).toContainText('Du har en plats');
  await expect(page.locator('.hero h2')).toHaveText('Först');
  await expect(page.locator('.rows .row')).toHaveCount(1);
  await expect(page.locator('.rows .row')).toContainText('Du är nummer 3 på väntelistan');
  await expect(page.getByText('Någon annans')).toHaveCount(0);
  await page.getByRole('link', { name: 'Se eller ändra anmälan: Sedan' }).click();
  await expect(heading(page)).toHaveText('Du är nummer 3 på väntelistan');
});

test('one\'s own page follows the line, and an event that is called off', async ({ page, site, open }) => {
  const event = await site.db.event({ starts: '2031-05-14 09:00', title_sv: 'Fullt', seats: { digital: 1 } });
  const [holder] = await site.db.fill(event, 1);
  const email = somebody();
  await site.server.signUp(event, { email });
  await signIn(page, site, email);
  await open('/me');
  await expect(page.locator('.hero')).toContainText('Du är nummer 1 på väntelistan');
  await site.server.post(`${holder.path}/cancel`, {});
  await expect(page.locator('.hero')).toContainText('Du har en plats');
  await site.db.change(event, { state: 'cancelled' });
  await expect(page.locator('.hero')).toContainText('Aktiviteten är inställd');
  // Back out of it, by way of the page of the sign-up, without loading anything anew.
  await page.getByRole('link', { name: 'Se eller ändra anmälan' }).click();
  await expect(heading(page)).toHaveText('Du har en plats');
});

test('an event reached within the site has its form filled in, too', async ({ page, site, open }) => {
  const event = await site.db.event({ starts: '2031-05-14 09:00', title_sv: 'Inifrån' });
  const email = somebody();
  await signIn(page, site, email);
  await site.db.sql("update people set name = 'Åsa Öberg', organisation = 'Umeå kommun' where email = $1", [email]);
  const programme = await site.db.value('select p.slug from programmes p join events e on e.programme_id = p.id where e.id = $1', [event.id]);
  await open(`/calendar?view=agenda&date=2031-05-14&programme=${programme}`);
  await page.locator('.row').getByRole('link', { name: 'Inifrån' }).click();
  await expect(page.getByLabel('E-post')).toHaveValue(email);
  await expect(page.getByLabel('Namn')).toHaveValue('Åsa Öberg');
  await expect(page.getByLabel('Organisation')).toHaveValue('Umeå kommun');
});

test.describe('sessions', () => {
  test('one is ended from another window; then all but one; then that', async ({ page, site, window }) => {
    const email = somebody();
    const phone = await window({ userAgent: 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36' });
    await signIn(page, site, email);
    await signIn(phone, site, email);
    await phone.goto('/me');
    await session(site, email, { headers: { 'user-agent': 'curl/8' } });
    await page.goto('/me/account');
    await expect(page.locator('.sessions li')).toHaveCount(3);
    await expect(page.locator('.sessions li').filter({ hasText: 'den här enheten' })).toHaveCount(1);
    await expect(page.locator('.sessions')).toContainText('Okänd enhet');
    await page.getByRole('button', { name: 'Logga ut enheten: Chrome, Android' }).click();
    await expect(page.locator('.sessions li')).toHaveCount(2);
    const answer = await phone.reload();
    expect(answer.status()).toBe(401);
    await expect(heading(phone)).toHaveText('Logga in först');
    await expect(banner(phone).getByRole('link', { name: 'Logga in' })).toBeVisible();
    await phone.getByRole('main').getByRole('link', { name: 'Logga in' }).click();
    await expect(phone).toHaveURL('/sign-in?next=/me');

    await page.getByRole('button', { name: 'Logga ut överallt utom här' }).click();
    await expect(page.locator('.sessions li')).toHaveCount(1);
    await expect(page.getByRole('button', { name: 'Logga ut överallt utom här' })).toHaveCount(0);
    await page.getByRole('button', { name: 'Logga ut', exact: true }).click();
    await expect(page).toHaveURL('/');
    expect(await site.db.value('select count(*) from sessions s join people p on p.id = s.person_id where p.email = $1', [email])).toBe(0);
  });

  test('nobody ends another\'s session, nor anything without one', async ({ site }) => {
    const [mine, theirs] = [somebody(), somebody()];
    const cookie = await session(site, mine);
    await session(site, theirs);
    const other = await site.db.value('select s.id from sessions s join people p on p.id = s.person_id where p.email = $1', [theirs]);
    const path = `/me/account/sessions/${other}/end`;
    expect((await site.server.post(path, {}, { cookie })).status).toBe(303);
    const alone = await site.server.post(path, {}, { accept: 'application/json' });
    expect(alone.status).toBe(401);
    expect((await site.server.post(path, {})).headers.location).toBe('/me/account');
    expect(await site.db.value('select count(*) from sessions where id = $1', [other])).toBe(1);
    const profile = await site.server.post('/me/account', { name: 'Utan session' });
    expect(profile.status).toBe(401);
    expect(profile.text).toContain('Logga in först');
    expect(await site.db.value("select count(*) from people where name = 'Utan session'")).toBe(0);
    for (const id of ['0', '-1', 'abc', '99999999999999999999', '%00']) {
      expect((await site.server.post(`/me/account/sessions/${id}/end`, {}, { cookie })).status, id).toBeLessThan(500);
    }
  });

  test('signing in again gives the browser another token, and the old one is worth nothing', async ({ site }) => {
    const email = somebody();
    const old = await session(site, email);
    const answer = await site.server.post(`/sign-in/${await newLink(site.db, email)}`, {}, { cookie: old });
    const fresh = answer.headers['set-cookie'][0].split(';')[0];
    expect(fresh).not.toBe(old);
    expect((await site.server.raw('/me', { headers: { cookie: old } })).status).toBe(401);
    expect((await site.server.raw('/me', { headers: { cookie: fresh } })).status).toBe(200);
  });

  test('behind TLS the cookie is Secure and bound to the host', async ({ site }) => {
    const server = await site.another({ STAFETT_PUBLIC_URL: 'https://stafett.example' });
    const answer = await server.post(`/sign-in/${await newLink(site.db, somebody())}`, {});
    const [cookie] = answer.headers['set-cookie'];
    expect(cookie).toMatch(/^__Host-stafett_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=7776000; Secure$/);
    const [pair] = cookie.split(';');
    expect((await server.raw('/me', { headers: { cookie: pair } })).status).toBe(200);
    // Without the prefix, anybody on a neighbouring host could have set it.
    expect((await server.raw('/me', { headers: { cookie: pair.replace('__Host-', '') } })).status).toBe(401);
    await server.stop();
  });

  test('what is asked for with a session is never kept for others, nor the other way round', async ({ site }) => {
    const { server } = site;
    const email = somebody();
    const cookie = await session(site, email);
    const name = unique('hemligt-namn');
    await site.db.sql('update people set name = $2 where email = $1', [email, name]);
    const event = await site.db.event({ starts: '2031-05-14 09:00' });
    const paths = ['/', '/en', '/calendar', '/calendar?view=month', event.path, `/en${event.path}`, '/series/digital-turne', '/programmes/demosasongen'];
    for (const path of paths) {
      // Both orders: an empty shelf first, then a full one, and both at once.
      const mine = await server.raw(path, { headers: { cookie } });
      const anybody = await server.raw(path);
      const [again, beside] = await Promise.all([server.raw(path, { headers: { cookie } }), server.raw(path)]);
      for (const answer of [mine, again]) {
        expect(answer.text, path).toContain(name);
        expect(answer.headers['cache-control'], path).toBe('no-store');
        expect(answer.headers.vary, path).toMatch(/cookie/);
      }
      for (const answer of [anybody, beside]) {
        expect(answer.text, path).not.toContain(name);
        expect(answer.text, path).not.toContain(email);
        expect(answer.headers['cache-control'], path).toBe('no-cache');
      }
      expect(still(anybody.text, anybody.headers)).toBe(still(beside.text, beside.headers));
    }
    // Two who are signed in get each their own.
    const others = await session(site, somebody());
    const [one, other] = await Promise.all([server.raw('/', { headers: { cookie } }), server.raw('/', { headers: { cookie: others } })]);
    expect(one.text).toContain(name);
    expect(other.text).not.toContain(name);
  });

  test('what is somebody\'s is told to nobody without a session', async ({ site }) => {
    for (const path of ['/api/me?lang=sv', '/api/account']) {
      for (const cookie of ['', 'stafett_session=', `stafett_session=${'A'.repeat(43)}`, `stafett_session=${'x'.repeat(5_000)}`, 'stafett_session=%00']) {
        const answer = await site.server.raw(path, { headers: cookie ? { cookie } : {} });
        expect(answer.status, `${path} ${cookie.slice(0, 30)}`).toBe(401);
        expect(JSON.parse(answer.text)).toBe('Unauthorised');
      }
    }
    for (const path of ['/me', '/me/account', '/en/me']) {
      const answer = await site.server.raw(path);
      expect(answer.status).toBe(401);
      expect(answer.headers['cache-control']).toBe('no-store');
    }
  });

  test('what a page elsewhere posts is refused', async ({ site }) => {
    const email = somebody();
    const cookie = await session(site, email);
    const link = await newLink(site.db, somebody());
    const id = await site.db.value('select s.id from sessions s join people p on p.id = s.person_id where p.email = $1', [email]);
    for (const path of ['/sign-in', `/sign-in/${link}`, '/sign-out', '/me/account', `/me/account/sessions/${id}/end`, '/me/account/sessions/end-others', '/en/sign-out']) {
      const answer = await site.server.post(path, { email, name: 'x' }, { cookie, origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' });
      expect(answer.status, path).toBe(403);
      expect(answer.headers['set-cookie'], path).toBeUndefined();
    }
    expect((await site.server.raw('/me', { headers: { cookie } })).status).toBe(200);
    expect(await site.db.value('select used_at from sign_in_links order by id desc limit 1')).toBeNull();
  });
});

test('the profile as JSON, and what nobody should send', async ({ site }) => {
  const email = somebody();
  const cookie = await session(site, email);
  const post = async (fields) => {
    const answer = await site.server.post('/me/account', fields, { cookie, accept: 'application/json' });
    return [answer.status, JSON.parse(answer.text)];
  };
  expect(await post({ name: 'Åsa', municipality: '2480' })).toEqual([200, { status: 'saved' }]);
  const [status, { fields }] = await post({ name: '', organisation: 'x'.repeat(201), municipality: '0000x', language: 'de', diet: 'a\0b' });
  expect(status).toBe(422);
  expect(Object.keys(fields).sort()).toEqual(['diet', 'language', 'municipality', 'name', 'organisation']);
  expect((await post({ name: 'Åsa', municipality: '9999' }))[0]).toBe(422);
  const evil = '"><img src=x onerror=alert(1)></textarea><script>alert(2)</script>';
  const page = await site.server.post('/me/account', { name: '', organisation: evil, diet: evil, access_needs: evil }, { cookie });
  expect(page.status).toBe(422);
  expect(page.text).not.toContain('<img src=x');
  expect(page.text).not.toContain('<script>alert');
  expect((await site.server.post('/me/account', `name=${'a'.repeat(1_000_000)}`, { cookie })).status).toBe(413);
  expect(await site.db.value('select name from people where email = $1', [email])).toBe('Åsa');
});

test('signed in by keyboard alone', async ({ page, site, open }) => {
  const email = somebody();
  await open(`${site.url}/`);
  const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() || document.activeElement?.id || '');
  const tabTo = async (text, most = 30) => {
    for (let presses = 0; presses < most; presses += 1) {
      await page.keyboard.press('Tab');
      if ((await focused()) === text) return;
    }
    throw new Error(`Tab never came to "${text}"`);
  };
  await tabTo('Logga in');
  await page.keyboard.press('Enter');
  await expect(heading(page)).toBeFocused();
  await tabTo('email', 3);
  await page.keyboard.type(email);
  await page.keyboard.press('Enter');
  await expect(heading(page)).toHaveText('Titta i din inkorg');
  await page.goto(`/sign-in/${await mailedSecret(site.db, email)}`);
  await expect(heading(page)).toHaveText('Logga in');
  await page.locator('main').focus();
  await tabTo('Logga in', 3);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/me');
});

test('one\'s own pages on a phone and wide, light and dark, in both languages', async ({ page, site }) => {
  test.setTimeout(90_000);
  const [full, empty] = [somebody(), somebody()];
  const events = [
    await site.db.event({ starts: '2031-05-14 09:00', title_sv: 'En mycket lång rubrik om innovationsledningsutvecklingsarbete i kommuner' }),
    await site.db.event({ starts: '2031-05-15 09:00', seats: { digital: 1 } }),
    await site.db.event({ starts: '2031-05-16 09:00' }),
  ];
  await site.db.fill(events[1], 1, 3);
  for (const event of events) await site.server.signUp(event, { email: full });
  await site.db.change(events[2], { state: 'cancelled' });
  const wrong = [];
  for (const email of [full, empty]) {
    await signIn(page, site, email);
    await session(site, email, { headers: { 'user-agent': 'Mozilla/5.0 (iPhone; like Mac OS X) Safari/604.1' } });
    const paths = email === full ? ['/me', '/me/account', '/me/account?saved', '/sign-in', 'errors'] : ['/me', '/me/account'];
    for (const path of paths) {
      for (const lang of ['', '/en']) {
        await page.goto(`${lang}${path === 'errors' ? '/me/account' : path}`);
        if (path === 'errors') {
          await page.locator('#name').fill('');
          await page.locator('#name').press('Enter');
          await expect(page.getByRole('alert')).toBeVisible();
        }
        wrong.push(...(await complaints(page, lang ? 'en' : 'sv')));
      }
    }
  }
  expect(wrong).toEqual([]);
});

test('the database away: nobody is thrown out for it', async ({ site, guard }) => {
  const { Door } = await import('../support/proxy.js');
  guard.excuse(/503/);
  const door = await Door.to(site.db.url);
  const server = await site.another({ DATABASE_URL: door.url });
  try {
    const cookie = await session(site, somebody(), { server });
    expect((await server.raw('/me', { headers: { cookie } })).status).toBe(200);
    await door.shut();
    const away = await server.raw('/me', { headers: { cookie } });
    expect(away.status).toBe(503);
    expect(away.text).not.toContain('Logga in först');
    const form = await server.post('/me/account', { name: 'Åsa' }, { cookie });
    expect(form.status).toBe(503);
    expect((await server.post('/sign-in', { email: somebody() })).status).toBe(503);
    await door.open();
    await expect.poll(async () => (await server.raw('/me', { headers: { cookie } })).status, { timeout: 15_000 }).toBe(200);
  } finally {
    await server.stop();
    await door.remove();
  }
});

test('from the command line: a role, a way in, and both for the demonstration', async ({ site }) => {
  const stafett = async (...words) => {
    const env = { ...process.env, DATABASE_URL: site.db.url, STAFETT_PUBLIC_URL: site.url };
    return (await promisify(execFile)(process.env.STAFETT_BIN, ['admin', ...words], { env })).stdout.trim();
  };
  const email = somebody();
  expect(await stafett('grant', email, '--programme', 'demosasongen')).toContain(`${email} is now organiser of programme demosasongen`);
  await stafett('grant', email, '--role', 'administrator');
  await expect(stafett('grant', email, '--programme', 'finns-inte')).rejects.toThrow(/there is no programme "finns-inte"/);
  await expect(stafett('grant', 'ingen adress')).rejects.toThrow(/is not an e-mail address/);
  await expect(stafett('grant', email, '--role', 'administrator', '--programme', 'demosasongen')).rejects.toThrow(/leave --programme out/);
  expect(await site.db.sql('select role from roles r join people p on p.id = r.person_id where p.email = $1 order by role', [email])).toEqual([{ role: 'administrator' }, { role: 'organiser' }]);

  const link = await stafett('link', email);
  expect(link.startsWith(`${site.url}/sign-in/`)).toBe(true);
  const { pathname } = new URL(link);
  expect((await site.server.raw(pathname)).text).toContain(email);
  expect((await site.server.post(pathname, {})).status).toBe(303);
  expect((await site.server.post(pathname, {})).status).toBe(410);

  // What `make run` shows after the address.
  for (const what of ['as organiser', 'as participant']) {
    const [, way] = site.server.log.match(new RegExp(`${what}: (http\\S+)`));
    expect((await site.server.raw(new URL(way).pathname)).status).toBe(200);
  }
  const organiser = await site.db.sql("select p.email from roles r join people p on p.id = r.person_id join programmes x on x.id = r.programme_id where r.role = 'organiser' and x.slug = 'demosasongen' and p.email like '%@example.org'");
  expect(organiser).toEqual([{ email: 'ester.akerlund@example.org' }]);
  const production = await site.another({ STAFETT_MODE: 'production' });
  expect(production.log).not.toContain('as organiser');
  await production.stop();
});
