import { mailedSecret, session, signIn } from '../support/account.js';
import { violations } from '../support/axe.js';
import { authenticator } from '../support/passkey.js';
import { origins } from '../support/server.js';
import { test as base, expect, unique } from '../support/test.js';

// Browsers have no passkeys at a number. In development the site has them by the name of this machine.
const test = base.extend({
  baseURL: async ({ site }, use) => {
    const url = `http://localhost:${site.server.port}`;
    origins.add(url);
    await use(url);
  },
  /** Signs the page's browser in: `await enter(email)`. */
  enter: async ({ page, site, baseURL }, use) =>
    use((email, options, other = page) => signIn(other, { url: baseURL, db: site.db, server: site.server }, email, options)),
  /** A form or JSON posted as if from a page of localhost. */
  post: async ({ site, baseURL }, use) =>
    use((path, fields, headers = {}, server = site.server) => {
      const isJson = typeof fields === 'string';
      const more = { accept: 'application/json', ...(isJson ? { 'content-type': 'application/json' } : {}) };
      return server.post(path, fields, { host: new URL(baseURL).host, ...more, ...headers });
    }),
});

const PHONE = { width: 390, height: 844 };
const somebody = () => `${unique('nyckel')}@exempel.se`;
const heading = (page) => page.getByRole('heading', { level: 1 });
const section = (page) => page.getByRole('region', { name: 'Nycklar (passkeys)' });
const keys = (page) => section(page).getByRole('listitem');
const addButton = (page) => section(page).getByRole('button', { name: /^Lägg till en/ });
const signInButton = (page) => page.getByRole('button', { name: 'Logga in med nyckel (passkey)' });
const alert = (page) => page.locator('.ceremony').getByRole('alert');
const signOut = async (page) => {
  await page.getByRole('button', { name: 'Logga ut', exact: true }).click();
  await expect(page).toHaveURL('/');
};
const count = (site, table, email) =>
  site.db.value(`select count(*) from ${table} t join people p on p.id = t.person_id where p.email = $1`, [email]);
const cookieOf = (answer, name) =>
  (answer.headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]).find((cookie) => cookie.startsWith(name));

/** Adds a passkey on the page of the account. */
async function add(page) {
  await page.goto('/me/account');
  await addButton(page).click();
  await expect(section(page).getByText('Nyckeln är tillagd.')).toBeVisible();
}

/** A passkey in the database that no device has. */
async function planted(site, email, name = 'Firefox, Linux') {
  return site.db.value(
    `insert into passkeys (person_id, credential_id, credential, name, created_at)
     select id, decode(md5($2), 'hex'), '{}', $3, '2031-01-02 08:00Z' from people where email = $1 returning id`,
    [email, unique('id'), name],
  );
}

/** What the device answers when one signs in with it, and the ceremony's cookie; the server never gets it. */
async function caught(page) {
  await page.goto('/sign-in');
  const sent = page.waitForRequest((request) => new URL(request.url()).pathname === '/sign-in/passkey');
  await page.route('**/sign-in/passkey', (route) => route.abort());
  await signInButton(page).click();
  const request = await sent;
  const { value } = (await page.context().cookies()).find(({ name }) => name === 'stafett_passkey');
  await expect(alert(page)).toContainText('Det gick inte just nu');
  await page.unroute('**/sign-in/passkey');
  return { body: request.postData(), cookie: `stafett_passkey=${value}` };
}

