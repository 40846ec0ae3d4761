// Doors that were opened on this telephone are kept on it, so that they can be opened without a network. Any page of
// the site that is opened later takes away what may not be kept any longer: an organiser's door when nobody is signed
// in, a steward's when its link opens nothing more, and whatever is too old to be shown. What was done at a door and
// has not been sent (numbers and times, no names) stays until it is.
const LONGEST = 36 * 3600e3;

const forget = async (scope, path) => {
  localStorage.removeItem(`stafett-door ${path} list`);
  for (const name of await caches.keys()) if (name.startsWith(`door ${scope} `)) await caches.delete(name);
  await (await navigator.serviceWorker.getRegistration(scope))?.unregister();
};

const isOld = async (name, scope) => {
  const page = await (await caches.open(name)).match(scope, { ignoreVary: true });
  return page && Date.now() - Date.parse(page.headers.get('date')) > LONGEST;
};

// Without a network it throws, and everything stays.
const isRevoked = async (scope) => (await fetch(scope, { method: 'HEAD' })).status === 404;

export default async function (wasSignedOut) {
  // A page that comes back from the history tells how things were.
  const isSignedOut = wasSignedOut && performance.getEntriesByType('navigation')[0]?.type !== 'back_forward';
  if (isSignedOut) {
    for (const key of Object.keys(localStorage)) if (/^stafett-door \/organise\/\S+ list$/.test(key)) localStorage.removeItem(key);
  }
  for (const name of await globalThis.caches?.keys() ?? []) {
    const [, scope, path, kind] = /^door ((?:\/en)?(\/(organise|door)\/\S+)) /.exec(name) ?? [];
    if (!scope) continue;
    const isGone = kind === 'organise' ? isSignedOut : await isRevoked(scope).catch(() => false);
    if (isGone || (await isOld(name, scope))) await forget(scope, path);
  }
}
