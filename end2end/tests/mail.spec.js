// Mail that arrives: a real mail server (not ours) takes it, and parsers that are not ours read it.
import { PostOffice, invitationOf, refusal } from '../support/post.js';
import { expect, goodForm, instant, test as base, unique } from '../support/test.js';
import { Site } from '../support/server.js';

const FROM = 'Nätverket för lärande <stafett@exempel.se>';
const PUBLIC = 'https://stafett.exempel.se';

const smtp = (office, settings = {}) => ({ STAFETT_SMTP_URL: office.url, STAFETT_MAIL_FROM: FROM, STAFETT_PUBLIC_URL: PUBLIC, ...settings });

const test = base.extend({
  /** A mail server that takes everything. */
  office: async ({ guard }, use) => {
    const office = await PostOffice.open();
    await use(office);
    guard.end();
    await office.close();
  },
  /** A site that sends its mail there. */
  posting: async ({ guard, office }, use) => {
    const site = await Site.create('empty', smtp(office));
    await use(site);
    guard.end();
    await site.remove();
  },
});

/** Signs somebody up, and gives the address and the path of their own page. */
async function signUp(site, event, fields = {}, language = '') {
  const form = goodForm(fields);
  const { json, status } = await site.server.post(`${language}/events/${event.slug}/sign-up`, form, { accept: 'application/json' })
    .then((answer) => ({ status: answer.status, json: JSON.parse(answer.text) }));
  expect(status).toBe(200);
  return { ...form, status: json.status, path: json.manage_url?.slice(PUBLIC.length) };
}

const cancel = (site, person) => site.server.post(`${person.path}/cancel`, {}, { accept: 'application/json' });

