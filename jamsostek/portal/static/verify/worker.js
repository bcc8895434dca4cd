// Keeps the page that verifies cards, its scripts and the published keys, so that they work without a network.
// The page sends the list of what it needs; nothing else is kept, and nothing that a signed-in person would see.

const CACHE = "kartu-1";
const PATIENCE = 4000;

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  event.waitUntil(
    keep(event.data.page, event.data.files).then(
      () => event.ports[0].postMessage("kept"),
      () => event.ports[0].postMessage("failed"),
    ),
  );
});

// The page is fetched as for a stranger: phones are shared.
async function keep(page, files) {
  const cache = await caches.open(CACHE);
  await Promise.all(
    [page, ...files].map(async (url) => {
      const response = await fetch(url, { credentials: "omit" });
      if (!response.ok) throw new Error(url);
      await cache.put(url === page ? pageKey(url) : url, response);
    }),
  );
  const kept = new Set([pageKey(page), ...files.map((url) => new URL(url, self.location).href)]);
  for (const request of await cache.keys()) if (!kept.has(request.url)) await cache.delete(request);
}

function pageKey(url) {
  return new URL(url, self.location).href.split(/[?#]/)[0];
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(fresh(request, pageKey(request.url), false));
  else if (request.url.endsWith(".json")) event.respondWith(fresh(request, request.url, true));
  else event.respondWith(kept(request));
});

// From the network while it answers soon, else as kept.
async function fresh(request, key, update) {
  const cache = await caches.open(CACHE);
  const fromNetwork = fetch(request).then(async (response) => {
    if (update && response.ok && (await cache.match(key))) await cache.put(key, response.clone());
    return response;
  });
  const known = await cache.match(key, { ignoreVary: true });
  if (!known) return fromNetwork;
  const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE, known.clone()));
  return Promise.race([fromNetwork.catch(() => known), patience]);
}

// Files carry a digest of their content in their names: what is kept is right.
async function kept(request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(request, { ignoreVary: true })) || fetch(request);
}
