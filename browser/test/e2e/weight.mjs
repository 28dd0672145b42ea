// What a page weighs on the wire, by kind of file.

/** Bytes, compressed: what can be read before the map begins to load, and all until the map is interactive. */
export const BARS = { readable: 60_000, interactive: 450_000 };

const KINDS = [
  ["page", (url) => /\/(zh\/?)?$/.test(url.pathname)],
  ["style", (url) => url.pathname.endsWith(".css")],
  ["code", (url) => url.pathname.endsWith(".js")],
  ["basemap", (url) => url.pathname.includes("/basemap")],
  ["columns", (url) => url.pathname.startsWith("/columns/")],
  ["cables", (url) => url.pathname.endsWith("/lines.geojson")],
  ["icons", (url) => url.pathname.endsWith(".svg")],
  ["picture", (url) => /\/map\.png$|\/figures\/.*\.png$/.test(url.pathname)],
];

/** The kind of file at an address. */
export const kindOf = (url) => (KINDS.find(([, is]) => is(url)) ?? ["other"])[0];

/** Opens a page as a new reader and sums what came, by kind; whatever has no kind is `other`. */
export async function weigh(browser, address) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const sizes = [];
  context.on("requestfinished", (request) => sizes.push(size(request)));
  await page.goto(address);
  await page.waitForSelector("#atlas-map[data-ready]", { timeout: 60_000 });
  const all = (await Promise.all(sizes)).filter(({ url }) => /^http/.test(url.protocol));
  const weight = { page: 0, style: 0, code: 0, basemap: 0, columns: 0, cables: 0, icons: 0, picture: 0, other: 0 };
  // A file that two threads load comes over the wire once: the other gets it from the cache.
  const files = new Map();
  for (const { url, bytes } of all) files.set(url.href, { url, bytes: Math.max(bytes, files.get(url.href)?.bytes ?? 0) });
  for (const { url, bytes } of files.values()) {
    weight[kindOf(url)] += bytes;
  }
  const interactive = Object.values(weight).reduce((sum, bytes) => sum + bytes, 0);
  await context.close();
  return { readable: weight.page + weight.style + weight.icons, interactive, ...weight };
}

async function size(request) {
  const { responseBodySize, responseHeadersSize } = await request.sizes().catch(() => ({ responseBodySize: 0, responseHeadersSize: 0 }));
  return { url: new URL(request.url()), bytes: responseBodySize + responseHeadersSize };
}
