// A recording of two hours whose text follows the sound for twenty seconds, with a processor slowed four times: how many
// frames take too long? And what a first visit to it loads as script, beside one to the calendar.
import { launch, median, say } from './chromium.mjs';

const { ADDRESS } = process.env;
const SLOWED = 4;
const SECONDS = 20;
/** A frame at 60 a second, with what the clock of animation frames is off by. */
const DROPPED = 16.7 * 1.5;
const LONG = 50;
const VIEWPORT = { width: 1280, height: 900 };

/** The bytes of scripts and modules as they were sent, of all that a visit loads in its first seconds. */
async function weigh(browser, path) {
  const context = await browser.newContext({ viewport: VIEWPORT });
  const page = await context.newPage();
  await page.goto(`${ADDRESS}${path}`);
  await page.waitForFunction(() => performance.getEntriesByType('resource').some((entry) => /\.wasm$/.test(entry.name) && entry.responseEnd));
  await page.waitForTimeout(3000);
  const entries = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name, encodedBodySize }) => [name, encodedBodySize]));
  await context.close();
  // What is preloaded stands in the list twice.
  const files = new Map(entries.filter(([name]) => /\.(js|wasm)$/.test(name)));
  const largest = [...files].sort(([, a], [, b]) => b - a).slice(0, 6).map(([name, bytes]) => `${name.split('/').at(-1)} ${bytes}`);
  say(`${path}: ${files.size} files; ${largest.join(', ')}`);
  return [...files.values()].reduce((sum, bytes) => sum + bytes, 0);
}

/** Runs in the page: the time between frames for so many seconds, and how often another sentence was marked. */
function follow(seconds) {
  return new Promise((resolve) => {
    const [times, marked] = [[], new Set()];
    let [before, began] = [undefined, undefined];
    const step = (now) => {
      began ??= now;
      if (before !== undefined) times.push(now - before);
      before = now;
      const place = document.querySelector('#said [aria-current]')?.getAttribute('data-at');
      if (place) marked.add(place);
      if (now - began > seconds * 1000) return resolve({ times, marked: marked.size, at: document.querySelector('video').currentTime });
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  });
}

const browser = await launch('--autoplay-policy=no-user-gesture-required');
try {
  const calendar = await weigh(browser, '/calendar');
  const recording = await weigh(browser, '/recordings/lang');
  const page = await browser.newPage({ viewport: VIEWPORT });
  page.on('pageerror', (error) => { throw error; });
  await page.goto(`${ADDRESS}/recordings/lang?t=3600`);
  await page.waitForSelector('.deck:not([hidden])');
  const session = await page.context().newCDPSession(page);
  await page.evaluate(() => document.querySelector('video').play());
  await page.waitForSelector('#said [aria-current]');
  // Whatever the page does after its start is over.
  await page.waitForTimeout(2000);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWED });
  const { times, marked, at } = await page.evaluate(follow, SECONDS);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  // Or it would not have followed anything.
  if (marked < 2 || at < 3600 + SECONDS / 2) throw new Error(`it did not play: at ${at} s, ${marked} sentences marked`);
  say(`${times.length} frames, median ${median(times).toFixed(1)} ms, longest ${Math.max(...times).toFixed(1)} ms; ${marked} sentences were marked`);
  console.log('calendar', calendar);
  console.log('recording', recording);
  console.log('frames', times.length);
  console.log('long', times.filter((time) => time > LONG).length);
  console.log('dropped', times.filter((time) => time > DROPPED).length);
} finally {
  await browser.close();
}