/** What must hold of every mail. */
function checkForm(mail, address) {
  expect(mail.sentTo).toEqual([address]);
  expect(mail.sentFrom).toBe('stafett@exempel.se');
  expect(mail.from.value).toEqual([{ name: 'Nätverket för lärande', address: 'stafett@exempel.se' }]);
  expect(mail.messageId).toMatch(/^<mail-\d+\.\d+@stafett\.exempel\.se>$/);
  expect(Math.abs(mail.date - Date.now())).toBeLessThan(120_000);
  expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
  expect(mail.greeting).toBe('stafett.exempel.se');
  // Text and HTML say the same, and nothing is fetched from anywhere.
  expect(mail.text.length).toBeGreaterThan(80);
  expect(mail.html).toContain('<html lang="');
  // The code of a ticket lies in the mail itself, as a part; the parser writes it in where it is shown.
  expect(mail.html.match(/<img src="data:image\/png;base64,/g) ?? []).toHaveLength(mail.attachments.filter(({ related, contentType }) => related && contentType === 'image/png').length);
  expect(mail.html.replace(/<img src="data:image\/png;base64,[^"]*"/g, '')).not.toMatch(/<img|<script|<link|url\(|src=/i);
  const [link] = /https:\/\/\S+/.exec(mail.text);
  expect(mail.html).toContain(`href="${link}"`);
  // RFC 5321 4.5.3.1.6 and RFC 5322 2.1.1; and nothing that a server without 8BITMIME would spoil.
  for (const line of mail.source.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(998);
  expect(mail.source).toMatch(/^[\x00-\x7f]*$/);
  expect(mail.source.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
}

test('signed up, moved up, cancelled: in the person\'s language, and in the calendar', async ({ posting: site, office }) => {
  const event = await site.db.event({
    starts: '2031-05-14 09:00', seats: { digital: 1 }, platform: 'Zoom',
    title_sv: 'Att våga pröva', title_en: 'Daring to try', summary_sv: 'Om mod.',
  });
  const first = await signUp(site, event, { name: "Åsa O'Hara-Öberg" });
  const second = await signUp(site, event, { name: 'Bo Ek' }, '/en');
  expect([first.status, second.status]).toEqual(['confirmed', 'waitlisted']);

  const [confirmed] = await office.wait(first.email);
  checkForm(confirmed, first.email);
  expect(confirmed.subject).toBe('Du är anmäld: Att våga pröva');
  expect(confirmed.to.value).toEqual([{ name: "Åsa O'Hara-Öberg", address: first.email }]);
  expect(confirmed.headers.get('content-language')).toBe('sv');
  for (const text of ["Hej Åsa O'Hara-Öberg!", 'onsdag 14 maj 2031 09:00–10:00', 'Digitalt via Zoom', `${PUBLIC}${first.path}\n`]) {
    expect(confirmed.text).toContain(text);
  }
  expect(confirmed.html).toContain('Hej Åsa O&#39;Hara-Öberg!');
  const invitation = invitationOf(confirmed);
  expect(invitation).toMatchObject({
    method: 'REQUEST', announced: 'REQUEST', parts: 1, attached: [{ filename: 'invite.ics', same: true }],
    uid: event.uid, sequence: 0, summary: 'Att våga pröva', status: 'CONFIRMED', location: 'Zoom', zone: 'Europe/Stockholm',
    organizer: { address: 'mailto:stafett@exempel.se', name: 'Nätverket för lärande' },
    attendee: { address: `mailto:${first.email}`, name: "Åsa O'Hara-Öberg", part: 'ACCEPTED' },
  });
  expect(String(invitation.starts)).toBe('2031-05-14T09:00:00');
  // The same event as in the file that the page offers.
  const file = await site.server.raw(`${event.path}.ics`);
  expect(file.text).toContain(`UID:${invitation.uid}\r\n`);

  const [waitlisted] = await office.wait(second.email);
  checkForm(waitlisted, second.email);
  expect(waitlisted.subject).toBe('You are on the waitlist: Daring to try');
  expect(waitlisted.headers.get('content-language')).toBe('en');
  expect(waitlisted.text).toContain('Hello Bo Ek,');
  expect(invitationOf(waitlisted)).toBeUndefined();

  expect((await cancel(site, first)).status).toBe(200);
  const [, cancelled] = await office.wait(first.email, 2);
  checkForm(cancelled, first.email);
  expect(cancelled.subject).toBe('Du är avanmäld: Att våga pröva');
  const withdrawn = invitationOf(cancelled);
  expect(withdrawn).toMatchObject({ method: 'CANCEL', announced: 'CANCEL', uid: invitation.uid, status: null, attendee: { part: 'DECLINED' } });
  expect(withdrawn.sequence).toBeGreaterThanOrEqual(invitation.sequence);
  expect(+withdrawn.stamp).toBeGreaterThanOrEqual(+invitation.stamp);

  const [, promoted] = await office.wait(second.email, 2);
  checkForm(promoted, second.email);
  expect(promoted.subject).toBe('You have got a place: Daring to try');
  expect(promoted.text).toContain('Wednesday 14 May 2031 09:00–10:00');
  expect(promoted.text).toContain(`${PUBLIC}/en/sign-ups/`);
  expect(invitationOf(promoted)).toMatchObject({ method: 'REQUEST', uid: event.uid, summary: 'Daring to try' });
  expect(new Set(office.mails.map((mail) => mail.messageId)).size).toBe(4);
  await expect.poll(() => site.db.value("select count(*) from mails where state = 'sent' and sent_at is not null")).toBe(4);
});

test('moved, then cancelled: everybody with a place is told, and calendars follow', async ({ posting: site, office }) => {
  const event = await site.db.event({ starts: '2031-05-14 09:00', seats: { digital: 1 }, title_sv: 'Möte' });
  const holder = await signUp(site, event);
  const waiting = await signUp(site, event);
  await office.wait(holder.email);
  await site.db.change(event, { starts_at: instant('2031-05-15 13:00'), ends_at: instant('2031-05-15 14:00') });
  const [asked, moved] = await office.wait(holder.email, 2);
  checkForm(moved, holder.email);
  expect(moved.subject).toBe('Ändrat: Möte');
  expect(moved.text).toContain('torsdag 15 maj 2031 13:00–14:00');
  expect(invitationOf(moved)).toMatchObject({ method: 'REQUEST', uid: event.uid, sequence: invitationOf(asked).sequence + 1 });
  expect(String(invitationOf(moved).starts)).toBe('2031-05-15T13:00:00');
  const [, told] = await office.wait(waiting.email, 2);
  expect(told.subject).toBe('Ändrat: Möte');
  expect(invitationOf(told)).toBeUndefined();

  await site.db.change(event, { state: 'cancelled' });
  const [, , off] = await office.wait(holder.email, 3);
  expect(off.subject).toBe('Inställt: Möte');
  expect(invitationOf(off)).toMatchObject({ method: 'CANCEL', uid: event.uid, status: 'CANCELLED' });
  expect(invitationOf(off).sequence).toBeGreaterThan(invitationOf(moved).sequence);
  expect((await office.wait(waiting.email, 3))[2].subject).toBe('Inställt: Möte');
});

test('names and titles as people write them, and as nobody should', async ({ posting: site, office }) => {
  const title = `Samverkansinnovation & "mod" i välfärdens ${'åäö '.repeat(39)}🎉`;
  const event = await site.db.event({ starts: '2031-05-14 09:00', title_sv: title, venue: 'Rådhuset; sal 1, "Björken"', format: 'on_site' });
  const name = `Çelik-Nguyễn 🙂 ${'å'.repeat(180)}`;
  const person = await signUp(site, event, { name });
  const [mail] = await office.wait(person.email);
  checkForm(mail, person.email);
  expect(mail.subject).toBe(`Du är anmäld: ${title}`);
  expect(mail.to.value[0].name).toBe(name);
  expect(invitationOf(mail)).toMatchObject({ summary: title, location: 'Rådhuset; sal 1, "Björken"', attendee: { name } });

  // What the form refuses or tidies up is put into the database: the mail must bear it all the same.
  const [row] = await site.db.fill(event, 1, 0, 'on_site');
  const evil = 'Eva"\r\nBcc: offer@exempel.se\r\n\r\n<script>alert(1)</script>\u0085\u2028.';
  await site.db.sql('update sign_ups set name = $2 where id = $1', [row.id, evil]);
  await site.db.sql('update events set title_sv = $2 where id = $1', [event.id, 'Titel\r\nBcc: offer@exempel.se\r\nX-Evil: 1']);
  await site.db.sql("insert into mails (kind, to_address, language, sign_up_id, event_id) values ('confirmed', $1, 'sv', $2, $3)", [row.email, row.id, event.id]);
  const [bad] = await office.wait(row.email);
  checkForm(bad, row.email);
  expect([...bad.headers.keys()].sort()).toEqual([...mail.headers.keys()].sort());
  expect(bad.subject).toBe('Du är anmäld: Titel Bcc: offer@exempel.se X-Evil: 1');
  expect(bad.to.value).toHaveLength(1);
  expect(bad.html).not.toContain('<script');
  const invited = invitationOf(bad);
  expect(invited.text).not.toMatch(/^(Bcc|X-Evil)/m);
  expect(invited.attendee.name).toContain('Bcc: offer@exempel.se');
  expect(office.to('offer@exempel.se')).toEqual([]);
});

test('an address with a domain beyond ASCII', async ({ posting: site, office }) => {
  const event = await site.db.event({ starts: '2031-05-14 09:00' });
  const local = unique('x');
  await signUp(site, event, { email: `${local}@räksmörgås.se` });
  // The mail server shows it as it is read; over the line it went as the domain name system has it.
  const [mail] = await office.wait(`${local}@räksmörgås.se`);
  expect(mail.subject).toContain('Du är anmäld');
  expect(mail.source).toContain(`<${local}@xn--rksmrgs-5wao1o.se>\r\n`);
  expect(invitationOf(mail).attendee.address).toBe(`mailto:${local}@räksmörgås.se`);
});

test('an address that is refused fails at once and says why; the others arrive', async ({ guard }) => {
  const office = await PostOffice.open({
    recipient(address) {
      if (address.endsWith('@nej.se')) throw refusal(550, '5.1.1 No such user here');
    },
  });
  const site = await Site.create('empty', smtp(office));
  try {
    const event = await site.db.event({ starts: '2031-05-14 09:00' });
    const refused = await signUp(site, event, { email: `${unique('x')}@nej.se` });
    const other = await signUp(site, event);
    await office.wait(other.email);
    const row = async () => (await site.db.sql('select state, attempts, problem from mails where to_address = $1', [refused.email]))[0];
    await expect.poll(async () => (await row()).state).toBe('failed');
    expect(await row()).toMatchObject({ attempts: 1, problem: expect.stringContaining('No such user here') });
    // The developer sees it, and only the developer.
    const box = await site.server.raw('/dev/mail');
    expect(box.text).toContain('gick inte fram: ');
    expect(box.text).toContain('skickat');
    // Nobody is without the place: it is the mail that failed.
    expect(await site.db.standing(event)).toEqual({ confirmed: 2 });
  } finally {
    guard.end();
    await site.remove();
    await office.close();
  }
});

test('a mail server that is busy, drops lines or is away: later, once, and in order', async ({ guard }) => {
  const mood = { recipient() {}, async taking() {} };
  const office = await PostOffice.open({ recipient: (address) => mood.recipient(address), taking: (mail) => mood.taking(mail) });
  const site = await Site.create('empty', smtp(office));
  const again = () => site.db.sql("update mails set due_at = now() where state = 'queued'");
  const waiting = async (count) => {
    await expect.poll(() => site.db.value("select count(*) from mails where state = 'queued' and attempts > 0 and problem is not null and due_at > now() + interval '50 seconds'")).toBe(count);
  };
  try {
    const event = await site.db.event({ starts: '2031-05-14 09:00' });
    mood.recipient = () => {
      throw refusal(451, '4.7.1 Try again later');
    };
    const person = await signUp(site, event);
    await waiting(1);
    expect(await site.db.value('select problem from mails')).toContain('Try again later');
    // The cancellation comes after it, however long that takes.
    await cancel(site, person);
    mood.recipient = () => {};
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(office.mails).toEqual([]);
    // In the middle of taking it the line breaks.
    let broken = 0;
    mood.taking = async () => {
      broken += 1;
      office.cut();
      throw refusal(421, 'gone');
    };
    await again();
    await expect.poll(() => broken).toBe(1);
    await waiting(1);
    mood.taking = async () => {};
    await again();
    const [first, second] = await office.wait(person.email, 2);
    expect([invitationOf(first).method, invitationOf(second).method]).toEqual(['REQUEST', 'CANCEL']);
    // Away altogether.
    await office.close();
    const later = await signUp(site, event);
    await waiting(1);
    expect(await site.db.standing(event)).toEqual({ cancelled: 1, confirmed: 1 });
    expect(await site.db.value('select state from mails where to_address = $1', [later.email])).toBe('queued');
  } finally {
    guard.end();
    await site.remove();
  }
});

test('killed between the commit and the mail: it goes, once', async ({ bare: site, office }) => {
  const event = await site.db.event({ starts: '2031-05-14 09:00' });
  // This one sends nothing: the mail is written, and the process dies.
  const answer = await site.server.signUp(event);
  expect(answer.json.status).toBe('confirmed');
  const address = await site.db.value('select to_address from mails');
  await site.server.kill();
  await Promise.all([site.another(smtp(office)), site.another(smtp(office))]);
  await office.wait(address);
  await expect.poll(() => site.db.value('select state from mails')).toBe('sent');
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect(office.to(address)).toHaveLength(1);
});

test('killed while the mail server takes its time: again when the lease has ended, under the same name', async ({ guard }) => {
  const ids = [];
  const slow = { wait: true };
  const office = await PostOffice.open({
    async taking({ source }) {
      ids.push(/^Message-ID: (.*)\r$/m.exec(source.toString())[1]);
      if (slow.wait) await new Promise(() => {});
    },
  });
  const site = await Site.create('empty', smtp(office));
  try {
    const event = await site.db.event({ starts: '2031-05-14 09:00' });
    const person = await signUp(site, event);
    await expect.poll(() => ids.length).toBe(1);
    // The site is as quick as ever meanwhile, and holds no transaction open.
    expect(await site.db.value("select count(*) from pg_stat_activity where datname = current_database() and state = 'idle in transaction'")).toBe(0);
    await site.server.kill();
    slow.wait = false;
    await site.server.start();
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(ids).toHaveLength(1);
    await site.db.sql("update mails set due_at = now() where state = 'queued'");
    await office.wait(person.email);
    expect(ids[1]).toBe(ids[0]);
    expect(await site.db.value('select attempts from mails')).toBe(2);
  } finally {
    guard.end();
    await site.remove();
    await office.close();
  }
});

test('sign-up opens: told within a minute, once, and stopped by one click', async ({ posting: site, office, page }) => {
  const second = await site.another(smtp(office));
  const event = await site.db.event({ starts: '2031-05-14 09:00', state: 'published', sign_up_opens_at: instant('2031-04-01 08:00'), title_sv: 'Öppnar' });
  const people = [unique('a'), unique('b'), unique('c')].map((name) => `${name}@exempel.se`);
  for (const email of people) expect((await site.server.post(`${event.path}/watch`, { email }, { accept: 'application/json' })).status).toBe(200);
  for (const email of people) await office.wait(email);
  expect(office.to(people[0])[0].headers.has('list-unsubscribe')).toBe(false);
  const token = (email) => site.db.value('select token from opening_watchers where email = $1', [email]);

  // One thinks better of it, by the button, and without JavaScript at that.
  const path = `/unsubscribe/${await token(people[2])}`;
  expect((await site.server.raw(path)).text).toContain('Sluta få mejl om det här?');
  expect(await token(people[2])).toBeTruthy();
  const stopped = await site.server.post(path, {});
  expect([stopped.status, stopped.headers.location]).toEqual([303, '/unsubscribe/done']);
  expect((await site.server.raw('/unsubscribe/done')).text).toContain('Du får inga fler mejl om det här');
  expect((await site.server.raw(path)).status).toBe(404);

  await site.db.change(event, { sign_up_opens_at: null });
  for (const email of people.slice(0, 2)) {
    const [, opened] = await office.wait(email, 2);
    checkForm(opened, email);
    expect(opened.subject).toBe('Anmälan har öppnat: Öppnar');
    expect(opened.text).toContain(`${PUBLIC}${event.path}\n`);
    const link = `${PUBLIC}/unsubscribe/${await token(email)}`;
    expect(opened.source).toContain(`\r\nList-Unsubscribe: <${link}>\r\n`);
    expect(opened.source).toContain('\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n');
    expect(opened.text).toContain(link);
    expect(opened.html).toContain(`href="${link}"`);
  }
  await second.stop();
  await site.server.stop();
  await site.server.start();
  await new Promise((resolve) => setTimeout(resolve, 6_000));
  expect(people.map((email) => office.to(email).length)).toEqual([2, 2, 1]);

  // A mail provider calls from elsewhere, is no browser of this site, and follows no redirect.
  const answer = await site.server.raw(`/unsubscribe/${await token(people[0])}`, {
    method: 'POST', body: 'List-Unsubscribe=One-Click',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'cross-site', origin: 'https://mail.example' },
  });
  expect(answer.status).toBe(200);
  expect(await token(people[0])).toBeUndefined();
  expect((await site.server.raw('/unsubscribe/finns-inte')).status).toBe(404);
});

test('reminders, an hour before', async ({ posting: site, office }) => {
  const event = await site.db.event({ starts: new Date(Date.now() + 50 * 60_000), title_sv: 'Snart' });
  const [row] = await site.db.fill(event, 1);
  await site.db.sql("update sign_ups set created_at = now() - interval '1 day' where id = $1", [row.id]);
  await expect.poll(() => office.to(row.email).length, { timeout: 28_000 }).toBe(1);
  const [mail] = office.to(row.email);
  expect(mail.subject).toBe('Påminnelse: Snart');
  expect(mail.text).toContain(row.path);
  expect(invitationOf(mail)).toBeUndefined();
});

test('the local mailbox shows text, HTML and calendar, and where each mail is', async ({ bare: site, page, guard }) => {
  const event = await site.db.event({ starts: '2031-05-14 09:00', title_sv: 'Att våga' });
  const { json } = await site.server.signUp(event);
  await page.goto(`${site.url}/dev/mail`);
  await expect(page.getByRole('listitem')).toContainText('i kö');
  await page.getByRole('listitem').getByRole('link').click();
  const main = page.locator('main');
  await expect(main.getByRole('heading', { name: 'Som HTML' })).toBeVisible();
  await expect(main.getByRole('link', { name: 'Din anmälan' })).toHaveAttribute('href', json.manage_url);
  await expect(main).toContainText('METHOD:REQUEST');
  await expect(main).toContainText(`UID:${event.uid}`);
  await page.getByRole('link', { name: 'Visa hela mejlet' }).click();
  await expect(page.locator('body')).toContainText('Content-Type: multipart/alternative');
  guard.end();
});

test('production without a mail server: it says so, and sign-up works', async ({ bare: site }) => {
  const server = await site.another({ STAFETT_MODE: 'production', STAFETT_PUBLIC_URL: PUBLIC });
  await expect.poll(() => server.log).toContain('STAFETT_SMTP_URL is not set');
  const event = await site.db.event({ starts: '2031-05-14 09:00' });
  expect((await server.signUp(event)).json.status).toBe('confirmed');
  expect(await site.db.value('select state from mails')).toBe('queued');
});
