// The walk: every kind of page × language × {script on, script off, Tor Browser's "Safest"} × theme × width, and what has to be
// true in each of these cells.
import { violations } from "./axe.mjs";
import { NO_TRACES, mapAtRest, reader, traces } from "./browser.mjs";
import { LANGUAGES, PAGES, hasMap, pathOf } from "./kinds.mjs";

const SIZES = { 390: 844, 820: 1180, 1440: 900 };
const THEMES = ["light", "dark"];
/** One cell in so many is walked unless all are. */
const SHARE = 10;

/**
 * The cells of a kind of page: all with COUNTERATLAS_WALK=all, else one, and of the others every tenth, by lot. The lot is the
 * same on every run; COUNTERATLAS_WALK_SEED draws another.
 */
export function cells(kind, how) {
  const all = Object.keys(LANGUAGES).flatMap((lang) =>
    THEMES.flatMap((theme) => Object.keys(SIZES).map((width) => ({ kind, how, lang, theme, width: Number(width) }))),
  );
  if (process.env.COUNTERATLAS_WALK === "all") return all;
  const drawn = lot(`${process.env.COUNTERATLAS_WALK_SEED ?? "2019"} ${kind} ${how}`);
  const one = Math.floor(drawn() * all.length);
  return all.filter((_, at) => at === one || drawn() < 1 / SHARE);
}

/** Numbers from 0 to 1 that a text decides (FNV-1a, then xorshift). */
function lot(text) {
  let state = 0x811c9dc5;
  for (const letter of text) state = Math.imul(state ^ letter.codePointAt(0), 0x01000193) >>> 0;
  state ||= 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  };
}

/** Remarks on the machine's graphics, and on policies for features that this browser does not have. */
const HARMLESS = /swiftshader|GPU stall|WebGL|Permissions-Policy header: Unrecognized feature/i;

/** What is wrong with a cell in Chromium, in a line each; `script` says whether the page may run any. */
export async function wrongInChromium(sample, cell, script) {
  const viewport = { width: cell.width, height: SIZES[cell.width] };
  const options = { viewport, colorScheme: cell.theme, reducedMotion: "reduce", javaScriptEnabled: script };
  const { context, page, seen } = await reader(sample.browser, options);
  try {
    const response = await page.goto(sample.origin + LANGUAGES[cell.lang] + (await pathOf(cell.kind, sample.origin)));
    if (script && (await hasMap(page))) await mapAtRest(page);
    const lang = await page.getAttribute("html", "lang");
    const left = script ? await traces(context, page) : {};
    const fetched = seen.requests.filter((url) => !/^(blob|data):/.test(url));
    return [
      ...(response.status() === 200 ? [] : [`status ${response.status()}`]),
      ...(lang === cell.lang ? [] : [`its language is ${lang}`]),
      ...fetched.filter((url) => !url.startsWith(`${sample.origin}/`)).map((url) => `asks elsewhere: ${url}`),
      ...fetched.filter((url) => !script && /\.js$|\.bin$|columns/.test(url)).map((url) => `asks for what only a script can use: ${url}`),
      ...seen.cookies.map((url) => `a cookie: ${url}`),
      ...Object.entries(left).filter(([name, n]) => n !== NO_TRACES[name]).map(([name]) => `leaves something behind: ${name}`),
      ...seen.complaints.filter((line) => !HARMLESS.test(line)).map((line) => `console: ${line}`),
      ...(await page.evaluate(nothingToRead)),
      ...(await page.evaluate(sideways)),
      ...(await page.evaluate(emptyHeadings)),
      ...(await (script ? violations(page) : violationsOfHtml(sample, page.url(), options))),
    ].map((line) => `${name(cell)}: ${line}`);
  } finally {
    await context.close();
  }
}

