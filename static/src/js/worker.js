// Keeps on the reader’s device what people need when the network is cut: see docs/decisions/0019-offline.md.
// Before it stand `site`, which embassy/offline.py writes, and static/src/ago.js: what to keep, and the words for each language.
const PAGES = "kept-pages";
const FILES = "kept-files";
const CLOCK = "/clock"; // no address of the site: where the difference of the clocks is kept
const PATIENCE = 4000; // milliseconds until a kept page is shown instead
const LONG = 20_000; // until any other page is given up: on a crowded 2G line the first byte may take nearly that
const FRESH = 15 * 60_000; // milliseconds in which a kept page is not asked for again
const MOST = { pages: 30, files: 12 }; // beside those that are always kept
const apart = new RegExp(site.apart);
const files = new RegExp(site.files);

const pathOf = ({ url }) => new URL(url).pathname;
const languageOf = (path) => site.languages.find(({ begins }) => `${path}/`.startsWith(begins)) ?? site.languages[0];

// Gives the time by the server’s clock; nothing when the phone’s own was set back since it was compared.
const serverTime = async () => {
  const clock = await (await caches.match(CLOCK))?.json();
  const now = Date.now();
  return clock && now > clock.at - 60_000 ? now + clock.ahead : undefined;
};

// The server’s Date counts whole seconds and was written at some time since it was asked: where the phone’s clock can
// be right it is taken to be; else it is as far behind as it can be, so that nothing is shown after its end.
const toldBy = ({ headers }) => Date.parse(headers.get("Date")) + 1000 * (Number(headers.get("Age")) || 0);
const compare = (response, asked) => {
  const told = toldBy(response);
  const at = Date.now();
  if (!told) return { at, ahead: 0 };
  return { at, ahead: told <= at && told + 1000 >= asked ? 0 : told + 1000 - asked };
};

const trim = async (cache, most, isOther) => {
  const others = (await cache.keys()).filter(isOther);
  for (const oldest of others.slice(0, -most)) await cache.delete(oldest);
};

const keepFiles = async (html) => {
  const cache = await caches.open(FILES);
  for (const [, address] of html.matchAll(/ (?:href|src)="([^"]+)"/g)) {
    if (files.test(address) && !(await cache.match(address))) await cache.add(address);
  }
  await trim(cache, MOST.files, () => true);
};

// Only what the server says may be kept, and nothing that was made for somebody who is signed in. No such page reads
// its query. What the browser had already (`asked` is not known) is as old as it says; the server’s time is at least that.
const keep = async (address, response, asked) => {
  if (response.type !== "basic" || response.redirected) return;
  const { pathname: path, search } = new URL(address, location);
  const clock = asked ? compare(response, asked) : { at: toldBy(response) || Date.now(), ahead: 0 };
  const pages = await caches.open(PAGES);
  const first = { at: Date.now(), ahead: Math.max(0, clock.at - Date.now()) }; // until there is an answer to compare with
  const known = asked ? clock : !(await pages.match(CLOCK)) && first;
  if (known) await pages.put(CLOCK, new Response(JSON.stringify(known)));
  if (!search && [404, 410].includes(response.status)) await pages.delete(path);
  const { headers } = response;
  if (response.status !== 200 || !headers.has("Keep-Offline") || /no-store|private/.test(headers.get("Cache-Control"))) return;
  const html = await response.text();
  if (html.includes("<wagtail-userbar")) return;
  await keepFiles(html);
  const kept = new Headers(headers);
  for (const name of ["Content-Encoding", "Content-Length"]) kept.delete(name);
  kept.set("Kept-At", clock.at + clock.ahead);
  await pages.delete(path); // what is put anew is the youngest
  await pages.put(path, new Response(html, { headers: kept }));
  await trim(pages, MOST.pages, (request) => ![...site.always, CLOCK].includes(pathOf(request)));
};

// Brings up to date what is always kept, and the alerts that were seen and still hold.
const refresh = async () => {
  const pages = await caches.open(PAGES);
  const now = await serverTime();
  const wanted = navigator.connection?.saveData ? site.always.slice(0, site.least) : [...site.always];
  for (const request of await pages.keys()) {
    const until = (await pages.match(request)).headers.get("Keep-Offline");
    if (!wanted.includes(pathOf(request)) && until > now) wanted.push(pathOf(request));
  }
  for (const path of wanted) {
    const kept = await pages.match(path);
    if (kept && now - kept.headers.get("Kept-At") < FRESH) continue;
    const asked = Date.now();
    await keep(path, await fetch(path, { credentials: "omit" }), asked);
  }
};

