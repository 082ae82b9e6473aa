// Takes the worker and all it kept off the reader’s device: what /sw.js is where OFFLINE is false.
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) await caches.delete(name);
  await registration.unregister();
})()));
