// Three thousand at the door: what each key of the search costs, and how soon another door's change is shown.
import { launch, median, say } from './chromium.mjs';

const { ADDRESS, COOKIE } = process.env;
const CHANGES = 10;
const SEARCHES = ['a', 'ak', 'ake', 'ake 2', 'ake 21', 'ake 214', 'ake 2147', ''];
const AT_LONGEST = 10_000;

/** Runs in the page: the time from each key to the second frame after it. */
async function type(searches) {
  const field = document.querySelector('#q');
  const times = [];
  for (const text of searches) {
    const before = performance.now();
    field.value = text;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    times.push(performance.now() - before);
  }
  return times;
}

/** Says at another door that somebody has come. */
async function checkIn(id) {
  const answer = await fetch(`${ADDRESS}/organise/events/hall/door/check-in`, {
    method: 'POST', body: new URLSearchParams({ sign_up: id, key: `another-door-${id}` }), headers: { cookie: COOKIE, accept: 'application/json', origin: ADDRESS },
  });
  if (!answer.ok) throw new Error(`the other door was answered ${answer.status}`);
}

const browser = await launch();
try {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const at = COOKIE.indexOf('=');
  await context.addCookies([{ name: COOKIE.slice(0, at), value: COOKIE.slice(at + 1), url: ADDRESS }]);
  const page = await context.newPage();
  page.on('pageerror', (error) => { throw error; });
  await page.goto(`${ADDRESS}/organise/events/hall/door`);
  await page.waitForSelector('.at-the-door[data-awake]');
  // Whatever the page does after its start is over.
  await page.waitForTimeout(3_000);
  const keys = await page.evaluate(type, SEARCHES);
  const sizes = [];
  page.on('response', async (response) => {
    if (new URL(response.url()).pathname === '/api/organise-door') sizes.push((await response.body()).length);
  });
  const changes = [];
  for (let number = 0; number < CHANGES; number += 1) {
    const name = `Nr ${String(2_000 + 37 * number).padStart(4, '0')}`;
    await page.locator('#q').fill(name);
    const row = page.locator('.guest').filter({ hasText: name });
    await row.waitFor();
    const id = (await row.getAttribute('id')).replace('guest-', '');
    const before = performance.now();
    await checkIn(id);
    await page.waitForFunction((id) => /Kom \d\d:\d\d|Är här/.test(document.getElementById(`guest-${id}`)?.textContent ?? ''), id, { timeout: AT_LONGEST, polling: 'raf' });
    changes.push(performance.now() - before);
    // The next is news of its own.
    await page.waitForTimeout(500);
  }
  say(`keys ${keys.map((time) => time.toFixed(0)).join(' ')} ms; changes ${changes.map((time) => time.toFixed(0)).join(' ')} ms; answers of at most ${Math.max(...sizes)} bytes`);
  console.log('key', median(keys).toFixed(1));
  console.log('worst_key', Math.max(...keys).toFixed(1));
  console.log('change', median(changes).toFixed(1));
  console.log('worst_change', Math.max(...changes).toFixed(1));
} finally {
  await browser.close();
}
