// Chromium as a reader has it, and a record of everything it asks for and complains about.
import { after, before } from "node:test";
import { chromium } from "playwright-core";
import { chromiumOrInstall } from "../../../tools/house/chromium.mjs";
import { serveSample } from "./site.mjs";

const FLAGS = [
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  // No name but our own host's is ever looked up, so that a request elsewhere can't get away unseen.
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
];

export function launch() {
  return chromium.launch({ executablePath: chromiumOrInstall(), args: FLAGS });
}

/** The sample, served, and a browser beside it, for as long as the tests last among which this is called. */
export function sampleIn(start = launch) {
  const sample = { origin: "", browser: undefined };
  let stop;
  before(async () => {
    const [site, browser] = await Promise.all([serveSample(), start()]);
    stop = site.stop;
    Object.assign(sample, { origin: site.origin, browser });
  });
  after(async () => {
    await sample.browser?.close();
    stop?.();
  });
  return sample;
}

/** A fresh reader: an own context with one page, and what it did. */
export async function reader(browser, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, serviceWorkers: "allow", ...options });
  const page = await context.newPage();
  const seen = { requests: [], complaints: [], cookies: [] };
  context.on("request", (request) => seen.requests.push(request.url()));
  context.on("response", async (response) => {
    const headers = await response.allHeaders().catch(() => ({}));
    if (headers["set-cookie"]) seen.cookies.push(response.url());
  });
  page.on("pageerror", (error) => seen.complaints.push(String(error)));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) seen.complaints.push(`${message.type()}: ${message.text()}`);
  });
  return { context, page, seen };
}

/** Everything that the page has left behind in the browser; all of it has to be empty. */
export async function traces(context, page) {
  const stored = await page.evaluate(async () => ({
    local: localStorage.length,
    session: sessionStorage.length,
    databases: (await indexedDB.databases()).length,
    caches: (await caches.keys()).length,
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    cookie: document.cookie.length,
  }));
  return { ...stored, cookies: (await context.cookies()).length };
}

export const NO_TRACES = { local: 0, session: 0, databases: 0, caches: 0, workers: 0, cookie: 0, cookies: 0 };

/** Waits until map, list and counts show the filter of the address and nothing moves any more. */
export async function mapAtRest(page) {
  await page.waitForSelector("#atlas-map[data-drawn]", { timeout: 60_000 });
  let last = null;
  for (let same = 0; same < 3; ) {
    await page.waitForTimeout(150);
    const now = await page.evaluate(() => [document.getElementById("atlas-map").dataset.drawn, location.href].join(" "));
    same = now === last ? same + 1 : 0;
    last = now;
  }
}
