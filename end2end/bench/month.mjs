// From one month to the next, with a processor slowed four times: from the click until the new month has been
// painted, its fetch included. Ours, and FullCalendar with the same events, in the same browser.
import { createServer } from 'node:http';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { launch, median, say } from './chromium.mjs';

const { ADDRESS, YEAR, EVENTS, TRACE } = process.env;
const SLOWED = 4;
const VIEWPORT = { width: 1280, height: 900 };

/**
 * Runs in the page. Resolves once what `title` names has become something else, nothing in `root` has
 * changed any more for a second, and the last change was painted.
 */
function watch({ root, title, events }) {
  const QUIET = 1000;
  const heading = () => document.querySelector(title)?.textContent;
  const before = heading();
  performance.clearResourceTimings();
  window.painted = new Promise((resolve) => {
    let clicked;
    let quiet;
    let first;
    addEventListener('click', (event) => { clicked = event.timeStamp; }, { capture: true, once: true });
    const observer = new MutationObserver((mutations) => {
      // What happens on the sheet underneath nobody sees.
      if (mutations.every(({ target }) => target.closest?.('.under'))) return;
      if (clicked === undefined || heading() === before || document.querySelectorAll(events).length === 0) return;
      const changed = performance.now();
      first ??= changed;
      clearTimeout(quiet);
      requestAnimationFrame(() => {
        requestAnimationFrame(() => {
          const done = performance.now();
          const fetch = performance.getEntriesByType('resource').filter((entry) => entry.initiatorType === 'fetch').at(-1);
          const found = {
            total: done - clicked,
            asked: fetch ? fetch.startTime - clicked : 0,
            fetched: fetch ? fetch.responseEnd - fetch.startTime : 0,
            bytes: fetch?.encodedBodySize ?? 0,
            changed: first - (fetch ? fetch.responseEnd : clicked),
            settled: changed - first,
            painted: done - changed,
            title: heading(),
          };
          clearTimeout(quiet);
          quiet = setTimeout(() => {
            observer.disconnect();
            resolve({ ...found, events: document.querySelectorAll(events).length });
          }, QUIET);
        });
      });
    });
    observer.observe(document.querySelector(root), { subtree: true, childList: true, characterData: true, attributeFilter: ['class'] });
  });
}

/** Clicks `times` times on what leads to the next month. */
async function leaf(page, watched, next, times) {
  const found = [];
  for (let click = 0; click < times; click += 1) {
    await page.evaluate(watch, watched);
    // A click at the place itself: Playwright's own way has scripts of its own in the page look for what
    // lies there, which would be measured, too.
    const box = await page.locator(next).boundingBox();
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    const one = await page.evaluate(() => window.painted);
    if (one.events < 50) throw new Error(`${one.title} shows only ${one.events} events`);
    found.push(one);
  }
  return found;
}

async function slowed(browser, address, ready) {
  const page = await browser.newPage({ viewport: VIEWPORT });
  page.on('pageerror', (error) => { throw error; });
  await page.goto(address);
  await page.waitForSelector(ready);
  // Whatever the page does after its start is over.
  await page.waitForTimeout(1000);
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWED });
  return page;
}

function tell(name, found) {
  const of = (key) => Math.round(median(found.map((one) => one[key])));
  say(`${name}: ${found.map((one) => Math.round(one.total)).join(', ')} ms; ${found[0].events} events in the page`);
  say(`  median: ${of('asked')} until the fetch, ${of('fetched')} the fetch (${of('bytes')} bytes), ${of('changed')} until the page changes, ${of('settled')} until it has changed for the last time, ${of('painted')} until that is painted`);
  return median(found.map((one) => one.total));
}

/** FullCalendar's page and, if it asks, the events of the days that it asks for. */
async function comparison(events) {
  const script = await readFile(new URL('node_modules/fullcalendar/index.global.min.js', import.meta.url));
  const page = (options) => `<!doctype html><meta charset="utf-8"><title>FullCalendar</title><div id="calendar"></div>
<script src="/fullcalendar.js"></script>
<script>
new FullCalendar.Calendar(document.getElementById('calendar'), {
  initialView: 'dayGridMonth', initialDate: '${YEAR}-01-01', firstDay: 1, ${options}
}).render();
</script>`;
  const all = JSON.stringify(events);
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url, 'http://x');
    const send = (type, body) => {
      response.writeHead(200, { 'content-type': type });
      response.end(body);
    };
    if (pathname === '/fullcalendar.js') send('text/javascript', script);
    else if (pathname === '/default') send('text/html', page(`events: ${all}`));
    else if (pathname === '/limited') send('text/html', page(`dayMaxEvents: 2, events: ${all}`));
    else if (pathname === '/feed') send('text/html', page(`dayMaxEvents: 2, events: '/events'`));
    else if (pathname === '/events') {
      const [start, end] = [searchParams.get('start').slice(0, 10), searchParams.get('end').slice(0, 10)];
      send('application/json', JSON.stringify(events.filter((event) => event.start >= start && event.start < end)));
    } else {
      response.writeHead(404);
      response.end();
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

const events = JSON.parse(await readFile(EVENTS, 'utf8'));
const server = await comparison(events);
const origin = `http://127.0.0.1:${server.address().port}`;
const browser = await launch();
try {
  const ours = { root: 'main', title: '#cal-title', events: '.sheet:not(.under) td .ev' };
  const page = await slowed(browser, `${ADDRESS}/calendar?view=month&date=${YEAR}-01`, 'table.month[role=grid]');
  if (TRACE) await browser.startTracing(page, { categories: ['devtools.timeline', 'v8.execute', 'blink.user_timing', 'disabled-by-default-v8.cpu_profiler', 'loading'] });
  const found = await leaf(page, ours, 'nav.steps a[rel=next]', TRACE ? 3 : 9);
  if (TRACE) await writeFile(TRACE, await browser.stopTracing());
  await page.close();
  console.log('ours', tell('Stafett', found));
  console.log('worst', Math.max(...found.map((one) => one.total)));

  const theirs = { root: '#calendar', title: '.fc-toolbar-title', events: '.fc-daygrid-event' };
  for (const [name, key, times] of [['default', 'fullcalendar', 3], ['limited', 'fullcalendar_limited', 3], ['feed', 'fullcalendar_feed', 3]]) {
    const other = await slowed(browser, `${origin}/${name}`, '.fc-daygrid-event');
    const theirFound = await leaf(other, theirs, '.fc-next-button', times);
    await other.close();
    console.log(key, tell(`FullCalendar, ${name}`, theirFound));
  }
} finally {
  await browser.close();
  server.close();
}
