// A page with the map and nothing else around it, for work on the browser's part alone:
// `node dev/serve.mjs FOLDER [PORT]`, where FOLDER is what the example `columns` of the crate
// `edition` has written. The page follows the contract that the server's pages follow.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const TYPES = { ".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".svg": "image/svg+xml", ".geojson": "application/geo+json" };
export const CSP = "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'";
const FACETS = { category: "Category", link: "Type of link", "item-kind": "Kind of item", topic: "Topic", list: "List", status: "Status", confidence: "Confidence", country: "Country" };

/** Listens on the loopback; port 0 takes a free one. Resolves to the server. */
export async function serve(folder, port = 0) {
  const manifest = JSON.parse(await readFile(at("../dist/manifest.json"), "utf8"));
  const names = JSON.parse(await readFile(`${folder}/names.json`, "utf8"));
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url, "http://localhost");
    const answer = await find(folder, pathname, searchParams, () => page(pathname, manifest, names)).catch(() => null);
    response.writeHead(answer ? 200 : 404, { "content-type": answer?.type ?? "text/plain", "content-security-policy": CSP });
    response.end(answer?.body ?? "not found");
  });
  await new Promise((done) => server.listen(port, "127.0.0.1", done));
  return server;
}

async function find(folder, path, query, html) {
  if (path === "/" || path === "/zh/") return { type: "text/html; charset=utf-8", body: html() };
  const file = (name, type = TYPES[extname(name)] ?? "application/octet-stream") => readFile(name).then((body) => ({ type, body }));
  const parts = /^\/(assets|columns\/dev)([./].+)$/.exec(path);
  if (path === "/assets/icons.svg") return file(at("../../crates/ui/icons.svg"));
  if (path === "/lines.geojson") return file(at("lines.geojson"));
  if (path === "/columns/dev/matches") return { type: TYPES[".json"], body: JSON.stringify(every(query)) };
  if (parts?.[1] === "assets") return file(at(`../dist${parts[2]}`));
  return file(parts[2] === ".bin" ? `${folder}/columns.bin` : `${folder}${parts[2]}`);
}

/** Some rows or other: which ones hangs on the text. */
function every(query) {
  const step = 2 + (String(query).length % 5);
  return Array.from({ length: 500 }, (_, at) => at * step);
}

function page(path, manifest, names) {
  const zh = path.startsWith("/zh");
  const [lang, base] = zh ? ["zh-Hans", "/zh"] : ["en", ""];
  const facets = Object.entries(FACETS).map(([key, legend]) => facet(key, legend, names[key], zh));
  return `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><title>Map</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/assets/${manifest["main.css"]}">
<script type="module" src="/assets/${manifest["map.js"]}"></script></head><body><main class="atlas">
<section class="atlas-intro"><h1>Map</h1><p><span data-total></span> links, <span data-located></span> with a place</p>
<div class="chips" id="chips" data-chips><a class="reset" href="./" data-reset>Clear all filters</a></div></section>
<section class="atlas-filter"><h2>Filter</h2><form id="filter" class="filter" method="get">
<div class="filter-text"><label for="q">Text</label><input id="q" type="search" name="q"></div><div class="facets">${facets.join("")}
<details class="facet" data-facet="years"><summary>Years</summary><fieldset><label>from <input type="number" name="from"></label>
<label>to <input type="number" name="to"></label><label class="choice"><input type="checkbox" name="poi" value="1"><span class="choice-label">points of particular interest only</span>
<output data-count="poi=1"></output></label></fieldset></details></div></form></section>
<div class="atlas-map-cell"><div id="atlas-map" data-columns="/columns/dev.bin" data-names="/columns/dev/names.json" data-ids="/columns/dev/ids/"
 data-matches="/columns/dev/matches" data-lines="/lines.geojson" data-basemap="/assets/${manifest["basemap.json"]}" data-icons="/assets/icons.svg" data-lang="${lang}" data-base="${base}"></div>
<section class="atlas-time" data-time><h2>When</h2><div class="time-plain"></div></section></div>
<section class="atlas-results"><h2>Results</h2><ol id="results" class="results" data-results></ol></section></main></body></html>`;
}

function facet(key, legend, choices, zh) {
  const rows = choices.map(
    (choice) => `<label class="choice"><input type="checkbox" name="${key}" value="${choice.id}"><span class="choice-label">${zh ? choice.zh || choice.en : choice.en}</span>
<output data-count="${key}=${choice.id}"></output></label>`,
  );
  return `<details class="facet" data-facet="${key}"><summary>${legend}</summary><fieldset><legend class="visually-hidden">${legend}</legend>${rows.join("")}</fieldset></details>`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const server = await serve(process.argv[2], Number(process.argv[3] ?? 0));
  console.error(`http://127.0.0.1:${server.address().port}/ (Ctrl-C stops)`);
}
