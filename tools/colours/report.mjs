// How far apart the colours are, for eyes of every kind: contrast by WCAG 2.2, and the marks' colours as people
// with the three kinds of colour-blindness see them (Machado, Oliveira & Fernandes 2009, severity 1.0), compared
// in OKLab. Read from the style's tokens and the vocabulary, so it can't be out of date.
//
//   node tools/colours/report.mjs > docs/results/colours.md
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const read = (path) => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), "utf8");

/** Linear RGB as each kind of eye sees it. */
const EYES = {
  "full colour": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protanopia: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deuteranopia: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritanopia: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
  greyscale: [[0.2126, 0.7152, 0.0722], [0.2126, 0.7152, 0.0722], [0.2126, 0.7152, 0.0722]],
};

/** Nearer than this in OKLab (× 100), two colours are no help in telling marks apart, and the shape must do it. */
export const APART = 8;

/** The tokens of a theme: name without dashes → colour. */
export function tokens(theme) {
  const css = read("browser/style/tokens.css");
  const block = theme === "dark" ? /:root\[data-theme="dark"\] \{([^}]*)\}/.exec(css)[1] : /:root \{([^}]*)\}/.exec(css)[1];
  return Object.fromEntries([...block.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map(([, name, colour]) => [name, colour]));
}

/** The groups of categories, each with its colour, in the order that gives them their shapes. */
export function groups() {
  const found = new Map();
  for (const [, colour, group] of read("vocabulary/categories.toml").matchAll(/^colour = "(#[0-9a-f]{6})"\ngroup = "([a-z-]+)"/gm)) {
    if (!found.has(group)) found.set(group, colour);
    if (found.get(group) !== colour) throw new Error(`group \`${group}\` has two colours`);
  }
  return found;
}

/** Contrast by WCAG 2.2, from 1 to 21. */
export function contrast(a, b) {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

/** How far apart two colours are for an eye, in OKLab × 100. */
export function distance(a, b, eye) {
  const [left, right] = [a, b].map((colour) => oklab(seen(linear(colour), EYES[eye])));
  return 100 * Math.hypot(...left.map((value, at) => value - right[at]));
}

export const eyes = Object.keys(EYES);

/** Texts and what they stand on; signs and what they stand on. */
export function pairs(theme) {
  const t = tokens(theme);
  const text = ["ink", "ink-soft", "accent", "confirmed", "probable", "reported", "disputed"];
  const grounds = ["paper", "paper-raised", "paper-sunk"];
  const texts = text.flatMap((name) => grounds.map((ground) => [name, ground, t[name], t[ground], 4.5]));
  const more = [
    ["on-accent", "accent", t["on-accent"], t.accent, 4.5],
    ["accent", "land", t.accent, t.land, 3],
    ["accent", "water", t.accent, t.water, 3],
    ["focus", "land", t.focus, t.land, 3],
    ["focus", "water", t.focus, t.water, 3],
    ["focus", "paper", t.focus, t.paper, 3],
    ["line-strong", "paper", t["line-strong"], t.paper, 3],
    ["disputed-border", "land", t["disputed-border"], t.land, 3],
  ];
  const marks = [...groups()].map(([group, colour]) => [`sign of ${group}`, `its mark`, "#ffffff", colour, 3]);
  return [...texts, ...more, ...marks].map(([what, on, a, b, least]) => ({ what, on, ratio: contrast(a, b), least }));
}

function report() {
  const lines = [
    "# Colours: contrast, and what colour-blind readers see",
    "",
    "Made by `node tools/colours/report.mjs`; `browser/test/colours.test.mjs` keeps it current. Shape comes before colour: every group of",
    "categories has a shape of its own on the map, every category a sign of its own, every confidence a sign and a word.",
    "",
    "## Contrast",
    "",
    "By WCAG 2.2: 4.5 for text, 3 for signs, lines and focus rings.",
    "",
    "| what | on | light | dark | at least |",
    "|---|---|---|---|---|",
  ];
  const [light, dark] = ["light", "dark"].map(pairs);
  light.forEach(({ what, on, ratio, least }, at) => lines.push(`| ${what} | ${on} | ${ratio.toFixed(1)} | ${dark[at].ratio.toFixed(1)} | ${least} |`));
  lines.push("", "## Groups of categories, for five kinds of eyes", "");
  lines.push(`Distance in OKLab × 100; under ${APART} the colour alone does not tell two groups apart (*by shape*).`, "");
  lines.push(`| groups | ${eyes.join(" | ")} |`, `|---|${eyes.map(() => "---|").join("")}`);
  for (const [a, b] of couples([...groups()])) {
    const cells = eyes.map((eye) => distance(a[1], b[1], eye)).map((d) => `${d.toFixed(0)}${d < APART ? " *by shape*" : ""}`);
    lines.push(`| ${a[0]}, ${b[0]} | ${cells.join(" | ")} |`);
  }
  return `${lines.join("\n")}\n`;
}

/** Each with each. */
export function couples(all) {
  return all.flatMap((a, at) => all.slice(at + 1).map((b) => [a, b]));
}

function linear(colour) {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
}

function luminance(colour) {
  const [r, g, b] = linear(colour);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function seen(rgb, matrix) {
  return matrix.map((row) => Math.min(1, Math.max(0, row.reduce((sum, factor, at) => sum + factor * rgb[at], 0))));
}

/** Björn Ottosson's OKLab, from linear sRGB. */
function oklab([r, g, b]) {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** The report as it has to stand in docs/results/colours.md. */
export const text = report;

if (process.argv[1] === fileURLToPath(import.meta.url)) process.stdout.write(report());