/** The checker is a script itself: where none may run, it looks at the same HTML with ours blocked. */
async function violationsOfHtml(sample, address, options) {
  const { context, page } = await reader(sample.browser, { ...options, javaScriptEnabled: true });
  try {
    await page.route(/\.js$/, (route) => route.abort());
    await page.goto(address);
    return await violations(page);
  } finally {
    await context.close();
  }
}

/** What is wrong with a cell in Firefox without script and SVG. */
export async function wrongInFirefox(sample, cell) {
  const firefox = sample.browser[cell.theme];
  await firefox.size(cell.width, SIZES[cell.width]);
  firefox.seen.length = 0;
  await firefox.open(sample.origin + LANGUAGES[cell.lang] + (await pathOf(cell.kind, sample.origin)));
  const text = async (selector) => (await firefox.find(selector)).map((node) => node.text).join(" ").replace(/\s+/g, " ").trim();
  const [html] = await firefox.find("html");
  const pressable = await firefox.find("main a, main button, main summary");
  const unnamed = pressable.filter(({ text, attributes }) => !text.trim() && !attributes["aria-label"] && !attributes.title);
  const headings = (await firefox.find("h1, h2, h3, h4")).filter(({ text }) => !text.trim());
  const width = await firefox.width();
  return [
    ...(html.attributes.lang === cell.lang ? [] : [`its language is ${html.attributes.lang}`]),
    ...((await text("main h1")).length > 1 ? [] : ["no heading of the first level"]),
    ...((await text("main")).length > 100 ? [] : ["nothing to read"]),
    ...unnamed.map(({ attributes }) => `to press, and without words: ${JSON.stringify(attributes)}`),
    ...headings.map(() => "a heading without words"),
    ...(width > cell.width ? [`${width} pixels wide`] : []),
    ...firefox.seen.filter((line) => !line.startsWith(`asks ${sample.origin}/`) && !/^asks (data|about|chrome|resource):/.test(line)),
    ...(await firefox.cookies()).map(() => "a cookie"),
  ].map((line) => `${name(cell)}: ${line}`);
}

const name = ({ kind, how, lang, theme, width }) => `${kind}, ${lang}, ${how}, ${theme}, ${width}`;

/** Every kind of page, in the order of the table. */
export const kinds = Object.keys(PAGES);

/** Runs in the page: whether it lacks a heading or words. */
function nothingToRead() {
  const main = document.querySelector("main");
  const heading = main?.querySelector("h1")?.textContent.trim();
  return [...(heading ? [] : ["no heading of the first level"]), ...(main?.textContent.replace(/\s+/g, "").length > 100 ? [] : ["nothing to read"])];
}

/** Runs in the page: what makes it wider than the screen; nothing if it is not. */
export function sideways() {
  if (document.documentElement.scrollWidth <= innerWidth) return [];
  const wide = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > innerWidth + 1);
  return [`${document.documentElement.scrollWidth} pixels wide: ${wide.slice(-3).map((e) => e.outerHTML.slice(0, 120)).join(" ")}`];
}

/** Runs in the page: headings without words, or with nothing below them before the next of their level. */
export function emptyHeadings() {
  const level = (heading) => Number(heading.tagName[1]);
  const all = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter((heading) => !heading.closest("[hidden]"));
  const something = (range) => {
    const part = range.cloneContents();
    for (const each of part.querySelectorAll("script, style, template, [hidden]")) each.remove();
    return /\S/.test(part.textContent) || part.querySelector("img, svg, canvas, input, select, textarea, button");
  };
  return all.flatMap((heading, at) => {
    const words = heading.textContent.trim();
    if (!words) return [`a heading without words: ${heading.outerHTML.slice(0, 100)}`];
    const next = all.slice(at + 1).find((other) => level(other) <= level(heading));
    const range = document.createRange();
    range.setStartAfter(heading);
    if (next) range.setEndBefore(next);
    else range.setEndAfter(document.querySelector("main").lastChild);
    return something(range) ? [] : [`nothing below the heading: ${words}`];
  });
}