test('added, signed in with, renamed and removed; after that it opens nothing', async ({ page, site, enter, guard }) => {
  guard.excuse(/status of 404/);
  const email = somebody();
  const event = await site.db.event({ starts: '2031-05-14 09:00', title_sv: 'Att våga' });
  const device = await authenticator(page);
  await enter(email);
  await page.goto('/me/account');
  await expect(section(page)).toContainText('Du har inga nycklar än.');
  await addButton(page).click();
  await expect(section(page).getByRole('status').first()).toHaveText('Nyckeln är tillagd. Nästa gång kan du logga in med den.');
  await expect(keys(page)).toHaveCount(1);
  await expect(keys(page)).toContainText('Chrome, Linux');
  await expect(keys(page)).toContainText('Inte använd än, tillagd');
  const [credential] = await device.credentials();
  expect(credential.isResidentCredential).toBe(true);
  expect(credential.rpId).toBe('localhost');

  await signOut(page);
  await page.goto(`/sign-in?next=${event.path}`);
  await signInButton(page).click();
  await expect(page).toHaveURL(event.path);
  await expect(page.getByRole('banner').getByRole('link', { name: /^Min sida/ })).toBeVisible();
  await expect(page.getByLabel('E-post')).toHaveValue(email);
  const [cookie] = (await page.context().cookies()).filter(({ name }) => name === 'stafett_session');
  expect([cookie.httpOnly, cookie.sameSite, (await page.context().cookies()).length]).toEqual([true, 'Lax', 1]);

  await page.goto('/me/account');
  await expect(keys(page)).toContainText('Senast använd');
  await keys(page).getByText('Byt namn').click();
  await page.getByLabel('Nyckelns namn').fill('Jobbdatorn');
  await keys(page).getByRole('button', { name: 'Spara' }).click();
  await expect(section(page).getByText('Nyckeln har fått ett nytt namn.')).toBeVisible();
  await expect(keys(page).locator('b')).toHaveText('Jobbdatorn');

  await keys(page).getByText('Ta bort', { exact: false }).first().click();
  await keys(page).getByRole('button', { name: 'Ja, ta bort nyckeln' }).click();
  await expect(section(page).getByText('Nyckeln är borttagen.')).toBeVisible();
  await expect(keys(page)).toHaveCount(0);
  await signOut(page);
  await page.goto('/sign-in');
  await signInButton(page).click();
  await expect(alert(page)).toContainText('Nyckeln hör inte till något konto här.');
  expect(await count(site, 'sessions', email)).toBe(0);

  const mails = await site.db.sql("select occasion from mails where kind = 'sign_in' and to_address = $1 order by id", [email]);
  expect(mails.map(({ occasion }) => occasion)).toEqual(['passkey_added', 'passkey_removed']);
  await page.goto('/dev/mail');
  await page.getByRole('listitem').filter({ hasText: email }).getByRole('link', { name: 'En nyckel har lagts till' }).click();
  await expect(page.locator('main')).toContainText('Var det inte du som lade till den');
  await expect(page.locator('main').getByRole('link', { name: /\/me\/account$/ })).toBeVisible();
});

test('in English, by keyboard, to one\'s own page', async ({ page, enter }) => {
  const email = somebody();
  await authenticator(page);
  await enter(email, { lang: 'en' });
  await page.goto('/en/me/account');
  const region = page.getByRole('region', { name: 'Passkeys' });
  await region.getByRole('button', { name: 'Add a passkey' }).focus();
  await page.keyboard.press('Enter');
  await expect(region.getByText('The passkey has been added.')).toBeVisible();
  await region.getByText('Rename').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.type('My phone');
  await page.keyboard.press('Enter');
  await expect(region.getByRole('listitem').locator('b')).toHaveText('My phone');
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.goto('/en/sign-in');
  await page.getByRole('button', { name: 'Sign in with a passkey' }).focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/en/me');
});

test('the button is there, too, when one came to the page by a link of the site', async ({ page, enter, open }) => {
  await authenticator(page);
  await enter(somebody());
  await add(page);
  await signOut(page);
  await open('/calendar?view=agenda&date=2031-05-14');
  await page.getByRole('banner').getByRole('link', { name: 'Logga in' }).click();
  await signInButton(page).click();
  await expect(page).toHaveURL('/calendar?view=agenda&date=2031-05-14');
  await expect(page.getByRole('banner').getByRole('link', { name: /^Min sida/ })).toBeVisible();
});

test('a device has one passkey to an account, and says so; a second device gets another', async ({ page, site, enter, window: another }) => {
  const email = somebody();
  await authenticator(page);
  await enter(email);
  await add(page);
  await addButton(page).click();
  await expect(alert(page)).toHaveText('Den här enheten har redan en nyckel till ditt konto.');
  await expect(addButton(page)).toBeEnabled();
  const other = await another();
  await authenticator(other);
  await enter(email, {}, other);
  await add(other);
  await expect(keys(other).locator('b')).toHaveText(['Chrome, Linux', 'Chrome, Linux 2']);
  expect(await count(site, 'passkeys', email)).toBe(2);
});

