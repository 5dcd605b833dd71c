/* Keeps the guides that somebody has read, so that they open without a connection. Decision 22 says what is never kept.
   SITE comes before this text (home.offline): edition, homes, shut, without, doors, statics and most. */
const SHELF = 'kept-';
const NAME = SHELF + SITE.edition;
const REFUSED = 'keep-nothing';
const A_DAY = 24 * 60 * 60 * 1000;
const HASHED = /\.[0-9a-f]{12}\.\w+$/;

const isStatic = ({ pathname }) => pathname.startsWith(SITE.statics);
const isUnder = (places, { pathname }) => {
  const plain = pathname.replace(/^\/[a-z]{2}(-[a-z]+)?(?=\/)/, '');
  return places.some((place) => pathname.startsWith(place) || plain.startsWith(place));
};
// The page about offline copies in the language of an address.
const homeOf = ({ pathname }) => SITE.homes.find(({ address }) => pathname.startsWith(address.replace(/[^/]+\/$/, '')));
const isHome = ({ pathname }) => SITE.homes.some(({ address }) => address === pathname);
// A guide has no question in its address: what somebody searched for is theirs alone.
const mayBeKept = (url) => url.origin === location.origin && !url.search && !isStatic(url) && !isHome(url) && !isUnder(SITE.shut, url);
const isPage = (answer) => /^text\/html/.test(answer.headers.get('Content-Type'));
const isForEverybody = (answer) => answer.status === 200 && answer.type === 'basic' && !answer.redirected && isPage(answer)
  && /\bpublic\b/.test(answer.headers.get('Cache-Control'));
const isGone = ({ status }) => [401, 403, 404, 410, 451].includes(status);
const withoutCookies = (address) => fetch(address, { credentials: 'omit', cache: 'no-cache' });
const find = (shelf, address) => shelf.match(address, { ignoreVary: true });

addEventListener('install', (event) => {
  skipWaiting();
  event.waitUntil(furnish());
});
addEventListener('activate', (event) => event.waitUntil(moveIn()));
addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin || isUnder(SITE.without, url)) return;
  if (request.method !== 'GET') {
    if (isUnder(SITE.doors, url)) event.waitUntil(forget());
  } else if (request.mode === 'navigate') {
    event.respondWith(page(event, url));
  } else if (isStatic(url) && !request.headers.has('Range')) {
    event.respondWith(file(event, url));
  }
});

// The page that is shown where nothing is kept; its files are those that every page needs.
async function furnish() {
  const shelf = await caches.open(NAME);
  for (const { address } of SITE.homes) {
    const answer = await withoutCookies(address);
    if (!isForEverybody(answer)) throw new Error(`${address} answers ${answer.status}`);
    await shelve(shelf, address, answer);
  }
}

// Put a page on the shelf with the files that it names.
async function shelve(shelf, address, answer) {
  const text = await answer.clone().text();
  await shelf.put(address, answer);
  for (const [, file] of text.matchAll(/(?:src|href)="([^"#?]+)"/g)) {
    if (file.startsWith(SITE.statics) && !(await find(shelf, file))) await shelf.add(file).catch(() => {});
  }
}

// A new edition of the site has other files: what was kept is fetched anew, and what is open now is kept too.
async function moveIn() {
  const open = await clients.matchAll({ type: 'window', includeUncontrolled: true });
  const addresses = [];
  for (const name of await caches.keys()) {
    if (name.startsWith(SHELF) && name !== NAME) {
      addresses.push(...(await pagesOf(await caches.open(name))).map(({ url }) => url));
      await caches.delete(name);
    }
  }
  for (const address of [...addresses, ...open.map(({ url }) => url)]) await keep(new URL(address));
}

// The network first; what is kept where there is none.
async function page(event, url) {
  try {
    const answer = await fetch(event.request);
    const after = whatFollows(url, answer);
    if (after) event.waitUntil(after.catch(() => {}));
    return answer;
  } catch {
    return (await copy(url)) ?? find(await caches.open(NAME), homeOf(url).address);
  }
}

function whatFollows(url, answer) {
  if (!mayBeKept(url)) return null;
  if (isForEverybody(answer)) return store(url, answer.clone());
  if (isGone(answer)) return drop(url);
  return answer.status === 200 && isPage(answer) ? keepOnceADay(url) : null;
}

// What somebody signed in gets is never kept: a second copy is, as everybody gets it.
async function keepOnceADay(url) {
  const kept = await find(await caches.open(NAME), url.pathname);
  if (!kept || Date.now() - dayOf(kept) > A_DAY) await keep(url);
}

async function keep(url) {
  if (!mayBeKept(url)) return;
  try {
    const answer = await withoutCookies(url.pathname);
    if (isForEverybody(answer)) await store(url, answer);
  } catch { /* Without a connection there is nothing to keep. */ }
}

async function store(url, answer) {
  if (await caches.has(REFUSED)) return;
  const shelf = await caches.open(NAME);
  await shelf.delete(url.pathname, { ignoreVary: true });
  await shelve(shelf, url.pathname, answer);
  const pages = await pagesOf(shelf);
  for (const oldest of pages.slice(0, Math.max(0, pages.length - SITE.most))) await shelf.delete(oldest, { ignoreVary: true });
}

async function drop(url) {
  await (await caches.open(NAME)).delete(url.pathname, { ignoreVary: true });
}

// Whoever signs in or out finds nothing of what was read before.
async function forget() {
  const shelf = await caches.open(NAME);
  for (const kept of await pagesOf(shelf)) await shelf.delete(kept, { ignoreVary: true });
}

// The pages on a shelf, the longest kept first.
async function pagesOf(shelf) {
  return (await shelf.keys()).filter(({ url }) => !isStatic(new URL(url)) && !isHome(new URL(url)));
}

// The kept page, which says that it is a copy and how old.
async function copy(url) {
  const kept = url.search ? null : await find(await caches.open(NAME), url.pathname);
  if (!kept) return null;
  const text = await kept.text();
  const language = text.match(/<html lang="([\w-]+)"/)?.[1];
  const day = dayOf(kept).toLocaleDateString(language, { day: 'numeric', month: 'long', year: 'numeric' });
  const said = homeOf(url).notice.replace('{day}', day);
  return new Response(text.replace(/<main[^>]*>/, (main) => main + said), { headers: kept.headers });
}

const dayOf = (kept) => new Date(kept.headers.get('Date') ?? Date.now());

// Files: those that carry a hash never change, all others come from the network while there is one.
async function file(event, url) {
  const shelf = await caches.open(NAME);
  const kept = await find(shelf, url.pathname);
  if (kept && HASHED.test(url.pathname)) return kept;
  try {
    const answer = await fetch(event.request);
    if (answer.status === 200) event.waitUntil(shelf.put(url.pathname, answer.clone()).catch(() => {}));
    return answer;
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}
