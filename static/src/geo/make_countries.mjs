/*
 * Makes embassy/geodata/countries.json: the names of the states and territories of ISO 3166-1 in
 * the languages of the site, as Unicode's CLDR has them in Node.js.
 *
 * Run by hand, from the top of the project, with the codes that the holiday calendars know:
 *
 *   .venv/bin/python -c "import holidays; print(*holidays.list_supported_countries())" |
 *       node static/src/geo/make_countries.mjs
 *
 * Safe to run twice: the same Node.js gives the same bytes.
 */
import { readFileSync, writeFileSync } from "node:fs";

const LANGUAGES = ["en", "fr"];
const NOT_ISO = ["UK"]; // reserved: the United Kingdom is GB
const target = new URL("../../../embassy/geodata/countries.json", import.meta.url);

const names = LANGUAGES.map((language) => new Intl.DisplayNames([language], { type: "region" }));
const codes = readFileSync(0, "utf8")
  .split(/\s+/)
  .filter((code) => /^[A-Z]{2}$/.test(code) && !NOT_ISO.includes(code))
  .sort();
const lines = codes.map((code) => {
  const texts = names.map((name, i) => [LANGUAGES[i], name.of(code).replaceAll("'", "’")]);
  return `${JSON.stringify(code)}: ${JSON.stringify(Object.fromEntries(texts))}`;
});
writeFileSync(target, `{\n${lines.join(",\n")}\n}\n`);
console.log(`countries.json: ${codes.length} names, CLDR ${process.versions.cldr}`);
