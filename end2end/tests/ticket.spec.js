import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { simpleParser } from 'mailparser';
import { signIn } from '../support/account.js';
import { violations } from '../support/axe.js';
import { withRole } from '../support/organiser.js';
import { expect, test } from '../support/test.js';

async function today(site) {
  const programme = await site.db.programme();
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Stockholm' }).format(new Date());
  const event = await site.db.event({
    programme_id: programme.id, starts: `${day} 00:00`, ends: `${day} 23:59`, format: 'on_site', venue: 'Aulan', seats: { on_site: 20 },
  });
  const [own] = await site.db.fill(event, 2, 0, 'on_site');
  const ticket = await site.db.value('select ticket from sign_ups where id = $1', [own.id]);
  const code = ticket.toUpperCase().match(/.{4}/g).join('-');
  return { event, own, ticket, code, email: await withRole(site.db, programme.id), door: `${site.url}/organise/events/${event.slug}/door` };
}

for (const script of [true, false]) {
  test.describe(script ? 'a ticket' : 'a ticket without JavaScript', () => {
    test.use({ javaScriptEnabled: script });

    test('is shown on the own page, is not its link, and is typed at the door', async ({ page, ownSite }) => {
      const { event, own, ticket, code, email, door } = await today(ownSite);
      await page.goto(`${ownSite.url}${own.path}`);
      await expect(page.getByRole('img', { name: `Visa koden i dörren: ${code}` })).toBeVisible();
      await expect(page.locator('.ticket')).toContainText(code);
      if (script) expect(await violations(page)).toEqual([]);
      expect(own.token).not.toContain(ticket);
      // Whoever has it can see and cancel nothing.
      expect((await ownSite.server.raw(`/sign-ups/${ticket}`)).status).toBe(404);
      for (const any of [ticket, '000000000000']) {
        const answer = await ownSite.server.raw(`/check-in/${any}`);
        expect([answer.status, answer.text.includes('Deltagare'), answer.text.includes(event.title)]).toEqual([200, false, false]);
      }
      await signIn(page, ownSite, email);
      await page.goto(door);
      if (script) await page.waitForSelector('.at-the-door[data-awake]');
      const type = async (text) => {
        const field = page.getByLabel('Koden under bilden');
        if (!(await field.isVisible())) await page.getByText('Skriv koden i stället').click();
        await field.fill(text);
        await page.locator('.scan form').getByRole('button', { name: 'Checka in' }).click();
      };
      const said = page.getByRole('status').filter({ has: page.locator('xpath=self::*[@id="said"]') });
      const elsewhere = await today(ownSite);
      const gone = await ownSite.db.value("select ticket from sign_ups where event_id = $1 and name = 'Deltagare 2'", [event.id]);
      await ownSite.db.sql("update sign_ups set status = 'cancelled' where ticket = $1", [gone]);
      await ownSite.db.tell(event.id);
      for (const [text, answer, tone] of [
        ['hej', 'Det där är ingen biljett härifrån.', 'stop'],
        ['000000000000', 'Anmälan finns inte.', 'stop'],
        [elsewhere.code, 'Biljetten gäller en annan aktivitet.', 'stop'],
        [gone, 'Deltagare 2 är avanmäld och har ingen plats.', 'stop'],
        [`${ownSite.url}/check-in/${ticket}`, 'Deltagare 1 är incheckad.', 'good'],
        [code.toLowerCase(), /Deltagare 1 var redan incheckad: \d\d:\d\d, Ordna Ordnarsson\./, 'mind'],
      ]) {
        await type(text);
        await expect(said).toContainText(answer);
        await expect(said).toHaveClass(new RegExp(`\\b${tone}\\b`));
        if (script) expect(await violations(page)).toEqual([]);
      }
      expect(await ownSite.db.standing(event)).toEqual({ attended: 1, cancelled: 1 });
    });
  });
}

test('comes in the mail, as a code to read and as a picture that is a part of it', async ({ page, ownSite }) => {
  const { event } = await today(ownSite);
  await ownSite.db.change(event, { starts_at: new Date(Date.now() + 3_600_000), ends_at: new Date(Date.now() + 7_200_000) });
  const answer = await ownSite.server.signUp(event, { name: 'Åsa' });
  expect(answer.json.status).toBe('confirmed');
  const [row] = await ownSite.db.sql("select m.id, s.ticket from mails m join sign_ups s on s.id = m.sign_up_id where m.kind = 'confirmed' and s.name = 'Åsa'");
  const source = await ownSite.server.raw(`/dev/mail/${row.id}/source`);
  const mail = await simpleParser(source.text.includes('Content-Type') ? source.buffer : '');
  const code = row.ticket.toUpperCase().match(/.{4}/g).join('-');
  expect(mail.text).toContain(`Visa koden i dörren: ${code}`);
  const picture = mail.attachments.find((part) => part.contentType === 'image/png');
  expect(picture.related).toBe(true);
  expect(picture.cid).toBe('ticket@stafett');
  expect(picture.content.subarray(1, 4).toString()).toBe('PNG');
  // In the local mailbox, too.
  await page.goto(`${ownSite.url}/dev/mail/${row.id}`);
  const shown = page.getByRole('img', { name: code });
  await expect(shown).toBeVisible();
  expect(await shown.evaluate((image) => image.naturalWidth)).toBeGreaterThan(200);
  expect((await ownSite.server.raw(`/dev/mail/${row.id}/ticket.png`)).buffer.equals(picture.content)).toBe(true);
});