test('whoever changes their mind has done nothing wrong', async ({ page, site, enter }) => {
  const email = somebody();
  const device = await authenticator(page);
  await enter(email);
  await add(page);
  const told = page.locator('.ceremony').getByRole('status');
  await device.clear();
  await device.verifies(false);
  await addButton(page).click();
  await expect(told).toContainText('ingenting har ändrats');
  await expect(alert(page)).toHaveText('');
  expect(await count(site, 'passkeys', email)).toBe(1);
  await signOut(page);
  await page.goto('/sign-in');
  await signInButton(page).click();
  await expect(told).toContainText('Ingen nyckel användes');
  await expect(alert(page)).toHaveText('');
  // And may try again.
  await signInButton(page).click();
  await expect(told).toContainText('Ingen nyckel användes');
  expect(await count(site, 'sessions', email)).toBe(0);
});

test('an answer counts once, in the browser that was asked, and for its own question', async ({ page, site, enter, guard, post }) => {
  guard.excuse(/ERR_FAILED/);
  const email = somebody();
  await authenticator(page);
  await enter(email);
  await add(page);
  await signOut(page);
  const first = await caught(page);
  // Another browser has no such cookie; another question has another challenge.
  expect((await post('/sign-in/passkey', first.body)).status).toBe(410);
  expect((await post('/sign-in/passkey', first.body, { cookie: `stafett_passkey=${'A'.repeat(43)}` })).status).toBe(410);
  const begun = await post('/sign-in/passkey/begin', '');
  const wrong = await post('/sign-in/passkey', first.body, { cookie: cookieOf(begun, 'stafett_passkey') });
  expect([wrong.status, JSON.parse(wrong.text), wrong.headers['set-cookie']]).toEqual([403, { error: 'not proven' }, undefined]);
  const right = await post('/sign-in/passkey', first.body, { cookie: first.cookie });
  expect([right.status, JSON.parse(right.text)]).toEqual([200, { status: 'signed in', next: '/me' }]);
  expect(cookieOf(right, 'stafett_session')).toBeTruthy();
  const replayed = await post('/sign-in/passkey', first.body, { cookie: first.cookie });
  expect([replayed.status, JSON.parse(replayed.text), replayed.headers['set-cookie']]).toEqual([410, { error: 'over' }, undefined]);

  // What was changed on its way is no answer of the device.
  const second = await caught(page);
  const bent = JSON.parse(second.body);
  bent.credential.response.signature = bent.credential.response.signature.replace(/^.{12}/, 'MEUCIQDAAAAA');
  expect((await post('/sign-in/passkey', JSON.stringify(bent), { cookie: second.cookie })).status).toBeGreaterThanOrEqual(400);
  expect((await post('/sign-in/passkey', second.body, { cookie: second.cookie })).status).toBe(410);
  expect(await count(site, 'sessions', email)).toBe(1);
});

test('begun with one process, ended with another; posted many times at once it signs in once', async ({ page, site, enter, guard, post }) => {
  guard.excuse(/ERR_FAILED/);
  const email = somebody();
  await authenticator(page);
  await enter(email);
  await add(page);
  await signOut(page);
  const { body, cookie } = await caught(page);
  const second = await site.another({ STAFETT_PUBLIC_URL: site.url });
  const answers = await Promise.all(
    Array.from({ length: 6 }, (_, at) => post('/sign-in/passkey', body, { cookie }, at % 2 ? site.server : second)),
  );
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 410, 410, 410, 410, 410]);
  expect(await count(site, 'sessions', email)).toBe(1);
  await second.stop();
});

test('signing in gives another token, and leads nowhere but into this site', async ({ page, site, enter, guard, post }) => {
  guard.excuse(/ERR_FAILED/);
  const email = somebody();
  await authenticator(page);
  await enter(email);
  await add(page);
  await signOut(page);
  for (const [next, location] of [['/calendar?view=week', '/calendar?view=week'], ['//evil.example', '/me'], ['https://evil.example', '/me'], ['/sign-in', '/me']]) {
    const { body, cookie } = await caught(page);
    const old = await session(site, email);
    const answer = await post('/sign-in/passkey', JSON.stringify({ ...JSON.parse(body), next }), { cookie: `${cookie}; ${old}` });
    expect([answer.status, JSON.parse(answer.text).next], next).toEqual([200, location]);
    expect(cookieOf(answer, 'stafett_session')).not.toBe(old);
    expect((await site.server.raw('/me', { headers: { cookie: old } })).status).toBe(401);
  }
});

