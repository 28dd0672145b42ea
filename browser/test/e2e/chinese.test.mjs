// Chinese pages hold no stray English: whatever stands in Latin letters is marked as a name or another language, or is a value of
// the records (it stands so in the page's JSON twin), or one of the few words that Chinese writes so.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { mapAtRest, reader, sampleIn } from "./browser.mjs";
import { PAGES, hasMap, pathOf } from "./kinds.mjs";

/** Formats, programs, standards and licences, which have these names in Chinese too. */
const LATIN = [
  "Counteratlas", "JavaScript", "WebGL", "Natural Earth", "CC BY", "Atom", "JSON Feed", "JSON Lines", "JSON", "CSV", "GeoJSON", "XLSX", "SQLite", "PNG", "SVG",
  "BibTeX", "RIS", "CSL", "EDTF", "UTC", "ISO", "ID", "SEC", "XML", "HTML", "URL", "Cookie", "CDN", "IP", "SHA-256", "SHA256SUMS", "Merkle", "GIS", "API", "English", "N-PORT", "WGS", "txt", "bib", "ris",
  // What the page of patterns has invented.
  "Example Vision Ltd", "Example Telecom", "Zimbabwe", "USD",
];

/** Runs in the page: every piece of text or label with Latin letters that nothing marks as a name, a code or another language. */
function latinTexts() {
  const marked = (element) =>
    element.closest("bdi, code, pre, cite, time, blockquote, script, style, textarea, svg, .citation") || !(element.closest("[lang]")?.lang ?? "").startsWith("zh");
  const found = [];
  const see = (text, where) => /[A-Za-z]{3}/.test(text) && found.push([where, text.replace(/\s+/g, " ").trim()]);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) if (!marked(walker.currentNode.parentElement)) see(walker.currentNode.data, walker.currentNode.parentElement.localName);
  for (const name of ["aria-label", "title", "alt", "placeholder", "data-label"]) {
    for (const element of document.querySelectorAll(`body [${name}]`)) if (!marked(element)) see(element.getAttribute(name), `${element.localName} ${name}`);
  }
  return found;
}

/** Every text in a JSON value. */
function texts(value) {
  if (typeof value === "string") return [value.replace(/\s+/g, " ").trim()];
  return value && typeof value === "object" ? Object.values(value).flatMap(texts) : [];
}

/** What of a text is left without addresses, file names and what is known. */
function stray(text, known) {
  let left = text.replace(/https?:\S+|\S+@\S+|[\w.-]+\.(json|csv|bib|ris|txt|png|svg|sqlite|jsonl|geojson|xlsx|atom)\b|\/[\w/.{}-]+/g, "");
  for (const each of known) left = left.replaceAll(each, "");
  return left.match(/[A-Za-z][A-Za-z’'-]{2,}(?:[ ,]+[A-Za-z’'-]+)*/g) ?? [];
}

describe("no stray English stands in a Chinese page", () => {
  const sample = sampleIn();
  for (const kind of Object.keys(PAGES)) {
    test(kind, async () => {
      const { context, page } = await reader(sample.browser, { reducedMotion: "reduce" });
      const path = `/zh${await pathOf(kind, sample.origin)}`;
      await page.goto(sample.origin + path);
      const map = await hasMap(page);
      if (map) await mapAtRest(page);
      const twin = await (await fetch(sample.origin + (await page.getAttribute('link[type="application/json"]', "href").catch(() => null) ?? path.replace(/(\?|$)/, ".json$1")))).json();
      const names = map ? await (await fetch(sample.origin + (await page.getAttribute("#atlas-map", "data-names")))).json() : [];
      const known = [...new Set([...texts(twin), ...texts(names), ...LATIN])].filter((text) => /[A-Za-z]{2}/.test(text)).sort((a, b) => b.length - a.length);
      const found = (await page.evaluate(latinTexts)).flatMap(([where, text]) => stray(text, known).map((words) => `${where}: ${words}`));
      assert.deepEqual([...new Set(found)], []);
      await context.close();
    });
  }
});
