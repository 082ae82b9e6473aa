// Lets the browser keep what people need without a network, and takes what is over off a page that stays open.
const worker = navigator.serviceWorker;
const timed = document.querySelectorAll("[data-until], [data-after]");
let timer;

// How far the server’s clock is ahead of this one, as static/src/js/worker.js found it; nothing when that is not known.
const ahead = async () => {
  const clock = await (await caches.match("/clock"))?.json();
  return clock && Date.now() > clock.at - 60_000 ? clock.ahead : undefined;
};

const show = async () => {
  const difference = await ahead();
  if (difference === undefined) return; // the page stays as the server said it
  const now = Date.now() + difference;
  const next = [];
  for (const part of timed) {
    const { until, after } = part.dataset;
    part.hidden = until ? now >= until : now < after;
    if (now < (until ?? after)) next.push((until ?? after) - now);
  }
  clearTimeout(timer);
  if (next.length) timer = setTimeout(show, Math.min(...next, 3_600_000)); // in steps, as a phone may sleep
};

if (worker) {
  addEventListener("load", () => {
    worker.register("/sw.js").catch(() => {});
    worker.controller?.postMessage("refresh");
  });
  if (timed.length) {
    worker.ready.then(show);
    for (const event of ["pageshow", "visibilitychange"]) addEventListener(event, show);
  }
}
