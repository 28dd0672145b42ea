// Chinese pages hold no stray English: whatever stands in Latin letters is a name in its own right, marked as such, or one of the
// few words that Chinese writes so.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { mapAtRest, reader, sampleIn } from "./browser.mjs";
import { PAGES, hasMap, pathOf } from "./kinds.mjs";

/** Formats, programs, standards and licences, which have these names in Chinese too. */
const LATIN = [
  "Counteratlas", "JavaScript", "WebGL", "Natural Earth", "CC BY", "Atom", "JSON Feed", "JSON Lines", "JSON", "CSV", "GeoJSON", "XLSX", "SQLite", "PNG", "SVG",
  "BibTeX", "RIS", "CSL", "EDTF", "UTC", "ISO", "ID", "SEC", "XML", "HTML", "URL", "Cookie", "CDN", "IP", "SHA-256", "SHA256SUMS", "Merkle", "GIS", "API", "English",
];

/** Runs in the page: every piece of text or label with Latin words that nothing marks as a name, a code or another language. */
function stray(latin) {
  const known = new RegExp(latin.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|"), "g");
  const marked = (element) =>
    element.closest("bdi, code, pre, cite, time, blockquote, script, style, textarea, svg, .citation, [data-graph]") ||
    !(element.closest("[lang]")?.lang ?? "").startsWith("zh");
  const left = (text) => text.replace(/https?:\S+|\S+@\S+|[\w.-]+\.(json|csv|bib|ris|txt|png|svg|sqlite|jsonl|geojson|xlsx|atom)\b|\/[\w/.{}-]+/g, "").replace(known, "");
  const found = new Set();
  const see = (text, where) => {
    const words = left(text).match(/[A-Za-z][A-Za-z’'-]{2,}(?:[ ,]+[A-Za-z’'-]+)*/g);
    if (words) found.add(`${where}: ${words.join(" | ")}`);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) if (!marked(walker.currentNode.parentElement)) see(walker.currentNode.data, walker.currentNode.parentElement.localName);
  for (const name of ["aria-label", "title", "alt", "placeholder", "data-label"]) {
    for (const element of document.querySelectorAll(`body [${name}]`)) if (!marked(element)) see(element.getAttribute(name), `${element.localName} ${name}`);
  }
  return [...found];
}

describe("no stray English stands in a Chinese page", () => {
  const sample = sampleIn();
  for (const kind of Object.keys(PAGES)) {
    test(kind, async () => {
      const { context, page } = await reader(sample.browser, { reducedMotion: "reduce" });
      await page.goto(`${sample.origin}/zh${await pathOf(kind, sample.origin)}`);
      if (await hasMap(page)) await mapAtRest(page);
      assert.deepEqual(await page.evaluate(stray, LATIN), []);
      await context.close();
    });
  }
});
