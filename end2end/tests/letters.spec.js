// Writing to those who signed up.
import { session, signIn } from '../support/account.js';
import { violations } from '../support/axe.js';
import { crowd, withRole } from '../support/organiser.js';
import { PostOffice, refusal } from '../support/post.js';
import { Site } from '../support/server.js';
import { expect, test } from '../support/test.js';

async function eventOf(site, fields = {}) {
  const programme = await site.db.programme();
  const event = await site.db.event({ programme_id: programme.id, starts: '2031-05-14 09:00', seats: { digital: 1000 }, ...fields });
  const email = await withRole(site.db, programme.id);
  return { event, programme, email, address: `${site.url}/organise/events/${event.slug}` };
}

const mails = (site, event) => site.db.sql("select to_address, state, letter_id from mails where event_id = $1 and kind = 'letter' order by id", [event.id]);

for (const script of [true, false]) {
  test.describe(script ? 'a letter' : 'a letter without JavaScript', () => {
    test.use({ javaScriptEnabled: script });

    test('written, looked at, tried on oneself, sent once, and followed', async ({ page, site }) => {
      const { event, email, address } = await eventOf(site);
      await crowd(site.db, event, 3, { name: "'Plats ' || n" });
      await crowd(site.db, event, 2, { status: 'waitlisted', name: "'Väntar ' || n" });
      await crowd(site.db, event, 1, { status: 'cancelled', name: "'Avanmäld ' || n" });
      await signIn(page, site, email);
      await page.goto(address);
      if (script) await page.waitForSelector('.roll[data-awake]');
      await page.getByRole('link', { name: 'Skriv till dem i listan' }).click();
      await expect(page.getByRole('heading', { level: 1, name: 'Skriv till de anmälda' })).toBeVisible();
      await expect(page.getByLabel('Alla som kommer eller väntar (5)')).toBeChecked();
      await page.getByLabel('Ämne').fill('Ny sal <b>');
      // The browser itself asks for the text; whoever comes around it is told by the server.
      await page.locator('#text').evaluate((field) => field.removeAttribute('required'));
      await page.getByRole('button', { name: 'Förhandsgranska' }).click();
      await expect(page.getByRole('alert')).toContainText('Skriv en text.');
      await expect(page.getByLabel('Ämne')).toHaveValue('Ny sal <b>');
      await page.getByLabel('Text', { exact: true }).fill('Vi ses i **Aulan**.\n\n- Ta med kaffe\n\n<script>alert(1)</script>');
      await page.getByRole('button', { name: 'Förhandsgranska' }).click();
      const looks = page.getByRole('region', { name: 'Så här läses det' });
      await expect(looks.getByRole('heading', { name: 'Ny sal <b>' })).toBeVisible();
      await expect(looks).toContainText('Hej Plats 1!');
      await expect(looks.locator('strong')).toHaveText('Aulan');
      await expect(looks).toContainText('<script>alert(1)</script>');
      expect(await mails(site, event)).toEqual([]);

      await page.getByRole('button', { name: 'Skicka ett test till mig' }).click();
      await expect(page.getByText('Ett test är på väg till dig.')).toBeVisible();
      expect((await mails(site, event)).map((mail) => mail.to_address)).toEqual([email]);

      // What was not looked at is not sent.
      await page.getByLabel('De på väntelistan (2)').check();
      await page.getByRole('button', { name: 'Skicka till 5 personer' }).click();
      await expect(page.getByText('Inget har skickats: brevet har ändrats')).toBeVisible();
      await page.getByRole('button', { name: 'Skicka till 2 personer' }).click();
      await expect(page.getByRole('heading', { level: 1, name: 'Ny sal <b>' })).toBeVisible();
      await expect(page.locator('.fates li')).toHaveText([/Väntar 1/, /Väntar 2/]);
      expect(await mails(site, event)).toHaveLength(3);
      const sent = page.url();

      // One is refused: that shows, by itself where there is JavaScript.
      await site.db.sql("update mails set state = 'sent' where event_id = $1 and kind = 'letter'", [event.id]);
      await site.db.sql("update mails set state = 'failed', problem = '550 <b>nobody' where id = (select max(id) from mails where event_id = $1 and kind = 'letter')", [event.id]);
      if (!script) await page.reload();
      await expect(page.getByText('1 skickade, 1 kom inte fram')).toBeVisible({ timeout: 3000 });
      await expect(page.getByText('550 <b>nobody')).toBeVisible();
      await expect(page.getByText('Klart.')).toBeVisible();

      // It stands among those that were sent.
      await page.goto(address + '/letters');
      await expect(page.getByRole('region', { name: 'Skickat tidigare' }).getByRole('link')).toHaveText(['Ny sal <b>']);
      await page.getByRole('link', { name: 'Ny sal <b>' }).click();
      await expect(page).toHaveURL(sent);
    });

    test('to the chosen, and to those who are not coming only where that is asked for', async ({ page, site }) => {
      const { event, email, address } = await eventOf(site);
      await crowd(site.db, event, 2, { name: "'Plats ' || n" });
      await crowd(site.db, event, 2, { status: 'cancelled', name: "'Avanmäld ' || n" });
      await signIn(page, site, email);
      await page.goto(address);
      if (script) await page.waitForSelector('.roll[data-awake]');
      await page.getByLabel('Välj Plats 2').check();
      await page.getByLabel('Välj Avanmäld 1').check();
      await page.getByRole('button', { name: 'Skriv till valda' }).click();
      await expect(page.getByLabel('De valda (2)')).toBeChecked();
      await page.getByLabel('Ämne').fill('Hej');
      await page.getByLabel('Text', { exact: true }).fill('Hej igen');
      await page.getByRole('button', { name: 'Förhandsgranska' }).click();
      await expect(page.getByRole('button', { name: 'Skicka till 1 person', exact: true })).toBeVisible();
      await page.getByLabel('Också till dem som är avanmälda eller har fått nej').check();
      await page.getByRole('button', { name: 'Förhandsgranska' }).click();
      await page.getByRole('button', { name: 'Skicka till 2 personer' }).click();
      await expect(page.locator('.fates li')).toHaveText([/Avanmäld 1/, /Plats 2/]);
      // Nobody is found by the filter: nothing is sent, and the form says so.
      await page.goto(`${address}/letters?status=refused`);
      await page.getByLabel('Ämne').fill('Hej');
      await page.getByLabel('Text', { exact: true }).fill('Hej igen');
      await page.getByRole('button', { name: 'Förhandsgranska' }).click();
      await expect(page.getByRole('alert')).toContainText('Det finns ingen att skriva till.');
    });
  });
}