test('a question that waited too long, and a session that ended meanwhile', async ({ page, site, enter, guard }) => {
  guard.excuse(/status of 4(10|01)/);
  const email = somebody();
  await authenticator(page);
  await enter(email);
  await add(page);
  await page.route('**/me/account/passkeys/begin', async (route) => {
    await site.db.sql('delete from sessions s using people p where p.id = s.person_id and p.email = $1', [email]);
    await route.continue();
  });
  await addButton(page).click();
  await expect(alert(page)).toContainText('Du är inte inloggad längre.');
  await page.goto('/sign-in');
  await page.route('**/sign-in/passkey', async (route) => {
    await site.db.sql("update passkey_ceremonies set expires_at = now() - interval '1 second' where kind = 'sign_in'");
    await route.continue();
  });
  await signInButton(page).click();
  await expect(alert(page)).toHaveText('Det tog för lång tid. Försök igen.');
  await page.unroute('**/sign-in/passkey');
  await signInButton(page).click();
  await expect(page).toHaveURL('/me');
});

test('a counter that does not rise is refused and logged, without saying whose', async ({ page, site, enter, guard }) => {
  guard.excuse(/status of 403/);
  const email = somebody();
  await authenticator(page);
  await enter(email);
  await add(page);
  await signOut(page);
  await site.db.sql("update passkeys k set credential = jsonb_set(credential, '{cred,counter}', '100000') from people p where p.id = k.person_id and p.email = $1", [email]);
  await page.goto('/sign-in');
  await signInButton(page).click();
  await expect(alert(page)).toContainText('Nyckeln gick inte att bekräfta.');
  expect(await count(site, 'sessions', email)).toBe(0);
  expect(site.server.log).toContain("a passkey's counter did not rise");
  expect(site.server.log).not.toContain(email);
});

test('somebody else\'s is neither renamed nor removed, nor anything without a session', async ({ site, post }) => {
  const [mine, theirs] = [somebody(), somebody()];
  const cookie = await session(site, mine);
  await session(site, theirs);
  const id = await planted(site, theirs);
  for (const [what, fields] of [['rename', { name: 'Min' }], ['remove', {}]]) {
    const path = `/me/account/passkeys/${id}/${what}`;
    const answer = await post(path, fields, { cookie, accept: 'text/html' });
    expect(answer.status).toBe(303);
    expect((await post(path, fields)).status).toBe(401);
    expect((await post(path, fields, { accept: 'text/html' })).headers.location).toBe('/me/account');
    for (const none of ['0', '-1', 'abc', '99999999999999999999', '%00']) {
      expect((await post(`/me/account/passkeys/${none}/${what}`, fields, { cookie })).status, none).toBeLessThan(500);
    }
  }
  expect(await site.db.value('select name from passkeys where id = $1', [id])).toBe('Firefox, Linux');
  for (const path of ['/me/account/passkeys/begin', '/me/account/passkeys']) {
    expect((await post(path, '{}')).status, path).toBe(401);
  }
  expect(await site.db.value("select count(*) from mails where occasion = 'passkey_removed' and to_address = $1", [theirs])).toBe(0);
});

test('a passkey that was begun for one account is not added to another', async ({ page, site, enter, guard, post }) => {
  guard.excuse(/ERR_FAILED/);
  const [mine, theirs] = [somebody(), somebody()];
  await authenticator(page);
  await enter(mine);
  await page.goto('/me/account');
  const sent = page.waitForRequest((request) => new URL(request.url()).pathname === '/me/account/passkeys');
  await page.route('**/me/account/passkeys', (route) => route.abort());
  await addButton(page).click();
  const body = (await sent).postData();
  await expect(alert(page)).toContainText('Det gick inte just nu');
  const jar = Object.fromEntries((await page.context().cookies()).map(({ name, value }) => [name, value]));
  const ceremony = `stafett_passkey=${jar.stafett_passkey}`;
  const other = await session(site, theirs);
  expect((await post('/me/account/passkeys', body, { cookie: `${ceremony}; ${other}` })).status).toBe(410);
  expect((await post('/sign-in/passkey', body, { cookie: ceremony })).status).toBe(400);
  const own = await post('/me/account/passkeys', body, { cookie: `${ceremony}; stafett_session=${jar.stafett_session}` });
  expect(JSON.parse(own.text)).toEqual({ status: 'added' });
  expect((await post('/me/account/passkeys', body, { cookie: `${ceremony}; stafett_session=${jar.stafett_session}` })).status).toBe(410);
  expect([await count(site, 'passkeys', mine), await count(site, 'passkeys', theirs)]).toEqual([1, 0]);
});

