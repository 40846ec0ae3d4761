// The first visit to /calendar: what it weighs as this browser gets it, and what Lighthouse says of it.
import { createServer } from 'node:net';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { brotliCompressSync } from 'node:zlib';
import lighthouse from 'lighthouse';
import { devices } from 'playwright-core';
import { launch, median, say } from './chromium.mjs';

const address = process.env.ADDRESS;
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];
const RUNS = 3;

/** Bodies as they were sent, by kind, of all that a visit loads in its first seconds. */
async function weigh(browser, device) {
  const context = await browser.newContext(device);
  const page = await context.newPage();
  const kinds = new Map();
  page.on('response', (response) => kinds.set(response.url(), response.headers()));
  await page.goto(address);
  await page.waitForFunction(() => performance.getEntriesByType('resource').some((entry) => /\.wasm$/.test(entry.name) && entry.responseEnd));
  await page.waitForTimeout(1500);
  const entries = await page.evaluate(() =>
    [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].map((entry) => ({
      url: entry.name,
      bytes: entry.encodedBodySize,
      decoded: entry.decodedBodySize,
    })),
  );
  await context.close();
  const weight = { html: 0, css: 0, js: 0, wasm: 0, other: 0 };
  const codings = [];
  const seen = new Set();
  for (const { url, bytes, decoded } of entries) {
    // What is preloaded stands in the list twice.
    if (seen.has(url)) continue;
    seen.add(url);
    const headers = kinds.get(url) ?? {};
    const type = headers['content-type'] ?? '';
    const kind = Object.entries({ html: 'text/html', css: 'text/css', js: 'javascript', wasm: 'wasm' }).find(([, part]) => type.includes(part))?.[0] ?? 'other';
    weight[kind] += bytes;
    if (bytes) codings.push(`${kind} ${bytes} of ${decoded} (${headers['content-encoding'] ?? 'plain'})`);
  }
  return { ...weight, codings };
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** One run of Lighthouse in a browser of its own. */
async function judge() {
  const port = await freePort();
  const browser = await launch(`--remote-debugging-port=${port}`);
  try {
    const { lhr } = await lighthouse(address, { port, output: 'json', logLevel: 'error', onlyCategories: CATEGORIES });
    if (lhr.runtimeError) throw new Error(`Lighthouse: ${lhr.runtimeError.message}`);
    return lhr;
  } finally {
    await browser.close();
  }
}

const browser = await launch();
const phone = await weigh(browser, devices['Pixel 7']);
const desk = await weigh(browser, { viewport: { width: 1280, height: 900 } });
await browser.close();
say(`phone: ${phone.codings.join(', ')}`);
say(`desk:  ${desk.codings.join(', ')}`);
const most = (sum) => Math.max(sum(phone), sum(desk));
console.log('document', most(({ html, css }) => html + css));
console.log('code', most(({ js, wasm }) => js + wasm));
console.log('all', most(({ html, css, js, wasm, other }) => html + css + js + wasm + other));
const calendar = await readFile(new URL('node_modules/fullcalendar/index.global.min.js', import.meta.url));
console.log('fullcalendar', brotliCompressSync(calendar).length);

const scores = Object.fromEntries(CATEGORIES.map((category) => [category, []]));
const complaints = new Set();
for (let run = 0; run < RUNS; run += 1) {
  const lhr = await judge();
  for (const category of CATEGORIES) {
    const { score, auditRefs } = lhr.categories[category];
    scores[category].push(Math.round(score * 100));
    for (const { id, weight } of auditRefs) {
      const audit = lhr.audits[id];
      if (weight > 0 && audit.score !== null && audit.score < 0.9) complaints.add(`${category}: ${audit.title}${audit.displayValue ? ` (${audit.displayValue})` : ''}`);
    }
  }
  const shown = ['first-contentful-paint', 'largest-contentful-paint', 'speed-index', 'total-blocking-time', 'cumulative-layout-shift'];
  say(`Lighthouse: ${shown.map((id) => `${lhr.audits[id].title} ${lhr.audits[id].displayValue}`).join(', ')}`);
}
for (const complaint of complaints) say(`Lighthouse on ${complaint}`);
for (const category of CATEGORIES) console.log(category, median(scores[category]));
