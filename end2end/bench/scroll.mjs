// The organiser's list of 5,000 sign-ups, scrolled from its first row to its last and on to the next page, with a
// processor slowed four times: how many frames take longer than 50 ms?
import { launch, median, say } from './chromium.mjs';

const { ADDRESS, COOKIE } = process.env;
const SLOWED = 4;
const LONG = 50;
const PAGES = 3;

/** Runs in the page: the time between frames while it is scrolled to its end, 120 pixels in each. */
function scrollDown() {
  return new Promise((resolve) => {
    const times = [];
    let before;
    const step = (now) => {
      if (before !== undefined) times.push(now - before);
      before = now;
      if (scrollY + innerHeight >= document.documentElement.scrollHeight - 1) return resolve(times);
      scrollBy(0, 120);
      requestAnimationFrame(step);
    };
    scrollTo(0, 0);
    setTimeout(() => requestAnimationFrame(step), 500);
  });
}

const browser = await launch();
try {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const at = COOKIE.indexOf('=');
  await context.addCookies([{ name: COOKIE.slice(0, at), value: COOKIE.slice(at + 1), url: ADDRESS }]);
  const page = await context.newPage();
  page.on('pageerror', (error) => { throw error; });
  const session = await context.newCDPSession(page);
  const all = [];
  for (let number = 1; number <= PAGES; number += 1) {
    await page.goto(`${ADDRESS}/organise/events/stor?page=${number}`);
    await page.waitForSelector('.roll[data-awake]');
    // Whatever the page does after its start is over.
    await page.waitForTimeout(1500);
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWED });
    const times = await page.evaluate(scrollDown);
    await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    say(`page ${number}: ${times.length} frames, median ${median(times).toFixed(1)} ms, longest ${Math.max(...times).toFixed(1)} ms`);
    all.push(...times);
  }
  console.log('frames', all.length);
  console.log('long', all.filter((time) => time > LONG).length);
  console.log('longest', Math.max(...all).toFixed(1));
} finally {
  await browser.close();
}
