// USWDS names the sides of what it lays out left and right. Each becomes the start or the end of a
// line, so that a language written from right to left needs its `dir` and no style of its own.

const SIDES = { left: "start", right: "end" };
const PROPERTY = /(?<=[;{]\s*)(?:(margin|padding|border)-(left|right)|(left|right))(?=(?:-[a-z]+)?\s*:)/g;
const VALUE = /(?<=[;{]\s*text-align\s*:\s*)(left|right)\b/g;

/** USWDS css without left and right. */
export function byDirection(css) {
  return css
    .replace(PROPERTY, (_, box, side, alone) => (box ? `${box}-inline-${SIDES[side]}` : `inset-inline-${SIDES[alone]}`))
    .replace(VALUE, (side) => SIDES[side]);
}