/** A film of one picture, as Chromium's camera that is none shows it: YUV4MPEG2, in shades of grey. */
function film(size, dark) {
  const side = 480;
  const scale = Math.floor(400 / size);
  const edge = Math.floor((side - size * scale) / 2);
  const luma = Buffer.alloc(side * side, 235);
  for (const [x, y] of dark) {
    for (let row = 0; row < scale; row += 1) luma.fill(16, (edge + y * scale + row) * side + edge + x * scale, (edge + y * scale + row) * side + edge + (x + 1) * scale);
  }
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, Buffer.alloc((side * side) / 2, 128)]);
  const path = join(mkdtempSync(join(tmpdir(), 'film-')), 'code.y4m');
  writeFileSync(path, Buffer.concat([Buffer.from(`YUV4MPEG2 W${side} H${side} F10:1 Ip A1:1 C420jpeg\n`), frame, frame, frame]));
  return path;
}

test('is read by the camera at the door', async ({ page, ownSite, guard }) => {
  test.setTimeout(60_000);
  const { own, email, door } = await today(ownSite);
  await page.goto(`${ownSite.url}${own.path}`);
  const path = await page.locator('.ticket .dark').getAttribute('d');
  const size = Number((await page.locator('.ticket svg').getAttribute('viewBox')).split(' ')[2]);
  const dark = [...path.matchAll(/M(\d+) (\d+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || undefined,
    args: ['--no-sandbox', '--disable-gpu', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', `--use-file-for-fake-video-capture=${film(size, dark)}`],
  });
  const context = guard.watch(await browser.newContext({ locale: 'sv-SE', permissions: ['camera'] }));
  const steward = await context.newPage();
  await signIn(steward, ownSite, email);
  await steward.goto(door);
  await steward.waitForSelector('.at-the-door[data-awake]');
  await steward.getByRole('button', { name: 'Skanna en kod' }).click();
  await expect(steward.locator('.door-said')).toContainText('Deltagare 1', { timeout: 15_000 });
  await expect(steward.locator('.guest.here')).toHaveText(/Deltagare 1/);
  expect(await violations(steward)).toEqual([]);
  await steward.getByRole('button', { name: 'Stäng kameran' }).click();
  await expect(steward.locator('.viewfinder')).toBeHidden();
  await browser.close();
});

test("the browser's own detector reads the code where it has one, and ours is not loaded for it", async ({ page, ownSite }) => {
  const { email, door, ticket } = await today(ownSite);
  // As telephones have it (Shape Detection API); Chromium on a desk has none.
  await page.addInitScript((text) => {
    window.BarcodeDetector = class {
      constructor({ formats }) {
        window.formats = formats;
      }

      async detect(source) {
        return source instanceof HTMLVideoElement && source.readyState >= 2 ? [{ rawValue: text, format: 'qr_code' }] : [];
      }
    };
    const canvas = document.createElement('canvas');
    navigator.mediaDevices.getUserMedia = async () => {
      setInterval(() => canvas.getContext('2d').fillRect(0, 0, Math.random() * 300, 150), 50);
      return canvas.captureStream(10);
    };
  }, `${ownSite.url}/check-in/${ticket}`);
  const loaded = [];
  page.on('request', (request) => loaded.push(request.url()));
  await signIn(page, ownSite, email);
  await page.goto(door);
  await page.waitForSelector('.at-the-door[data-awake]');
  await page.evaluate(async () => {
    // What is kept for doors without a network is asked for by the worker, not by the page.
    await navigator.serviceWorker.ready;
  });
  await page.getByRole('button', { name: 'Skanna en kod' }).click();
  await expect(page.locator('.guest.here')).toHaveText(/Deltagare 1/);
  expect(await page.evaluate(() => window.formats)).toEqual(['qr_code']);
  expect(loaded.filter((url) => url.includes('split_codes'))).toEqual([]);
});

test('a camera that is not allowed gets a clear word', async ({ page, ownSite }) => {
  const { email, door } = await today(ownSite);
  await signIn(page, ownSite, email);
  await page.goto(door);
  await page.waitForSelector('.at-the-door[data-awake]');
  await page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
  });
  await page.getByRole('button', { name: 'Skanna en kod' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Kameran är inte tillåten.' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Skanna en kod' })).toBeVisible();
});
