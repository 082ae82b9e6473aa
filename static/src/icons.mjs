// Draws our own icon as PNG, for phones that take no SVG. It knows what favicon.svg is made of and no
// more: a ground, lines and squares with round ends and corners, and a dot. Anything else fails the build.
import { deflateSync } from "node:zlib";

const SMOOTH = 4; // samples a side of each pixel
const BOX = 64;

const color = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
const attribute = (tag, name) => tag.match(new RegExp(`\\s${name}="([^"]*)"`))?.[1];

// Gives the straight parts of a path as [x, y, x, y].
function lines(path) {
  const found = [];
  let [x, y, startX, startY] = [0, 0, 0, 0];
  for (const [, command, rest] of path.matchAll(/([a-zA-Z])([^a-zA-Z]*)/g)) {
    const numbers = (rest.match(/-?\d+(\.\d+)?/g) ?? []).map(Number);
    if (!"MmLlHhVvz".includes(command)) throw new Error(`The icon has a "${command}", which icons.mjs does not draw.`);
    const near = command === command.toLowerCase();
    const size = "HhVv".includes(command) ? 1 : 2;
    if (command === "z") {
      found.push([x, y, startX, startY]);
      [x, y] = [startX, startY];
    }
    for (let at = 0; at < numbers.length; at += size) {
      const from = [x, y];
      if (size === 2) [x, y] = [numbers[at] + (near ? x : 0), numbers[at + 1] + (near ? y : 0)];
      else if ("Hh".includes(command)) x = numbers[at] + (near ? x : 0);
      else y = numbers[at] + (near ? y : 0);
      if ("Mm".includes(command) && at === 0) [startX, startY] = [x, y];
      else found.push([...from, x, y]);
    }
  }
  return found;
}

// Tells whether a point is within a distance of a line; by squares, as half a million are asked.
function isNear(x, y, line, reach) {
  const dx = line[2] - line[0];
  const dy = line[3] - line[1];
  const along = ((x - line[0]) * dx + (y - line[1]) * dy) / (dx * dx + dy * dy || 1);
  const on = along < 0 ? 0 : along > 1 ? 1 : along;
  const offX = x - line[0] - on * dx;
  const offY = y - line[1] - on * dy;
  return offX * offX + offY * offY <= reach * reach;
}

// Gives the parts of the icon in their order: what color they are, and where they cover.
function shapes(svg) {
  const root = svg.match(/<svg[^>]*>/)[0];
  const half = attribute(root, "stroke-width") / 2;
  return [...svg.matchAll(/<(path|circle)[^>]*>/g)].map(([tag, kind]) => {
    const fill = attribute(tag, "fill");
    if (kind === "circle") {
      const [cx, cy, r] = ["cx", "cy", "r"].map((name) => Number(attribute(tag, name)));
      return { color: color(fill), covers: (x, y) => isNear(x, y, [cx, cy, cx, cy], r) };
    }
    if (fill) return { color: color(fill), covers: () => true };
    const drawn = lines(attribute(tag, "d"));
    const stroke = attribute(tag, "stroke") ?? attribute(root, "stroke");
    return { color: color(stroke), covers: (x, y) => drawn.some((line) => isNear(x, y, line, half)) };
  });
}

// The check sum of PNG; Node has one of its own only since 20.15.
function crc32(bytes) {
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}

function chunk(name, data) {
  const named = Buffer.concat([Buffer.from(name), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

// Gives the color of a pixel that an edge runs through.
function mixed(at, column, row) {
  const sum = [0, 0, 0];
  for (let sample = 0; sample < SMOOTH * SMOOTH; sample++) {
    const x = column + ((sample % SMOOTH) + .5) / SMOOTH;
    const y = row + (Math.floor(sample / SMOOTH) + .5) / SMOOTH;
    at(x, y).forEach((value, band) => (sum[band] += value));
  }
  return sum.map((value) => Math.round(value / SMOOTH ** 2));
}

// Gives a square PNG of an icon, `size` pixels wide.
export function png(svg, size) {
  const parts = shapes(svg).reverse();
  const rows = Buffer.alloc(size * (1 + size * 3)); // each row begins with its filter: none
  const at = (column, row) => parts.find((part) => part.covers((column * BOX) / size, (row * BOX) / size)).color;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const corners = [at(column, row), at(column + 1, row), at(column, row + 1), at(column + 1, row + 1)];
      const isPlain = corners.every((corner) => corner === corners[0]);
      rows.set(isPlain ? corners[0] : mixed(at, column, row), row * (1 + size * 3) + 1 + column * 3);
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(size, 0);
  head.writeUInt32BE(size, 4);
  head.set([8, 2, 0, 0, 0], 8); // eight bits of red, green and blue
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk("IHDR", head), chunk("IDAT", deflateSync(rows, { level: 9 })), chunk("IEND", Buffer.alloc(0))]);
}
