import { signIn, session } from '../support/account.js';
import { complaints, violations } from '../support/axe.js';
import { question, withRole } from '../support/organiser.js';
import { expect, goodForm, test } from '../support/test.js';

const heading = (page) => page.getByRole('heading', { level: 1 });
const pathOf = (answer) => new URL(answer.json.manage_url).pathname;
const section = (page, name) => page.getByRole('region', { name: new RegExp(`^${name}`) });

async function eventOf(site, fields = {}) {
  const programme = await site.db.programme();
  const event = await site.db.event({ programme_id: programme.id, starts: '2031-05-14 09:00', seats: { digital: 1 }, ...fields });
  return { event, programme, email: await withRole(site.db, programme.id), address: `${site.url}/organise/events/${event.slug}` };
}

for (const script of [true, false]) {
  test.describe(script ? 'approving' : 'approving without JavaScript', () => {
    test.use({ javaScriptEnabled: script });

    test('a seat is held until the organiser says yes, and a no gives it to the next', async ({ page, site, window }) => {
      const { event, email, address } = await eventOf(site, { needs_approval: true });
      const first = await site.server.signUp(event, { name: 'Första Åsa' });
      const second = await site.server.signUp(event, { name: "Andra O'Öberg" });
      expect([first.json.status, second.json.status]).toEqual(['requested', 'waitlisted']);
      await page.goto(pathOf(first));
      await expect(heading(page)).toHaveText('En plats hålls åt dig');

      const desk = await window({ javaScriptEnabled: script });
      await signIn(desk, site, email);
      await desk.goto(`${site.url}/me`);
      await desk.getByRole('link', { name: 'Att arrangera' }).click();
      await expect(desk.getByText('1 väntar på svar')).toBeVisible();
      await desk.getByRole('link', { name: event.title }).click();
      await expect(section(desk, 'Väntar på svar').getByRole('listitem')).toHaveText(/Första Åsa/);
      await expect(section(desk, 'Väntelistan').getByRole('listitem')).toHaveText(/Andra O'Öberg/);

      await desk.locator('.decide summary').click();
      await desk.locator('.decide').getByLabel('Vill du säga varför?').fill('Den här gången <b>bara</b> för värdar.');
      await desk.getByRole('button', { name: 'Neka anmälan' }).click();
      await expect(desk.getByRole('main').getByRole('status').filter({ hasText: 'Nekat.' })).toBeVisible();
      await expect(section(desk, 'Väntar på svar').getByRole('listitem')).toHaveText(/Andra O'Öberg/);
      await expect(section(desk, 'Kommer inte').getByRole('listitem')).toContainText('Den här gången <b>bara</b> för värdar.');
      await page.reload();
      await expect(heading(page)).toHaveText('Du fick ingen plats');
      await expect(page.getByText('Den här gången <b>bara</b> för värdar.')).toBeVisible();

      await desk.locator('.decide').getByRole('button', { name: 'Godkänn' }).click();
      await expect(desk.getByRole('main').getByRole('status').filter({ hasText: 'Godkänt.' })).toBeVisible();
      await page.goto(pathOf(second));
      await expect(heading(page)).toHaveText('Du har en plats');
      expect(await site.db.standing(event)).toEqual({ refused: 1, confirmed: 1 });
      expect(await site.db.sql('select kind from mails where event_id = $1 order by id', [event.id])).toEqual(
        ['requested', 'waitlisted', 'refused', 'requested', 'approved'].map((kind) => ({ kind })),
      );
    });

    test('a question: asked for by the organiser, answered, changed, read and taken away', async ({ page, site, window }) => {
      const { event, email, address } = await eventOf(site, { seats: { digital: 9 } });
      const desk = await window({ javaScriptEnabled: script });
      await signIn(desk, site, email);
      await desk.goto(address);
      await desk.locator('summary', { hasText: 'Egna frågor' }).click();
      await desk.getByLabel('Frågan', { exact: true }).fill('Vad vill du äta, "ärligt"?');
      await desk.getByLabel('Så svarar man').selectOption({ label: 'Ett av flera svar' });
      await desk.getByLabel('Svar att välja bland').fill('Bara ett');
      await desk.getByLabel('Frågan måste besvaras').check();
      await desk.getByRole('button', { name: 'Lägg till frågan' }).click();
      // What was wrong is told, and nothing of what was typed is lost.
      await expect(desk.locator('#options_sv-error')).toContainText('minst två svar');
      await expect(desk.getByLabel('Frågan', { exact: true })).toHaveValue('Vad vill du äta, "ärligt"?');
      await expect(desk.getByLabel('Frågan måste besvaras')).toBeChecked();
      await desk.getByLabel('Svar att välja bland').fill('Ärtsoppa\nRäksmörgås');
      await desk.getByRole('button', { name: 'Lägg till frågan' }).click();
      await expect(desk.getByText('Frågan är tillagd.')).toBeVisible();

      await page.goto(event.path);
      const form = goodForm();
      await page.getByLabel('Namn').fill(form.name);
      await page.getByLabel('E-post').fill(form.email);
      await page.getByLabel('Organisation').fill(form.organisation);
      await page.locator('#consent').check();
      await page.getByRole('button', { name: 'Anmäl' }).click();
      await expect(page.getByRole('alert').getByRole('link', { name: 'Välj ett av svaren.' })).toBeVisible();
      await expect(page.getByLabel('Namn')).toHaveValue(form.name);
      await page.getByLabel('Räksmörgås').check();
      await page.getByRole('button', { name: 'Anmäl' }).click();
      await expect(heading(page)).toHaveText('Du är anmäld');
      await desk.goto(address);
      await expect(section(desk, 'Har plats').getByRole('definition')).toHaveText('Räksmörgås');

      await page.locator('summary', { hasText: 'Dina svar till arrangören' }).click();
      await page.getByLabel('Ärtsoppa').check();
      await page.getByRole('button', { name: 'Spara svaren' }).click();
      await expect(page.getByText('Svaren är sparade.')).toBeVisible();
      await desk.goto(address);
      await expect(section(desk, 'Har plats').getByRole('definition')).toHaveText('Ärtsoppa');

      await desk.locator('summary', { hasText: 'Egna frågor' }).click();
      await desk.getByRole('button', { name: 'Ta bort frågan' }).click();
      await expect(desk.getByText('Frågan är borttagen.')).toBeVisible();
      expect(await site.db.value('select count(*) from sign_up_answers a join sign_ups s on s.id = a.sign_up_id where s.event_id = $1', [event.id])).toBe(0);
    });

    test('a question is written anew: answers follow new words, and stay where a choice goes', async ({ page, site, window }) => {
      const { event, email, address } = await eventOf(site, { seats: { digital: 9 } });
      const food = await question(site.db, event, { kind: 'choice', label_sv: 'Vad vill du äta?', options_sv: ['Räksmörgas', 'Ärtsoppa'], is_required: true });
      await question(site.db, event, { kind: 'text', label_sv: 'Något mer?' });
      const shrimps = await site.server.signUp(event, { name: 'Räka', [`q-${food}`]: 'Räksmörgas' });
      const soup = await site.server.signUp(event, { name: 'Soppa', [`q-${food}`]: 'Ärtsoppa' });
      const desk = await window({ javaScriptEnabled: script });
      await signIn(desk, site, email);
      await desk.goto(address);
      await desk.locator('summary', { hasText: 'Egna frågor' }).click();
      await desk.getByRole('link', { name: 'Ändra: Vad vill du äta?' }).click();
      await expect(desk.getByRole('heading', { name: 'Ändra frågan' })).toBeVisible();
      await expect(desk.getByText('2 har svarat')).toBeVisible();
      const rows = desk.locator('input[name=choice_sv]');
      await expect(rows).toHaveCount(2);
      // Nothing of what was typed is lost when something is wrong with it.
      await desk.getByLabel('Frågan', { exact: true }).fill('Vad äter du?');
      await rows.nth(0).fill('Räksmörgås');
      await rows.nth(1).fill('');
      await desk.getByRole('button', { name: 'Spara', exact: true }).last().click();
      await expect(desk.locator('#options_sv-error')).toContainText('minst två svar');
      await expect(rows.nth(0)).toHaveValue('Räksmörgås');
      await expect(rows.nth(1)).toHaveValue('');
      await desk.getByLabel('Fler svar').fill('Vegopaj');
      await desk.getByRole('button', { name: 'Spara', exact: true }).last().click();
      await expect(desk.getByText('Frågan är ändrad.')).toBeVisible();
      const answered = section(desk, 'Har plats').getByRole('definition').filter({ hasNotText: 'Har inte svarat' });
      await expect(answered).toHaveText(['Räksmörgås', 'Ärtsoppa']);

      // Whoever chose what was reworded has chosen that; whoever chose what is gone is asked anew, and sees why.
      await page.goto(pathOf(shrimps));
      await expect(page.locator('#answers')).not.toHaveAttribute('open', /.*/);
      await page.locator('summary', { hasText: 'Dina svar' }).click();
      await expect(page.getByLabel('Räksmörgås')).toBeChecked();
      await page.goto(pathOf(soup));
      await expect(page.getByText('Arrangören vill veta')).toBeVisible();
      await expect(page.getByText('Du har svarat: Ärtsoppa')).toBeVisible();
      await page.getByLabel('Vegopaj').check();
      await page.getByRole('button', { name: 'Spara svaren' }).click();
      await expect(page.getByText('Svaren är sparade.')).toBeVisible();
      expect(await site.db.sql('select a.answer from sign_up_answers a join sign_ups s on s.id = a.sign_up_id where s.event_id = $1 order by s.id', [event.id])).toEqual([{ answer: 'Räksmörgås' }, { answer: 'Vegopaj' }]);

      // Down and up again.
      const labels = desk.locator('.asked > li b');
      await desk.getByRole('button', { name: 'Flytta ned: Vad äter du?' }).click();
      await expect(labels).toHaveText(['Något mer?', 'Vad äter du?']);
      await expect(desk.getByRole('button', { name: 'Flytta ned: Vad äter du?' })).toHaveCount(0);
      await desk.getByRole('button', { name: 'Flytta upp: Vad äter du?' }).click();
      await expect(labels).toHaveText(['Vad äter du?', 'Något mer?']);

      // Who has been told that only the organiser reads it is not read by others.
      await desk.getByRole('link', { name: 'Ändra: Vad äter du?' }).click();
      await desk.getByLabel('Vem som läser svaren').selectOption({ label: 'Läses av arrangören och värdarna' });
      await desk.getByRole('button', { name: 'Spara', exact: true }).last().click();
      await expect(desk.getByText('någon har redan svarat')).toBeVisible();
      expect(await site.db.value('select seen_by from event_questions where id = $1', [food])).toBe('organisers');
    });
  });
}

test('the organiser sees people come while the page is open, and loses nothing that is being typed', async ({ page, site }) => {
  const { event, email, address } = await eventOf(site, { seats: { digital: 9 } });
  await signIn(page, site, email);
  await page.goto(address);
  await page.waitForSelector('html[data-awake], body');
  await expect(page.getByText('Ingen har anmält sig än.')).toBeVisible();
  await site.server.signUp(event, { name: 'Levande Åke' });
  await expect(section(page, 'Har plats').getByRole('listitem')).toHaveText(/Levande Åke/, { timeout: 3000 });
  await expect(page.getByText('1 av 9 platser tagna')).toBeVisible();
  await page.locator('summary', { hasText: 'Villkor för anmälan' }).click();
  await page.locator('#reply_hours').fill('12');
  await site.server.signUp(event, { name: 'Sena Ängla' });
  await expect(section(page, 'Har plats').getByRole('listitem')).toHaveText([/Levande Åke/, /Sena Ängla/], { timeout: 3000 });
  await expect(page.locator('#reply_hours')).toHaveValue('12');
});

test('who may what', async ({ site }) => {
  const { event, programme, email } = await eventOf(site, { needs_approval: true });
  const other = await eventOf(site);
  await site.server.signUp(event, { name: 'Frågar' });
  const id = await site.db.value('select id from sign_ups where event_id = $1', [event.id]);
  const host = await withRole(site.db, programme.id, 'host');
  const path = `/organise/events/${event.slug}`;
  const posts = [
    [`${path}/decide`, { sign_up: String(id), decision: 'approve' }],
    [`${path}/terms`, { reply_hours: '99' }],
    [`${path}/decide?status=requested`, { which: 'matching', decision: 'approve' }],
    [`${path}/questions`, { label_sv: 'Hej?', kind: 'text' }],
    [`${path}/questions/1/remove`, {}],
    [`${path}/edit-question`, { form: 'edit', question: '1', label_sv: 'Hej?' }],
    [`${path}/move-question`, { question: '1', direction: 'up' }],
  ];
  for (const [who, status] of [[null, 401], ['nagon@exempel.se', 403], [host, 403], [other.email, 403]]) {
    const headers = who ? { cookie: await session(site, who) } : {};
    for (const [address, fields] of posts) {
      expect((await site.server.post(address, fields, headers)).status, `${who} ${address}`).toBe(status);
    }
    const seen = await site.server.raw(path, { headers });
    expect(seen.status, `${who}`).toBe(who === host ? 200 : status);
    if (who !== host) expect(seen.text).not.toContain('Frågar');
    const api = await site.server.raw(`/api/organise-event?lang=sv&slug=${event.slug}`, { headers });
    expect(api.status).toBe(who === host ? 200 : status);
    // A host sees who comes, and nobody's address.
    if (who === host) expect(api.text).not.toContain('@');
  }
  expect(await site.db.standing(event)).toEqual({ requested: 1 });

  // The other event's organiser cannot decide by way of their own event.
  const cookie = await session(site, other.email);
  await site.server.post(`/organise/events/${other.event.slug}/decide`, { sign_up: String(id), decision: 'approve' }, { cookie });
  expect(await site.db.standing(event)).toEqual({ requested: 1 });
  // Nonsense is refused, and an event that is not there is answered as one that is somebody else's.
  const mine = { cookie: await session(site, email) };
  expect((await site.server.post(`${path}/decide`, { sign_up: 'x', decision: 'maybe' }, mine)).status).toBe(400);
  expect((await site.server.post(`${path}/decide`, { sign_up: '99999999999999999999', decision: 'approve' }, mine)).headers.location).toMatch(/done=nothing$/);
  expect((await site.server.post('/organise/events/finns-inte/decide', {}, mine)).status).toBe(403);
  const twice = await Promise.all([0, 1].map(() => site.server.post(`${path}/decide`, { sign_up: 'all', decision: 'approve' }, mine)));
  expect(twice.map((answer) => answer.headers.location.split('=')[1]).sort()).toEqual(['approved', 'nothing']);
  expect(await site.db.value("select count(*) from mails where event_id = $1 and kind = 'approved'", [event.id])).toBe(1);
});

test('fewer seats throw nobody out, more go to the line, and nonsense is told at its field', async ({ page, site }) => {
  const { event, email, address } = await eventOf(site, { seats: { digital: 2 }, reply_hours: 24 });
  await site.db.fill(event, 2, 1);
  await signIn(page, site, email);
  await page.goto(address);
  const seats = page.locator('#room-digital');
  const save = async (value) => {
    // The terms say how many there are, and lead to the one place where that is changed.
    if (!(await seats.isVisible())) {
      await page.locator('summary', { hasText: 'Villkor för anmälan' }).click();
      await expect(page.locator('#terms')).toContainText(/Digitala platser: \d/);
      await expect(page.locator('#terms input[type=text]')).toHaveCount(1);
      await page.locator('#terms').getByRole('link', { name: 'Ändra antalet platser' }).click();
      await expect(seats).toBeFocused();
    }
    await seats.fill(value);
    await page.getByRole('button', { name: 'Ändra', exact: true }).click();
  };
  await save('tolv');
  await expect(page.locator('#room-digital-error')).toContainText('heltal');
  await expect(seats).toHaveValue('tolv');
  await save('1');
  await expect(page.getByText('1 fler har plats än det finns platser.')).toBeVisible();
  await expect(section(page, 'Har plats').getByRole('listitem')).toHaveCount(2);
  await save('3');
  await expect(section(page, 'Har plats').getByRole('listitem')).toHaveCount(3);
  const token = await site.db.value("select token from sign_ups where event_id = $1 and reply_by is not null", [event.id]);
  await page.goto(`${site.url}/sign-ups/${token}`);
  await expect(page.getByText('Tacka nej senast')).toBeVisible();
  await page.getByText('Tacka nej', { exact: true }).click();
  await page.getByRole('button', { name: 'Ja, jag tackar nej' }).click();
  await expect(heading(page)).toHaveText('Du är avanmäld');
});

test('a mail that could not be delivered shows at its person', async ({ page, site }) => {
  const { event, email, address } = await eventOf(site);
  const [person] = await site.db.fill(event, 1);
  await site.db.sql("insert into mails (kind, to_address, language, sign_up_id, event_id, state, problem) values ('confirmed', 'x@y.se', 'sv', $1, $2, 'failed', '550 5.1.1 <script>no such user')", [person.id, event.id]);
  await signIn(page, site, email);
  await page.goto(address);
  await expect(page.getByText('550 5.1.1 <script>no such user')).toBeVisible();
  await expect(page.getByText('1 kunde inte lämnas')).toBeVisible();
});

for (const [lang, prefix] of [['sv', ''], ['en', '/en']]) {
  test(`nothing to complain of on a phone and on a desk, ${lang}`, async ({ page, site }) => {
    const { event, email } = await eventOf(site, {
      title_sv: 'Innovationsledningsutvecklingsarbete '.repeat(5).trim(), needs_approval: true, seats: { digital: 2 },
    });
    await question(site.db, event, { kind: 'choices', options_sv: ['Ä', 'Ö'], is_required: true });
    await question(site.db, event, { kind: 'number', least: 0, most: 9 });
    await question(site.db, event, { kind: 'consent', is_required: true });
    for (const name of ['Å'.repeat(200), '🙂 Eva', 'Tredje']) {
      await site.db.sql('select 1');
      await site.server.signUp(event, { name, [`q-${await site.db.value('select min(id) from event_questions where event_id = $1', [event.id])}`]: 'Ä', [`q-${await site.db.value('select max(id) from event_questions where event_id = $1', [event.id])}`]: 'yes' });
    }
    expect(await site.db.standing(event)).toEqual({ requested: 2, waitlisted: 1 });
    await signIn(page, site, email, { lang });
    const asked = await site.db.value('select min(id) from event_questions where event_id = $1', [event.id]);
    for (const path of ['/organise', `/organise/events/${event.slug}`, `/organise/events/${event.slug}?edit=${asked}`]) {
      await page.goto(`${site.url}${prefix}${path}`);
      await page.locator('main details').evaluateAll((all) => all.forEach((details) => details.setAttribute('open', '')));
      expect(await complaints(page, lang)).toEqual([]);
    }
    await page.goto(`${site.url}${prefix}${event.path}`);
    expect(await violations(page)).toEqual([]);
  });
}

test.describe('the style of the organiser\'s side', () => {
  const sheet = (page) => page.locator('link[href*="/pkg/organisers."]');
  const toOrganise = (page) => page.getByRole('link', { name: 'Att arrangera' });

  test('comes along when one goes there, and the page waits for it', async ({ page, site, open }) => {
    const { email } = await eventOf(site);
    await signIn(page, site, email);
    await open(`${site.url}/me`);
    await expect(sheet(page)).toHaveCount(0);
    let letGo;
    const held = new Promise((resolve) => { letGo = resolve; });
    await page.route('**/pkg/organisers.*.css', async (route) => {
      await held;
      await route.continue();
    });
    const title = await heading(page).textContent();
    await toOrganise(page).click();
    await expect(page.locator('.progress.busy')).toHaveCount(1);
    await expect(heading(page)).toHaveText(title);
    letGo();
    await expect(page).toHaveURL(/\/organise$/);
    await expect(heading(page)).not.toHaveText(title);
    expect(await sheet(page).evaluate((link) => link.sheet !== null)).toBe(true);
    await expect(sheet(page)).toHaveCount(1);
    // Loaded anew the document asks for it itself.
    await page.reload();
    await expect(sheet(page)).toHaveCount(1);
  });

  test('that does not come is said, and asked for again', async ({ page, site, open, guard }) => {
    guard.excuse(/ERR_FAILED/);
    const { email } = await eventOf(site);
    await signIn(page, site, email);
    await open(`${site.url}/me`);
    // What a worker asks for, the page's routes do not see.
    const past = await page.context().newCDPSession(page);
    await past.send('Network.enable');
    await past.send('Network.setBypassServiceWorker', { bypass: true });
    // The document was loaded anew for it, which did not help.
    await page.evaluate(() => sessionStorage.setItem('stafett-anew', '/organise'));
    await page.route('**/pkg/organisers.*.css', (route) => route.abort());
    await toOrganise(page).click();
    await expect(heading(page)).toHaveText('Vi når inte kalendern just nu');
    await expect(sheet(page)).toHaveCount(0);
    await page.unroute('**/pkg/organisers.*.css');
    await page.getByRole('banner').getByRole('link', { name: /Ordna/ }).click();
    await toOrganise(page).click();
    await expect(page).toHaveURL(/\/organise$/);
    await expect(sheet(page)).toHaveCount(1);
  });
});
