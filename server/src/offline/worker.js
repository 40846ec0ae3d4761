// Keeps what somebody wants to see without a network: their own page, their places with the codes for the door, and the
// coming programme. Everything else is asked of the network, and nothing is shown from here while that answers. What is
// kept is a page as the server wrote it, without the client: its links lead to other kept pages. It says how old it is.
const version = "VERSION";
const words = "WORDS";
const PAGES = 'site pages';
const FILES = 'site files';
/** As long as a session lasts without being used. */
const LONGEST = 14 * 24 * 3600e3;
const FRESH = 10 * 60e3;
const MOST = 60;
const PATIENCE = 4000;
/** Loads a page anew once there is a network, unless somebody is on their way to another. */
const ANEW = "let left;addEventListener('beforeunload',()=>{left=true});addEventListener('pageshow',()=>{left=false});addEventListener('online',()=>{if(!left)location.reload()})";

const isEnglish = (path) => /^\/en(\/|$)/.test(path);
const of = (path) => words[isEnglish(path) ? 'en' : 'sv'];
const isKept = ({ pathname, search }) =>
  !search && /^(\/en)?(\/|\/calendar|\/me|\/events\/[^/]+|\/sign-ups\/(series\/)?[^/]+)?$/.test(pathname);
const isOfSession = (path) => /^(\/en)?\/(sign-(in|out)|me\/data)(\/|$)/.test(path);
const at = (answer) => Date.parse(answer.headers.get('date'));

async function kept(path) {
  const answer = await (await caches.open(PAGES)).match(path, { ignoreVary: true });
  return answer && Date.now() - at(answer) < LONGEST ? answer : undefined;
}

const forget = () => caches.delete(PAGES);

async function keep(path, answer) {
  const pages = await caches.open(PAGES);
  const sheets = [...(await answer.clone().text()).matchAll(/href="(\/pkg\/[^"]+\.css)"/g)].map(([, sheet]) => sheet);
  const files = await caches.open(FILES);
  for (const file of [...sheets, '/favicon.svg']) if (!(await files.match(file))) await files.add(file);
  // What was kept last stands last.
  await pages.delete(path);
  await pages.put(path, answer);
  const all = await pages.keys();
  await Promise.all(all.slice(0, Math.max(0, all.length - MOST)).map((old) => pages.delete(old)));
}

/** What an answer of the network means for what is kept. */
async function heed(url, answer) {
  const path = url.pathname;
  if (!isKept(url)) return;
  const isPage = answer.ok && !answer.redirected && /^text\/html/.test(answer.headers.get('content-type'));
  if (isPage) return keep(path, answer);
  // The session was ended elsewhere, or the place is nobody's any more.
  if (answer.status === 401 && (await kept(path))) await forget();
  if (answer.status === 404 || answer.status === 410) await (await caches.open(PAGES)).delete(path);
}