test('the same form sent twice, at once, is sent once', async ({ page, site }) => {
  const { event, email, address } = await eventOf(site);
  await crowd(site.db, event, 4);
  await signIn(page, site, email);
  await page.goto(`${address}/letters`);
  await page.getByLabel('Ämne').fill('Hej');
  await page.getByLabel('Text', { exact: true }).fill('Hej igen');
  await page.getByRole('button', { name: 'Förhandsgranska' }).click();
  await expect(page.getByRole('button', { name: 'Skicka till 4 personer' })).toBeVisible();
  const answers = await page.evaluate(async () => {
    const form = document.querySelector('#letter');
    const body = new URLSearchParams([...new FormData(form), ['do', 'send']]);
    const send = () => fetch(form.action, { method: 'POST', body }).then((answer) => answer.url);
    return Promise.all([send(), send(), send()]);
  });
  expect(new Set(answers).size).toBe(1);
  expect(answers[0]).toMatch(/\/letters\/\d+$/);
  expect(await mails(site, event)).toHaveLength(4);
});

test('the mail server gets one mail for each, and whom it refuses is named', async ({ page, guard }) => {
  const office = await PostOffice.open({
    recipient(address) {
      if (address.startsWith('borta')) throw refusal(550, '5.1.1 No such user here');
    },
  });
  const site = await Site.create('empty', { STAFETT_SMTP_URL: office.url, STAFETT_MAIL_FROM: 'stafett@exempel.se' });
  try {
    const { event, email, address } = await eventOf(site);
    const people = ['anna@exempel.se', 'borta@exempel.se', 'cia.åberg@exempel.se', 'dan@exempel.se'];
    for (const [n, to] of people.entries()) {
      expect((await site.server.signUp(event, { name: `Person ${n} O'Öst`, email: to })).json.status).toBe('confirmed');
    }
    await signIn(page, site, email);
    await page.goto(`${address}/letters`);
    await page.getByLabel('Ämne').fill('Ny sal: Åäö 🙂');
    await page.getByLabel('Text', { exact: true }).fill('Vi ses i **Aulan**.');
    await page.getByRole('button', { name: 'Förhandsgranska' }).click();
    await page.getByRole('button', { name: 'Skicka till 4 personer' }).click();
    await expect(page.getByText('3 skickade, 1 kom inte fram')).toBeVisible({ timeout: 20_000 });
    await expect(page.locator('.fates li').filter({ hasText: 'Person 1' })).toContainText('No such user');
    const sent = office.mails.filter((mail) => mail.subject === 'Ny sal: Åäö 🙂');
    expect(sent.map((mail) => mail.sentTo).sort()).toEqual(people.filter((to) => !to.startsWith('borta')).map((to) => [to]));
    for (const mail of sent) {
      expect(mail.text).toContain('Vi ses i Aulan.');
      expect(mail.html).toContain('<strong>Aulan</strong>');
      // Nobody sees where else it went.
      expect(people.filter((to) => mail.source.includes(to))).toEqual(mail.sentTo);
    }
  } finally {
    guard.end();
    await site.remove();
    await office.close();
  }
});

test('only organisers write, and nobody learns of the letters of others', async ({ site }) => {
  const { event, programme } = await eventOf(site);
  const host = await session(site, await withRole(site.db, programme.id, 'host'));
  const elsewhere = await session(site, await withRole(site.db, (await site.db.programme()).id));
  for (const path of ['letters', 'letters/1']) {
    for (const cookie of [host, elsewhere]) {
      for (const slug of [event.slug, 'finns-inte-alls']) {
        expect((await site.server.raw(`/organise/events/${slug}/${path}`, { headers: { cookie } })).status, path).toBe(403);
      }
    }
  }
});

for (const [lang, prefix] of [['sv', ''], ['en', '/en']]) {
  test(`long words on narrow and wide screens, ${lang}`, async ({ page, site }) => {
    test.setTimeout(60_000);
    const { event, email } = await eventOf(site);
    await crowd(site.db, event, 120, { name: "case n % 2 when 0 then repeat('Å', 200) else '🙂 ' || n end" });
    await signIn(page, site, email, { lang });
    for (const width of [320, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(`${site.url}${prefix}/organise/events/${event.slug}/letters`);
      await page.locator('#subject').fill('Å'.repeat(150));
      await page.locator('#text').fill('Långtord'.repeat(60));
      await page.locator('#letter button[value=preview]:visible').click();
      await expect(page.locator('.looks-like')).toBeVisible();
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${width}`).toBe(true);
      expect(await violations(page)).toEqual([]);
      await page.locator('button[value=send]').click();
      await expect(page.locator('.fates li')).toHaveCount(100);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${width}`).toBe(true);
      expect(await violations(page)).toEqual([]);
    }
  });
}
