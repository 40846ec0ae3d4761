// Lets the page of a door be opened without a network. Each door has a worker of its own, for its own address
// (scope), so that no other page is touched; all that it does is to keep that page and the files that it loads.
const version = "VERSION";
const files = "FILES";
const scope = new URL(registration.scope).pathname;
const mine = `door ${scope} `;
const LONGEST = 36 * 3600e3;
const PATIENCE = 5000;

// Whole and of this version: a page and the files that it names are kept together, or not at all.
async function keep(cache, answer) {
  if (!answer.ok || answer.redirected || !(await answer.clone().text()).includes(version)) return false;
  await cache.put(scope, answer);
  return true;
}

const forget = async () => {
  for (const name of await caches.keys()) if (name.startsWith(mine)) await caches.delete(name);
};

async function kept() {
  for (const name of (await caches.keys()).filter((name) => name.startsWith(mine)).reverse()) {
    const page = await (await caches.open(name)).match(scope, { ignoreVary: true });
    if (page && Date.now() - Date.parse(page.headers.get('date')) < LONGEST) return page;
  }
}

async function open(request) {
  const ends = new AbortController();
  const timer = setTimeout(() => ends.abort(), PATIENCE);
  try {
    const answer = await fetch(request, { signal: ends.signal });
    if (answer.status >= 500) return (await kept()) ?? answer;
    // The link is revoked, or nobody is signed in any more.
    if (answer.status >= 400 || answer.type === 'opaqueredirect') await forget();
    else if (answer.ok) {
      const copy = answer.clone();
      caches.open(mine + version).then((cache) => keep(cache, copy)).catch(() => {});
    }
    return answer;
  } catch {
    return (await kept()) ?? Response.error();
  } finally {
    clearTimeout(timer);
  }
}

async function file(request) {
  for (const name of await caches.keys()) {
    const found = name.startsWith(mine) && (await (await caches.open(name)).match(request, { ignoreVary: true }));
    if (found) return found;
  }
  return fetch(request);
}

addEventListener('install', (event) => {
  const ready = async () => {
    const cache = await caches.open(mine + version);
    await cache.addAll(files);
    // If that fails, the one before goes on with what it has.
    if (!(await keep(cache, await fetch(scope)))) {
      await caches.delete(mine + version);
      throw new Error('no page of this version');
    }
    await skipWaiting();
  };
  event.waitUntil(ready());
});

addEventListener('activate', (event) => {
  const ready = async () => {
    // A page that is open may still want files of the version before: that one stays, too.
    const own = (await caches.keys()).filter((name) => name.startsWith(mine));
    await Promise.all(own.slice(0, -2).map((name) => caches.delete(name)));
    await clients.claim();
  };
  event.waitUntil(ready());
});

addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  if (request.mode === 'navigate') {
    if (url.pathname === scope) event.respondWith(open(request));
  } else if (url.pathname.startsWith('/pkg/') || url.pathname === '/favicon.svg') {
    event.respondWith(file(request));
  }
});

addEventListener('message', (event) => {
  // A page that came while this worker became active is nobody's until it asks.
  if (event.data === 'claim') event.waitUntil(clients.claim());
  if (event.data === 'forget') event.waitUntil(forget().then(() => registration.unregister()));
});
