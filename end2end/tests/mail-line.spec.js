// The line to the mail server: encrypted, with a login, and to nobody else. The server is not ours, and shows a
// certificate that signs for itself.
import { writeFile } from 'node:fs/promises';
import { certificate } from '../support/certificate.js';
import { PostOffice } from '../support/post.js';
import { Site } from '../support/server.js';
import { expect, test as base } from '../support/test.js';

const LOGIN = { user: 'stafett@exempel.se', password: 'p@ss/ord: åäö?' };

const test = base.extend({
  /** A mail server, and a site that writes to it: `line(office's line, address in the settings)`. */
  line: async ({ guard }, use, info) => {
    const open = [];
    await use(async (line, address = {}, trusted = line.certificate) => {
      const office = await PostOffice.open({}, line);
      open.push(() => office.close());
      const settings = { STAFETT_SMTP_URL: office.address(address), STAFETT_MAIL_FROM: 'stafett@exempel.se' };
      if (trusted) {
        settings.STAFETT_SMTP_CA = info.outputPath('ca.pem');
        await writeFile(settings.STAFETT_SMTP_CA, trusted.cert);
      }
      const site = await Site.create('empty', settings);
      open.push(() => site.remove());
      const event = await site.db.event({ starts: '2031-05-14 09:00' });
      const { json } = await site.server.signUp(event);
      expect(json.status).toBe('confirmed');
      const email = await site.db.value('select to_address from mails');
      return { office, site, event, email };
    });
    guard.end();
    for (const close of open.reverse()) await close();
  },
});

/** The mail waits for another time, and says why; the place is not touched by it. */
async function waits({ site, office, event }, problem) {
  const row = async () => (await site.db.sql('select state, attempts, problem, due_at > now() as later from mails'))[0];
  // Taken up it is as soon as it has been written; the problem stands there once it has been tried.
  await expect.poll(async () => (await row()).problem).toMatch(problem);
  expect(await row()).toMatchObject({ state: 'queued', attempts: 1, later: true });
  expect(office.mails).toEqual([]);
  await expect.poll(() => site.server.log).toMatch(/the mail server takes no mail from us/);
  expect(site.server.log).toMatch(problem);
  expect(await site.db.standing(event)).toEqual({ confirmed: 1 });
}

for (const [what, tls, address] of [
  ['STARTTLS, required', 'starttls', { query: '?tls=required' }],
  ['STARTTLS, because it is offered', 'starttls', { query: '?tls=opportunistic' }],
  ['encrypted from the first byte', 'wrapped', { scheme: 'smtps' }],
]) {
  test(`${what}, and signed in`, async ({ line }) => {
    const { office, site, email } = await line({ tls, certificate: certificate('127.0.0.1'), login: LOGIN }, { ...address, login: LOGIN });
    const [mail] = await office.wait(email);
    expect(mail).toMatchObject({ secure: true, user: LOGIN.user, subject: expect.stringContaining('Du är anmäld') });
    await expect.poll(() => site.db.value('select state from mails')).toBe('sent');
    expect(site.server.log).not.toContain(LOGIN.password);
  });
}

test('not offered, but not needed either: not encrypted', async ({ line }) => {
  const { office, email } = await line({}, { query: '?tls=opportunistic' });
  expect((await office.wait(email))[0].secure).toBe(false);
});

test('STARTTLS that is required and not offered: no mail, no password', async ({ line }) => {
  const there = await line({ login: LOGIN }, { query: '?tls=required', login: LOGIN });
  await waits(there, /STARTTLS/i);
  expect(there.office.logins).toBe(0);
});

for (const [what, line, trusted] of [
  ['that nobody signed whom we know', { certificate: certificate('127.0.0.1') }, null],
  ['that somebody else signed', { certificate: certificate('127.0.0.1') }, certificate('127.0.0.1')],
  ['of another name', { certificate: certificate('post.exempel.se') }, undefined],
  ['that has run out', { certificate: certificate('127.0.0.1', { days: 1 / 48 }) }, undefined],
]) {
  for (const [tls, address] of [['starttls', { query: '?tls=required' }], ['wrapped', { scheme: 'smtps' }]]) {
    test(`a certificate ${what} gets neither mail nor password (${tls})`, async ({ line: open }) => {
      const there = await open({ ...line, tls, login: LOGIN }, { ...address, login: LOGIN }, trusted);
      await waits(there, /certificate/i);
      expect(there.office.logins).toBe(0);
    });
  }
}

test('a wrong password: the log says so, and the mail goes once it is right', async ({ line }) => {
  const secret = 'fel-lösen-417';
  const shown = certificate('127.0.0.1');
  const there = await line(
    { tls: 'starttls', certificate: shown, login: LOGIN },
    { query: '?tls=required', login: { ...LOGIN, password: secret } },
  );
  const { office, site, email } = there;
  await waits(there, /535.*Wrong user or password/);
  expect(site.server.log).not.toContain(secret);
  expect(await site.db.value('select problem from mails')).not.toContain(secret);

  // Everybody who signs up meanwhile is told of the place, and the log is not filled.
  for (let more = 0; more < 3; more += 1) expect((await site.server.signUp(there.event)).json.status).toBe('confirmed');
  await expect.poll(() => site.db.value("select count(*) from mails where state = 'queued' and problem is not null")).toBe(4);
  expect(site.server.log.match(/takes no mail from us/g)).toHaveLength(1);

  await site.server.stop();
  Object.assign(site.server.settings, { STAFETT_SMTP_URL: office.address({ query: '?tls=required', login: LOGIN }) });
  await site.server.start();
  await site.db.sql("update mails set due_at = now() where state = 'queued'");
  await expect.poll(() => site.db.value("select count(*) from mails where state = 'sent'")).toBe(4);
  expect(office.to(email)).toHaveLength(1);
  expect(office.mails.every((mail) => mail.user === LOGIN.user)).toBe(true);
});

test('a file without certificates is named, and nothing starts', async ({ bare }) => {
  await expect(bare.another({ STAFETT_SMTP_CA: '/etc/hostname' })).rejects.toThrow(/STAFETT_SMTP_CA is "\/etc\/hostname"/);
});