/** A page of one's own, what it leads to, and the coming programme. */
async function keepMine(here) {
  const mine = await ask(here);
  if (!mine) return;
  const links = [...(await mine.text()).matchAll(/href="([^"?#]+)"/g)].map(([, path]) => path);
  const own = links.filter((path) => /\/(sign-ups|events)\//.test(path) && isKept(new URL(path, location)));
  const coming = isEnglish(here) ? ['/en/calendar', '/en'] : ['/calendar', '/'];
  for (const path of new Set([...own.slice(0, 40), ...coming])) {
    const before = await kept(path);
    if (!before || Date.now() - at(before) > FRESH) await ask(path);
  }
}

async function ask(path) {
  const answer = await fetch(path).catch(() => undefined);
  if (!answer) return;
  const copy = answer.clone();
  await heed(new URL(path, location), answer);
  return copy.ok ? copy : undefined;
}

const escaped = (text) => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt()};`);

const html = (text, policy) => new Response(text, {
  headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy, 'cache-control': 'no-store' },
});

/** A kept page as it is shown: without the client, with how old it is. */
async function shown(path, answer) {
  const { lang, noNetwork, asItWas, again } = of(path);
  const when = new Intl.DateTimeFormat(lang === 'en' ? 'en-GB' : 'sv', {
    timeZone: 'Europe/Stockholm', weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit',
  }).format(at(answer));
  const note = `<p class="kept-note" role="status"><span>${noNetwork} ${asItWas.replace('{}', when)}</span> <a href="" rel="external">${again}</a></p>`;
  const text = (await answer.text())
    .replace(/<script type="module"( nonce="[^"]*")?[^>]*>[^]*?<\/script>/, `<script$1>${ANEW}</script>`)
    .replace('</body>', `${note}</body>`);
  return html(text, answer.headers.get('content-security-policy') ?? "default-src 'none'");
}

/** Where nothing is kept: what there is instead, one's own page and the calendar first. */
async function nothing(path) {
  const { lang, noNetwork, notKept, thereIs, again } = of(path);
  const all = (await (await caches.open(PAGES)).keys()).map(({ url }) => new URL(url).pathname);
  const [mine, coming] = isEnglish(path) ? ['/en/me', '/en/calendar'] : ['/me', '/calendar'];
  // Places are all called alike, and one's own page leads to them.
  const others = all.filter((other) => isEnglish(other) === isEnglish(path) && !(all.includes(mine) && other.includes('/sign-ups/')));
  let list = '';
  for (const other of new Set([mine, coming, ...others])) {
    const answer = await kept(other);
    const title = answer && /<title[^>]*>([^<]*)<\/title>/.exec(await answer.text())?.[1];
    if (title) list += `<li><a href="${escaped(other)}">${title.replace(/ [–-] Stafett$/, '')}</a></li>`;
  }
  const sheet = (await (await caches.open(FILES)).keys()).map(({ url }) => new URL(url).pathname).findLast((file) => /\/main\./.test(file));
  const title = noNetwork.replace(/\.$/, '');
  const nonce = crypto.randomUUID();
  return html(`<!DOCTYPE html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>${title}</title>${sheet ? `<link rel="stylesheet" href="${sheet}">` : ''}<script nonce="${nonce}">${ANEW}</script></head><body class="without"><main id="main"><h1>${title}</h1><p>${notKept}</p><p><a class="btn" href="">${again}</a></p>${list && `<h2>${thereIs}</h2><ul>${list}</ul>`}</main></body></html>`, `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'`);
}

async function open(event) {
  const url = new URL(event.request.url);
  const path = url.pathname;
  const network = (async () => (await event.preloadResponse) ?? fetch(event.request))();
  event.waitUntil(network.then((answer) => heed(url, answer.clone()), () => {}).catch(() => {}));
  const before = isKept(url) ? await kept(path) : undefined;
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  const answer = await (before ? Promise.race([network, late]) : network).catch(() => undefined);
  if (answer && answer.status < 500) return answer;
  return before ? shown(path, before) : (answer ?? nothing(path));
}

/** Signing in or out, or ending a session: what was kept was somebody's. */
async function change(request) {
  const answer = await fetch(request).catch(() => undefined);
  await forget();
  return answer ?? nothing(new URL(request.url).pathname);
}

addEventListener('install', () => skipWaiting());

addEventListener('activate', (event) => {
  const ready = async () => {
    await registration.navigationPreload?.enable();
    // Sheets of builds that no kept page names any more.
    const pages = await caches.open(PAGES);
    let named = '';
    for (const page of await pages.keys()) named += await (await pages.match(page)).text();
    const files = await caches.open(FILES);
    for (const file of await files.keys()) {
      const path = new URL(file.url).pathname;
      if (path.startsWith('/pkg/') && !named.includes(path)) await files.delete(file);
    }
    await clients.claim();
  };
  event.waitUntil(ready());
});

addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.method === 'POST') {
    if (isOfSession(url.pathname)) event.respondWith(change(request));
  } else if (request.method === 'GET' && request.mode === 'navigate') {
    event.respondWith(open(event));
  } else if (request.destination === 'style' || url.pathname === '/favicon.svg') {
    const file = async () => (await (await caches.open(FILES)).match(request, { ignoreVary: true })) ?? fetch(request);
    event.respondWith(file());
  }
});

addEventListener('message', (event) => {
  const path = event.source && new URL(event.source.url).pathname;
  if (event.data === 'keep' && path) event.waitUntil(keepMine(path).catch(() => {}));
});
