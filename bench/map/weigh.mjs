// Weighs what a reader's browser fetches until the map is interactive, as it crosses the wire (brotli), and
// on a telephone's connection how long that takes.
//
//   node bench/map/weigh.mjs [--times]
//
// Serves the sample with the built program. Prints the first page in English and in Chinese by kind of file,
// one line each. Exit code 1 if a page misses its bar: 60 kB before the map begins to load, 450 kB in all.
// `--times` adds the load on a throttled telephone: 1.6 Mbit/s, 150 ms there and back, a processor four times slower.
import { loadavg } from "node:os";
import { launch } from "../../browser/test/e2e/browser.mjs";
import { serveSample } from "../../browser/test/e2e/site.mjs";
import { BARS, weigh } from "../../browser/test/e2e/weight.mjs";

const [site, browser] = await Promise.all([serveSample(), launch()]);
let missed = false;
try {
  for (const path of ["/", "/zh/"]) {
    const weight = await weigh(browser, site.origin + path);
    console.log(JSON.stringify({ path, ...weight }));
    missed ||= weight.readable > BARS.readable || weight.interactive > BARS.interactive;
  }
  if (process.argv.includes("--times")) console.log(JSON.stringify({ load: loadavg()[0].toFixed(1), ...(await times()) }));
} finally {
  await browser.close();
  site.stop();
}
process.exit(missed ? 1 : 0);

/** Milliseconds from the request on: first paint, largest paint, the map drawn. */
async function times() {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  const rate = (1.6 * 1000 * 1000) / 8;
  await devtools.send("Network.emulateNetworkConditions", { offline: false, latency: 150, downloadThroughput: rate, uploadThroughput: rate / 2 });
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await page.addInitScript(() => {
    globalThis.largest = 0;
    new PerformanceObserver((list) => (globalThis.largest = list.getEntries().at(-1).startTime)).observe({ type: "largest-contentful-paint", buffered: true });
  });
  await page.goto(`${site.origin}/`, { waitUntil: "commit" });
  await page.waitForSelector("#atlas-map[data-ready]", { timeout: 120_000 });
  const found = await page.evaluate(() => ({
    first_paint_ms: Math.round(performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? -1),
    largest_paint_ms: Math.round(globalThis.largest),
    map_ms: Math.round(performance.now()),
  }));
  await context.close();
  return found;
}