// Keeps the pages that are open: the one that brought the worker was read before it could. The browser mostly has it
// still, so that the server is not asked again.
const keepOpen = async () => {
  for (const { url } of await clients.matchAll({ includeUncontrolled: true })) {
    if (apart.test(pathOf({ url }))) continue;
    await keep(url, await fetch(url, { cache: "force-cache", credentials: "omit" }));
  }
};
let refreshing;
const refreshOnce = () => (refreshing ??= refresh().catch(() => {}).finally(() => (refreshing = undefined)));

// What was in force and is over is hidden, and what says so is shown: `data-until` and `data-after` in the templates.
const timed = (html, now) => html
  .replace(/ data-until="(\d+)"/g, (all, end) => (now < end ? all : ` hidden${all}`))
  .replace(/ hidden data-after="(\d+)"/g, (all, end) => (now < end ? all : all.slice(" hidden".length)));

// « 8 h », « 23 h 58 », as the pages themselves write an hour.
const inFrench = (clock) => clock.replace(/^0?(\d+):(\d+)/, "$1\u00a0h\u00a0$2").replace(/\u00a000$/, "");

// Fills the places of a notice: when the page was made, on the mission’s clock, and how long ago that is.
const filled = (notice, { code, unknown, doubt }, seen, now) => {
  const show = (locale, how) => new Intl.DateTimeFormat(locale, { timeZone: site.zone, ...how }).format(seen);
  const clock = show("en-GB", { timeStyle: "short" });
  return notice
    .replace("{day}", show(code, { dateStyle: "long" }).replace(/^1 /, "1er "))
    .replace("{time}", code === "fr" ? inFrench(clock) : clock)
    .replace("{age}", now ? `<span data-seen="${seen}">${ago(now - seen, code)}</span>` : unknown)
    .replace("{doubt}", now ? "" : ` ${doubt}`);
};

// A line for each warning that was read in this language, the one read last first.
const warningsKept = async ({ begins, over }, now) => {
  const pages = await caches.open(PAGES);
  const lines = [];
  for (const request of await pages.keys()) {
    const path = pathOf(request);
    if (path === CLOCK || site.always.includes(path) || languageOf(path).begins !== begins) continue;
    const kept = await pages.match(request);
    const [, title] = (await kept.text()).match(/<title>([^|<]*)/);
    lines.unshift(`<li><a href="${path}">${title.trim()}</a>${now >= kept.headers.get("Keep-Offline") ? ` ${over}` : ""}</li>`);
  }
  return lines.join("");
};

const shown = async (kept, language, isLost) => {
  const seen = Number(kept.headers.get("Kept-At"));
  const now = await serverTime();
  let html = (await kept.text()).replaceAll(" data-while-fresh", " hidden");
  if (now) html = timed(html, now);
  const notice = filled(isLost ? language.lost : language.kept, language, seen, now);
  const lines = html.includes(" data-kept-warnings") ? await warningsKept(language, now) : "";
  if (lines) html = html.replace(" hidden data-kept-warnings", "").replace("<ul></ul>", () => `<ul>${lines}</ul>`);
  if (!html.includes(site.script)) html = html.replace("</head>", `<script src="${site.script}" defer></script></head>`);
  html = html.replace(/<body[^>]*>(\s*<a class="usa-skipnav"[^]*?<\/a>)?/, (all) => all + notice);
  return new Response(html, { status: isLost ? 503 : 200, headers: kept.headers });
};

const answer = async (request, fresh) => {
  const path = pathOf(request);
  const language = languageOf(path);
  const pages = await caches.open(PAGES);
  const kept = (await pages.match(path)) ?? (path.endsWith("/") ? undefined : await pages.match(`${path}/`));
  try {
    const late = new Promise((done) => setTimeout(done, kept ? PATIENCE : LONG));
    const response = await Promise.race([fresh, late]);
    if (response && (response.status < 500 || !kept)) return response;
  } catch {} // the network is cut
  if (kept) return shown(kept, language);
  const instead = await pages.match(language.offline);
  return instead ? shown(instead, language, true) : fresh;
};

addEventListener("install", (event) => event.waitUntil(
  keepOpen().catch(() => {}).then(refreshOnce).then(() => skipWaiting()),
));
addEventListener("message", (event) => event.waitUntil(refreshOnce()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin || apart.test(pathname)) return;
  if (request.mode === "navigate") {
    const asked = Date.now();
    const fresh = fetch(request);
    const copy = fresh.then((response) => response.clone()); // before the browser reads it
    event.waitUntil(copy.then((response) => keep(request.url, response, asked)).catch(() => {}));
    event.respondWith(answer(request, fresh));
  } else if (files.test(pathname)) {
    event.respondWith(fetch(request).catch(async () => (await caches.match(request)) ?? Response.error()));
  }
});
