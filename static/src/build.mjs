// Builds static/build/ from static/src/: the stylesheets, the drawn images and the icons. Each size is printed,
// and a file above its budget fails the build. Safe to repeat.
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { Resvg } from "@resvg/resvg-js";
import { transform } from "lightningcss";
import { PurgeCSS } from "purgecss";
import * as sass from "sass";
import { byDirection } from "./directions.mjs";
import { recolor } from "./palette.mjs";

const src = dirname(fileURLToPath(import.meta.url));
const root = join(src, "../..");
const out = join(root, "static/build");

// Where class names are written. A class stands there whole, or in the safelist, as do the elements
// that only forms and rich text bring.
const sources = ["templates/**/*.html", "{embassy,sections,relations,advisories,accounts}/**/*.{py,html}"];
const elements = "input select textarea fieldset legend label blockquote h3 h4 hr img mark figure cite".split(" ");
const safelist = [...elements, /^level--[1-4]$/, /^map__(region|on)--(level-[1-4]|named)$/, /^notice--/, /^block-/];
const browsers = { chrome: 100 << 16, firefox: 100 << 16, safari: (15 << 16) | (4 << 8) };

// Bytes after gzip: the first view of any page is 30 KB with its HTML.
const budget = { "site.css": 14 * 1024, "card.css": 2048, "js/offline.js": 1024, "js/worker.js": 4096, "js/card.js": 128, "img/bogolan.svg": 2048, "img/favicon.svg": 2048 };

// Readers' scripts are one file each, without comments on lines of their own.
const readers = ["offline.js", "worker.js"];
const script = (name) => readFileSync(join(src, name), "utf8").replace(/^\s*\/\/.*\n/gm, "");

const compile = (name) =>
  sass.compile(join(src, "scss", name), {
    loadPaths: [join(root, "node_modules/@uswds/uswds/packages")],
    logger: sass.Logger.silent,
  }).css.replace('@charset "UTF-8";', "");

async function purge(css) {
  const [result] = await new PurgeCSS().purge({
    content: sources.map((glob) => join(root, glob)),
    css: [{ raw: css }],
    safelist,
    dynamicAttributes: ["aria-current", "aria-invalid", "class", "dir", "href", "open", "type"],
    defaultExtractor: (text) => text.match(/[\w-]+/g) ?? [],
  });
  return result.css;
}

async function stylesheet() {
  const css = byDirection(recolor(await purge(compile("uswds.scss")))) + (await purge(compile("site.scss")));
  return transform({ filename: "site.css", code: Buffer.from(css), minify: true, targets: browsers }).code;
}

function write(name, bytes) {
  const path = join(out, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
  const gzip = gzipSync(bytes, { level: 9 }).length;
  const fits = gzip <= (budget[name] ?? Infinity);
  const limit = budget[name] ? ` of ${budget[name]}` : "";
  console.log(`${name.padEnd(18)}${bytes.length} B, gzip ${gzip}${limit}${fits ? "" : "  TOO LARGE"}`);
  return fits;
}

// For staff pages, beside Wagtail’s own styles, and for the emergency card, which stands alone.
function ownStylesheet(name) {
  return transform({ filename: name, code: Buffer.from(compile(name.replace(".css", ".scss"))), minify: true, targets: browsers }).code;
}

const files = [["site.css", await stylesheet()], ["desk.css", ownStylesheet("desk.css")], ["staff.css", ownStylesheet("staff.css")], ["card.css", ownStylesheet("card.css")], ["guide.css", ownStylesheet("guide.css")]];
for (const folder of ["img", "js"]) {
  for (const name of readdirSync(join(src, folder))) {
    const own = readers.includes(name) && Buffer.from(script("ago.js") + script(`js/${name}`));
    files.push([`${folder}/${name}`, own || readFileSync(join(src, folder, name))]);
  }
}
for (const size of [180, 192, 512]) {
  const icon = new Resvg(readFileSync(join(src, "img/favicon.svg")), { fitTo: { mode: "width", value: size } });
  files.push([`img/icon-${size}.png`, icon.render().asPng()]);
}
rmSync(out, { recursive: true, force: true });
if (!files.map(([name, bytes]) => write(name, bytes)).every(Boolean)) {
  console.error("A file is above its budget: use a class that exists, or take one away.");
  process.exit(1);
}
