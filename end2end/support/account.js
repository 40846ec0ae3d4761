// Ways into an account, for the specs that are about something else than the way in.
import { createHash, randomBytes } from 'node:crypto';

/** A sign-in link in the database, as if it had been mailed. Returns its secret. */
export async function newLink(db, email, { minutesAgo = 0, next = null, language = 'sv' } = {}) {
  // 43 letters of base64url, as the server makes them.
  const secret = randomBytes(33).toString('base64url').slice(0, 43);
  await db.sql(
    `insert into sign_in_links (secret_hash, email, email_key, language, next, created_at, expires_at)
     values ($1, $2, lower($2), $3, $4, now() - $5 * interval '1 minute', now() - $5 * interval '1 minute' + interval '20 minutes')`,
    [createHash('sha256').update(secret).digest(), email, language, next, minutesAgo],
  );
  return secret;
}

/** The secret of the newest link that was mailed to an address. */
export const mailedSecret = (db, email) =>
  db.value("select secret from mails where kind = 'sign_in' and to_address = $1 order by id desc limit 1", [email]);

/** Signs in without a browser. Returns the cookie as a browser would send it. */
export async function session(site, email, { server = site.server, headers = {}, prefix = '' } = {}) {
  const answer = await server.post(`${prefix}/sign-in/${await newLink(site.db, email)}`, {}, headers);
  return answer.headers['set-cookie'][0].split(';')[0];
}

/** Signs the page's browser in, without loading a page for it: account.spec.js does it as people do. */
export async function signIn(page, site, email, { lang = 'sv' } = {}) {
  const headers = { 'user-agent': await page.evaluate(() => navigator.userAgent) };
  const cookie = await session(site, email, { headers, prefix: lang === 'en' ? '/en' : '' });
  const at = cookie.indexOf('=');
  const [name, value] = [cookie.slice(0, at), cookie.slice(at + 1)];
  await page.context().addCookies([{ name, value, url: site.url, httpOnly: true, sameSite: 'Lax' }]);
}