test('what a page elsewhere posts, what makes no sense, and what comes too often', async ({ site, post }) => {
  const email = somebody();
  const cookie = await session(site, email);
  const id = await planted(site, email);
  const paths = ['/sign-in/passkey/begin', '/sign-in/passkey', '/me/account/passkeys/begin', '/me/account/passkeys', `/me/account/passkeys/${id}/rename`, `/en/me/account/passkeys/${id}/remove`];
  for (const path of paths) {
    const answer = await post(path, '{"name":"x"}', { cookie, origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' });
    expect([answer.status, answer.headers['set-cookie']], path).toEqual([403, undefined]);
  }
  for (const body of ['', '{', '[]', '{"credential":{}}', '{"credential":null}', `{"credential":{"id":"${'A'.repeat(5_000)}"}}`]) {
    const begun = cookieOf(await post('/sign-in/passkey/begin', ''), 'stafett_passkey');
    for (const path of ['/sign-in/passkey', '/me/account/passkeys']) {
      const answer = await post(path, body, { cookie: `${begun}; ${cookie}` });
      expect([answer.status, JSON.parse(answer.text)], body.slice(0, 30)).toEqual([400, { error: 'Bad Request' }]);
    }
  }
  expect((await post('/sign-in/passkey', 'x'.repeat(100_000))).status).toBeGreaterThanOrEqual(400);
  for (const name of ['', '  ', 'x'.repeat(61), 'a\0b']) {
    expect((await post(`/me/account/passkeys/${id}/rename`, { name }, { cookie })).status).toBe(422);
  }
  const unnamed = await post(`/me/account/passkeys/${id}/rename`, { name: ' ' }, { cookie, accept: 'text/html' });
  expect([unnamed.status, unnamed.headers.location]).toEqual([303, '/me/account?passkey=nameless#passkeys']);
  expect(await count(site, 'passkeys', email)).toBe(1);

  const strict = await site.another({ STAFETT_RATE_LIMIT: '3/hour', STAFETT_PUBLIC_URL: site.url });
  const statuses = [];
  for (let time = 0; time < 5; time += 1) statuses.push((await post('/sign-in/passkey/begin', '', {}, strict)).status);
  expect(statuses).toEqual([200, 200, 200, 429, 429]);
  await strict.stop();
});

test('what was asked is not in the table by its handle, and is gone when it is over', async ({ site, post }) => {
  const begun = await post('/sign-in/passkey/begin', '');
  const [cookie] = begun.headers['set-cookie'];
  expect(cookie).toMatch(/^stafett_passkey=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=300$/);
  expect(begun.headers['cache-control']).toBe('no-store');
  const { publicKey } = JSON.parse(begun.text);
  expect(publicKey).toMatchObject({ rpId: 'localhost', userVerification: 'required', allowCredentials: [] });
  const handle = cookie.match(/=([\w-]+)/)[1];
  const rows = await site.db.sql('select c::text as row from passkey_ceremonies c');
  expect(rows.length).toBeGreaterThan(0);
  for (const { row } of rows) expect(row).not.toContain(handle);
});

test.describe('where there are none', () => {
  test('at a number nothing is said of passkeys, and nothing answers', async ({ page, site }) => {
    const email = somebody();
    await signIn(page, site, email);
    await page.goto(`${site.url}/me/account`);
    await expect(heading(page)).toHaveText('Ditt konto');
    await expect(page.getByText(/passkey/i).filter({ visible: true })).toHaveCount(0);
    await page.goto(`${site.url}/en/sign-in`);
    await expect(page.getByText(/passkey/i).filter({ visible: true })).toHaveCount(0);
    const cookie = await session(site, email);
    for (const path of ['/sign-in/passkey/begin', '/me/account/passkeys/begin']) {
      expect((await site.server.post(path, {}, { cookie, accept: 'application/json' })).status, path).toBe(404);
    }
  });

  test('in production only a name behind TLS has them', async ({ site, post }) => {
    for (const [url, status] of [['https://stafett.example', 200], ['https://192.0.2.7', 404], ['http://stafett.example', 404]]) {
      const server = await site.another({ STAFETT_PUBLIC_URL: url, STAFETT_MODE: 'production' });
      const answer = await post('/sign-in/passkey/begin', '', {}, server);
      expect(answer.status, url).toBe(status);
      if (status === 200) {
        expect(JSON.parse(answer.text).publicKey.rpId).toBe('stafett.example');
        expect(answer.headers['set-cookie'][0]).toMatch(/^__Host-stafett_passkey=.*; SameSite=Strict; Max-Age=300; Secure$/);
      }
      await server.stop();
    }
  });

  test('a browser without passkeys has the mailed link, and is told', async ({ page, enter }) => {
    await page.addInitScript(() => delete window.PublicKeyCredential);
    await enter(somebody());
    await page.goto('/me/account');
    await expect(section(page)).toContainText('behövs JavaScript och en webbläsare som kan hantera nycklar');
    await expect(addButton(page)).toBeHidden();
    await signOut(page);
    await page.goto('/sign-in');
    await expect(page.getByRole('button', { name: 'Mejla mig en länk' })).toBeVisible();
    await expect(signInButton(page)).toBeHidden();
  });
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the link is the way in, and passkeys are renamed and removed by plain forms', async ({ page, site, enter }) => {
    const email = somebody();
    await page.goto('/sign-in');
    await expect(signInButton(page)).toBeHidden();
    await page.getByLabel('E-post').fill(email);
    await page.getByRole('button', { name: 'Mejla mig en länk' }).click();
    expect(await mailedSecret(site.db, email)).toBeTruthy();
    await enter(email);
    await planted(site, email, 'Telefon <b>1</b> "x"');
    await planted(site, email, 'Dator');
    await page.goto('/me/account');
    await expect(keys(page).locator('b')).toHaveText(['Telefon <b>1</b> "x"', 'Dator']);
    await expect(addButton(page)).toBeHidden();
    const phone = keys(page).filter({ hasText: 'Telefon' });
    await phone.locator('summary').first().click();
    await expect(phone.getByLabel('Nyckelns namn')).toHaveValue('Telefon <b>1</b> "x"');
    await phone.getByLabel('Nyckelns namn').fill('Åsas telefon');
    await phone.getByRole('button', { name: 'Spara' }).click();
    await expect(page).toHaveURL('/me/account?passkey=renamed#passkeys');
    await expect(keys(page).locator('b')).toHaveText(['Åsas telefon', 'Dator']);
    const computer = keys(page).filter({ hasText: 'Dator' });
    await computer.locator('summary').nth(1).click();
    await computer.getByRole('button', { name: 'Ja, ta bort nyckeln' }).click();
    await expect(page).toHaveURL('/me/account?passkey=removed#passkeys');
    await expect(keys(page).locator('b')).toHaveText(['Åsas telefon']);
    await page.goto('/me/account?passkey=nameless#passkeys');
    await expect(section(page).locator('.note[role=alert]')).toContainText('Namnet är inte sparat.');
  });
});

for (const lang of ['sv', 'en']) {
  test(`axe finds nothing on a phone, light and dark, and nothing scrolls sideways (${lang})`, async ({ page, site, enter, open }) => {
    test.setTimeout(60_000);
    const email = somebody();
    const prefix = lang === 'en' ? '/en' : '';
    await page.setViewportSize(PHONE);
    await page.goto(`${prefix}/sign-in`);
    await expect(page.locator('.ceremony button')).toBeVisible();
    const found = await violations(page);
    await enter(email, { lang });
    await planted(site, email, 'Ett ganska långt namn på en nyckel, utan att ta slut'.padEnd(60, 'x'));
    await planted(site, email);
    await open(`${prefix}/me/account?passkey=added`);
    await expect(page.locator('.ceremony button')).toBeVisible();
    for (const summary of await page.locator('.changes summary').all()) await summary.click();
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      found.push(...(await violations(page)));
    }
    expect(found).toEqual([]);
    for (const width of [390, 320]) {
      await page.setViewportSize({ width, height: 844 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth), `${width} px`).toBeLessThanOrEqual(width);
    }
  });
}
