// USWDS compiles its colours to hex. Each becomes the custom property of the same role, so that the
// dark scheme is one list of values (scss/_colors.scss). An unknown colour fails the build.

// colour of USWDS: [as text or line, as background]
const ROLES = {
  white: ["--on-button", "--surface"],
  "#1b1b1b": ["--ink", "--ink"],
  "#005ea2": ["--link", "--button"],
  "#1a4480": ["--link-hover", "--button-hover"],
  "#162e51": ["--link-hover", "--button-active"],
  "#54278f": ["--link-visited", "--link-visited"],
  "#2491ff": ["--focus", "--focus"],
  "#dfe1e2": ["--line", "--sunk"],
  "#f0f0f0": ["--line", "--sunk"],
  "#c9c9c9": ["--line", "--sunk"],
  "#71767a": ["--edge", "--edge"],
  "#757575": ["--ink-soft", "--ink-soft"],
  "#454545": ["--ink-soft", "--ink-soft"],
};

const DECLARATION = /([\w-]+)(\s*:\s*)([^;{}]+)(?=[;}])/g;
const COLOR = /#[0-9a-f]{3,8}\b|\b(?:white|black)\b/gi;

/** USWDS css with every colour as `var(--role)`. */
export function recolor(css) {
  return css.replace(/\/\*[^]*?\*\//g, "").replace(DECLARATION, (_, property, colon, value) => {
    const side = property.startsWith("background") ? 1 : 0;
    return property + colon + value.replace(COLOR, (color) => {
      const role = ROLES[color.toLowerCase()];
      if (!role) throw new Error(`USWDS uses ${color} in "${property}: ${value}": give it a role in palette.mjs`);
      return `var(${role[side]})`;
    });
  });
}
