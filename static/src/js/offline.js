// Lets the browser keep what people need without a network, and takes what is over off a page that stays open.
// Before it stands static/src/ago.js.
const worker = navigator.serviceWorker;
const all = (selector) => [...document.querySelectorAll(selector)];
const timed = all("[data-until], [data-after]");
const seen = all("[data-seen]");
const kept = all("[data-kept]");
let timer;

const hides = ({ dataset: { until, after } }, now) => (until ? now >= until : now < after);
const find = (path) => self.caches?.match(path).catch(() => {}); // private windows may refuse

// The time by the server’s clock, as static/src/js/worker.js compared it; nothing when that is not known. Where no
// worker is, the server is asked once the page would change.
const serverTime = async () => {
  const clock = await (await find("/clock"))?.json();
  const now = Date.now();
  if (clock) return now > clock.at - 60_000 ? now + clock.ahead : undefined;
  if (timed.every((part) => part.hidden === hides(part, now))) return now;
  const answer = await fetch("", { method: "HEAD", cache: "no-store" }).catch(() => {});
  return Date.parse(answer?.headers.get("Date")) || undefined;
};

const show = async () => {
  const now = await serverTime();
  const next = [seen.length || !now ? 60_000 : 3_600_000]; // in steps, as a phone may sleep
  for (const part of now ? timed : []) {
    part.hidden = hides(part, now);
    const at = part.dataset.until ?? part.dataset.after;
    if (now < at) next.push(at - now);
  }
  for (const part of now ? seen : []) part.textContent = ago(now - part.dataset.seen, document.documentElement.lang);
  clearTimeout(timer);
  timer = setTimeout(show, Math.min(...next));
};

// Says which pages this browser keeps, on the page about that.
const tell = async () => {
  for (const part of kept) part.hidden = !(await find(part.dataset.kept));
  for (const part of all("[data-unkept]")) part.hidden = kept.some(({ hidden }) => !hidden);
};

if (worker) {
  addEventListener("load", () => {
    worker.register("/sw.js").catch(() => {});
    worker.controller?.postMessage("refresh");
  });
  if (kept.length) worker.ready.then(tell);
}
if (timed.length || seen.length) {
  show();
  worker?.ready.then(show);
  for (const event of ["pageshow", "visibilitychange"]) addEventListener(event, show);
}
