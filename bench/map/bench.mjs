// Measures the map in a real Chromium: how long a change of filter takes until every new count
// stands in the page, how long the columns take to decode, and what the files weigh.
//
//   node bench/map/bench.mjs [LINKS…]        (26000 1000000 if none are named)
//
// Needs `make browser` and Chromium (CHROMIUM names another). Prints one JSON line per size; exit
// code 1 if the median or the weight misses its bar: 16 ms and 260 kB at 26,000 links, 50 ms and 9 MB
// at 1,000,000. `load` is the machine's load average when the measurement began: with more than one
// runnable process a core, the times say little about the map.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { serve } from "../../browser/dev/serve.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const { chromium } = createRequire(join(root, "browser/package.json"))("playwright-core");
const FLAGS = [
  "--headless", "--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--no-first-run",
];
const BARS = { 26000: { p50: 16, bytes: 260_000 }, 1000000: { p50: 50, bytes: 9_000_000 } };

/** Choices to tick one after the other; every second change takes one away again. */
const CHOICES = [
  "category=category-0", "country=AB", "link=link-0", "status=status-1", "topic=topic-2", "list=list-1",
  "confidence=confidence-0", "item-kind=kind-2", "category=category-3", "poi=1", "country=AA", "link=link-3",
];

const sizes = process.argv.slice(2).map(Number);
let missed = false;
for (const links of sizes.length ? sizes : [26000, 1000000]) {
  const folder = mkdtempSync(join(tmpdir(), "atlas-bench-"));
  const server = await generateAndServe(links, folder);
  try {
    const load = Number(loadavg()[0].toFixed(1));
    const times = await measure(`http://127.0.0.1:${server.address().port}/`);
    const result = { links, load, ...weigh(folder, links), ...times };
    console.log(JSON.stringify(result));
    const bar = BARS[links];
    missed ||= Boolean(bar) && (result.counts_ms.p50 > bar.p50 || result.columns_brotli > bar.bytes);
  } finally {
    server.close();
    rmSync(folder, { recursive: true });
  }
}
process.exit(missed ? 1 : 0);

async function generateAndServe(links, folder) {
  const example = ["run", "--release", "--quiet", "--package", "edition", "--example", "columns", "--", String(links), folder];
  execFileSync("cargo", example, { cwd: root, stdio: ["ignore", 2, 2] });
  return serve(folder);
}

async function measure(url) {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    const requests = [];
    page.on("request", (request) => requests.push(request.url()));
    const start = performance.now();
    await page.goto(url);
    await page.waitForSelector("#atlas-map[data-drawn]", { timeout: 120_000 });
    const drawn_ms = Math.round(performance.now() - start);
    const decoding_ms = Number(await page.getAttribute("#atlas-map", "data-decoding"));
    const rounds = await page.evaluate(changeFilters, [...CHOICES, ...CHOICES, ...CHOICES]);
    const origins = new Set(requests.map((request) => new URL(request).origin)).size;
    return { drawn_ms, decoding_ms, counts_ms: summary(rounds.counted), shown_ms: summary(rounds.shown), origins };
  } finally {
    await browser.close();
  }
}

/** Runs in the page: ticks choices, and measures from the tick to the event. */
async function changeFilters(choices) {
  const root = document.getElementById("atlas-map");
  const heard = (name) => new Promise((done) => root.addEventListener(name, () => done(performance.now()), { once: true }));
  const times = { counted: [], shown: [] };
  for (const choice of choices) {
    const [key, value] = choice.split("=");
    const box = document.querySelector(`input[name="${key}"][value="${value}"]`);
    // A reader pauses between two ticks; what the last one left the map to draw (in software, here) is not measured.
    await new Promise((done) => setTimeout(done, 600));
    const events = [heard("atlas-counted"), heard("atlas-shown")];
    const start = performance.now();
    box.checked = !box.checked;
    box.dispatchEvent(new Event("change", { bubbles: true }));
    const [counted, shown] = await Promise.all(events);
    times.counted.push(counted - start);
    times.shown.push(shown - start);
  }
  return times;
}

function summary(times) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (part) => Number(sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))].toFixed(1));
  return { n: sorted.length, min: at(0), p50: at(0.5), p95: at(0.95), max: at(1) };
}

function weigh(folder, links) {
  const quality = links > 100_000 ? 9 : 11;
  const packed = (name) => {
    const bytes = readFileSync(join(folder, name));
    const params = { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    return [bytes.length, brotliCompressSync(bytes, { params }).length];
  };
  const [columns, columns_brotli] = packed("columns.bin");
  const [names, names_brotli] = packed("names.json");
  return { columns, columns_brotli, names, names_brotli, brotli: quality };
}
