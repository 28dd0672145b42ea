// How long pages take on a telephone with a slow connection, and what they weigh, in bytes apart by kind; written to
// docs/results/load.md.
//
//   node bench/map/load.mjs [RUNS]
//
// Serves the sample with the built program (a release build where there is one). Chromium at 390 pixels with a processor four times
// slower and a connection of 1.6 Mbit/s down, 0.75 Mbit/s up and 150 ms there and back ("slow 4G"). The figures are medians of RUNS
// (3); each run is a new reader with an empty cache.
import { writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { launch } from "../../browser/test/e2e/browser.mjs";
import { ROOT, program, serveSample } from "../../browser/test/e2e/site.mjs";
import { kindOf } from "../../browser/test/e2e/weight.mjs";

const RUNS = Number(process.argv[2] ?? 3);
const PAGES = ["/", "/zh/", "/?country=KE", "/links", "/item/huawei", "/item/huawei/connections", "/country/KE", "/story/cloudwalk-zimbabwe", "/figures", "/zh/item/hikvision"];
const KINDS = ["page", "style", "icons", "code", "basemap", "columns", "cables", "picture", "other"];

const [site, browser] = await Promise.all([serveSample(), launch()]);
const rows = [];
const before = loadavg()[0];
try {
  for (const path of PAGES) {
    const runs = [];
    for (let run = 0; run < RUNS; run++) runs.push(await visit(path));
    const median = (name) => runs.map((run) => run[name]).sort((a, b) => a - b)[Math.floor(RUNS / 2)];
    rows.push(Object.fromEntries(Object.keys(runs[0]).map((name) => [name, name === "path" ? path : median(name)])));
    console.log(JSON.stringify(rows.at(-1)));
  }
} finally {
  await browser.close();
  site.stop();
}
writeFileSync(join(ROOT, "docs/results/load.md"), written(rows, [before, loadavg()[0]]));

/** One visit: paints and the map in milliseconds from the request on, how far things jumped, bytes by kind. */
async function visit(path) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Network.emulateNetworkConditions", { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750 });
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await page.addInitScript(watch);
  const finished = [];
  context.on("requestfinished", (request) => finished.push(request));
  await page.goto(site.origin + path, { waitUntil: "load", timeout: 120_000 });
  const hasMap = (await page.locator("#atlas-map").count()) > 0;
  if (hasMap) await page.waitForSelector("#atlas-map[data-ready]", { timeout: 120_000 });
  const times = await page.evaluate(() => ({
    first_paint: Math.round(performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? -1),
    largest_paint: Math.round(globalThis.seen.largest),
    shift: Number(globalThis.seen.shift.toFixed(3)),
    read: Math.round(performance.getEntriesByType("navigation")[0].domInteractive),
    map: document.querySelector("#atlas-map[data-ready]") ? Math.round(performance.now()) : -1,
  }));
  const bytes = Object.fromEntries(KINDS.map((kind) => [kind, 0]));
  for (const request of finished.filter((each) => each.url().startsWith("http"))) {
    const { responseBodySize, responseHeadersSize } = await request.sizes().catch(() => ({ responseBodySize: 0, responseHeadersSize: 0 }));
    bytes[request.isNavigationRequest() ? "page" : kindOf(new URL(request.url()))] += responseBodySize + responseHeadersSize;
  }
  await context.close();
  return { path, ...times, ...bytes };
}

/** Runs in the page from its beginning. */
function watch() {
  globalThis.seen = { largest: 0, shift: 0 };
  new PerformanceObserver((list) => (globalThis.seen.largest = list.getEntries().at(-1).startTime)).observe({ type: "largest-contentful-paint", buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.seen.shift += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
}

function written(rows, load) {
  const seconds = (ms) => (ms < 0 ? "" : (ms / 1000).toFixed(1));
  const kilo = (bytes) => (bytes ? (bytes / 1000).toFixed(1) : "");
  const line = (cells) => `| ${cells.join(" | ")} |`;
  const times = rows.map((row) => line([`\`${row.path}\``, seconds(row.first_paint), seconds(row.largest_paint), seconds(row.read), seconds(row.map), row.shift]));
  const sum = (row) => KINDS.reduce((all, kind) => all + row[kind], 0);
  const weights = rows.map((row) => line([`\`${row.path}\``, kilo(sum(row)), ...KINDS.map((kind) => kilo(row[kind]))]));
  return `# Pages on a telephone with a slow connection

Written by \`node bench/map/load.mjs\`: the sample, a ${program().includes("release") ? "release" : "debug"} build, Chromium at 390 pixels, a processor four times slower than this machine's
(${cpus().length} cores, no graphics card), 1.6 Mbit/s down, 0.75 Mbit/s up, 150 ms there and back, an empty cache. Medians of ${RUNS}. The load average of the machine was ${load.map((each) => each.toFixed(1)).join(" before and ")} after;
other work makes the times longer, not the weights.

## Seconds from the request on

| page | first paint | largest paint | can be read | map open to keys | layout shift |
|---|---|---|---|---|---|
${times.join("\n")}

## Kilobytes over the wire, headers included

| page | all | ${KINDS.join(" | ")} |
|---|---|${KINDS.map(() => "---").join("|")}|
${weights.join("\n")}
`;
}
