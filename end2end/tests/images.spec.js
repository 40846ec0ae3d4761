import { deflateSync, crc32 } from 'node:zlib';
import { signIn } from '../support/account.js';
import { violations } from '../support/axe.js';
import { withRole } from '../support/organiser.js';
import { expect, test } from '../support/test.js';

const said = (page) => page.getByRole('main').getByRole('status');
const section = (page) => page.locator('.image-form');

/** A PNG with a line of text in it that nobody is to read. */
function png(width, height, shade = 120) {
  const chunk = (name, data) => {
    const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 3, shade)]);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('tEXt', Buffer.from('Comment\0HEMLIG PLATS 59.3N', 'latin1')),
    chunk('IDAT', deflateSync(Buffer.concat(Array.from({ length: height }, () => row)))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

async function desk(site) {
  const programme = await site.db.programme();
  const series = await site.db.series({ programme_id: programme.id });
  const event = await site.db.event({ programme_id: programme.id, series_id: series.id, starts: '2031-05-14 09:00', speakers: ['Eva Ek'] });
  return { programme, series, event, email: await withRole(site.db, programme.id) };
}

async function send(page, file, { sv = 'En sal', en = 'A hall', name = 'bild.jpg' } = {}) {
  const form = section(page);
  if (file) await form.locator('input[type=file]').setInputFiles({ name, mimeType: 'image/jpeg', buffer: file });
  await form.getByLabel('Vad bilden visar', { exact: true }).fill(sv);
  await form.getByLabel('Vad bilden visar, på engelska').fill(en);
  const [answer] = await Promise.all([page.waitForResponse((response) => response.request().method() === 'POST'), form.getByRole('button', { name: 'Spara bilden' }).click()]);
  return answer.status();
}

for (const script of [true, false]) {
  test.describe(script ? 'a picture' : 'a picture without JavaScript', () => {
    test.use({ javaScriptEnabled: script });

    test('is chosen, described, shown to all, and taken away with its files', async ({ page, site, window }) => {
      const { programme, series, event, email } = await desk(site);
      await signIn(page, site, email);
      const visitor = await window({ javaScriptEnabled: script });
      for (const [at, shade] of [[`events/${event.slug}`, 40], [`series/${series.slug}`, 90], [`programmes/${programme.slug}`, 140]]) {
        await page.goto(`${site.url}/organise/${at}/edit`);
        expect(await send(page, png(1300, 700, shade), { sv: 'En sal full av folk' })).toBe(303);
        await expect(said(page).filter({ hasText: 'Bilden är sparad.' })).toBeVisible();
        await visitor.goto(`${site.url}/${at}`);
        const image = visitor.getByRole('img', { name: 'En sal full av folk' });
        await expect(image).toBeVisible();
        expect(await image.getAttribute('width')).toBe('1300');
        expect(await image.getAttribute('height')).toBe('700');
        expect(await image.getAttribute('loading')).toBe('lazy');
        expect(await image.getAttribute('srcset')).toMatch(/480w, .*960w, .*1300w/);
        const graph = await visitor.locator('meta[property="og:image"]').getAttribute('content');
        const answer = await page.request.get(`${site.url}${new URL(graph).pathname}`);
        expect(answer.headers()['cache-control']).toContain('immutable');
        expect(answer.headers()['content-type']).toBe('image/jpeg');
        const bytes = await answer.body();
        expect([...bytes.subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
        expect(bytes.includes('HEMLIG')).toBe(false);
        await visitor.goto(`${site.url}/en/${at}`);
        await expect(visitor.getByRole('img', { name: 'A hall' })).toBeVisible();

        // Described anew without being chosen again, and removed.
        await page.goto(`${site.url}/organise/${at}/edit`);
        expect(await send(page, null, { sv: 'Salen' })).toBe(303);
        // Kept pages hear of it within a second.
        await expect(async () => {
          await visitor.goto(`${site.url}/${at}`);
          await expect(visitor.getByRole('img', { name: 'Salen' })).toBeVisible({ timeout: 500 });
        }).toPass();
        await section(page).getByRole('button', { name: 'Ta bort bilden' }).click();
        await expect(said(page).filter({ hasText: 'Bilden är borttagen.' })).toBeVisible();
        expect((await page.request.get(`${site.url}${new URL(graph).pathname}`)).status()).toBe(404);
      }
    });

    test('that is none is refused with words, and what was written stays', async ({ page, site }) => {
      const { event, email } = await desk(site);
      await signIn(page, site, email);
      const form = `${site.url}/organise/events/${event.slug}/edit`;
      const none = 'ingen JPEG, PNG eller WebP';
      for (const [file, words] of [
        [Buffer.from('PK\x03\x04\x14\0\0\0 ett arkiv'), none],
        [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'), none],
        [png(200, 200).subarray(0, 70), 'går inte att läsa'],
        [Buffer.alloc(11 << 20, 1), 'större än 10 MB'],
      ]) {
        await page.goto(form);
        expect(await send(page, file, { sv: 'Min text' })).toBe(422);
        await expect(section(page).locator('#file-error')).toContainText(words);
        await expect(section(page).getByLabel('Vad bilden visar', { exact: true })).toHaveValue('Min text');
      }
      await page.goto(form);
      expect(await send(page, png(100, 100), { en: '' })).toBe(422);
      await expect(section(page).locator('#alt_en-error')).toContainText('Skriv vad bilden visar');
      // The form is at the foot of the page; its message is where one goes on.
      await expect(section(page).getByRole('alert')).toBeFocused();
      await page.goto(form);
      expect(await send(page, null)).toBe(422);
      await expect(section(page).locator('#file-error')).toContainText('Välj en bild.');
      expect(await site.db.value('select count(*) from images where event_id = $1', [event.id])).toBe(0);
    });

    test('of somebody who speaks stands beside their name', async ({ page, site, window }) => {
      const { event, email } = await desk(site);
      await signIn(page, site, email);
      await page.goto(`${site.url}/organise/events/${event.slug}/edit`);
      await section(page).getByRole('link', { name: 'Eva Ek' }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Eva Ek');
      expect(await send(page, png(500, 500), { sv: 'Eva Ek ler', en: 'Eva Ek smiling' })).toBe(303);
      await expect(said(page).filter({ hasText: 'Bilden är sparad.' })).toBeVisible();
      const visitor = await window({ javaScriptEnabled: script });
      await visitor.goto(`${site.url}${event.path}`);
      await expect(visitor.locator('.people').getByRole('img', { name: 'Eva Ek ler' })).toBeVisible();
      // Somebody else's organiser knows of no such speaker.
      const id = await site.db.value('select person_id from event_speakers where event_id = $1', [event.id]);
      const elsewhere = await window({ javaScriptEnabled: script });
      await signIn(elsewhere, site, (await desk(site)).email);
      expect((await elsewhere.goto(`${site.url}/organise/speakers/${id}`)).status()).toBe(404);
    });
  });
}

test('the form of a picture is accessible and fits', async ({ page, site }) => {
  const { event, email } = await desk(site);
  await signIn(page, site, email);
  await page.goto(`${site.url}/organise/events/${event.slug}/edit`);
  expect(await send(page, png(900, 400))).toBe(303);
  const id = await site.db.value('select person_id from event_speakers where event_id = $1', [event.id]);
  for (const width of [320, 390, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    for (const path of [`/organise/events/${event.slug}/edit`, `/organise/speakers/${id}`, event.path]) {
      await page.goto(`${site.url}${path}`);
      if (width !== 320) expect(await violations(page)).toEqual([]);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(over, `${path} at ${width}`).toBeLessThanOrEqual(0);
    }
  }
});
