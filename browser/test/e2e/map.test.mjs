// The map, its list and its filter are three views of one result, in a real browser with real WebGL.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { launch, mapAtRest, reader } from "./browser.mjs";
import { colours, differ, pictures } from "./picture.mjs";
import { ROOT, serveSample } from "./site.mjs";

let site, browser;
before(async () => {
  [site, browser] = await Promise.all([serveSample(), launch()]);
});
after(async () => {
  await browser?.close();
  site?.stop();
});

async function withMap(path, check, options = {}) {
  const visitor = await reader(browser, options);
  try {
    await options.prepare?.(visitor.page);
    await visitor.page.goto(site.origin + path);
    await mapAtRest(visitor.page);
    await check(visitor.page, visitor);
  } finally {
    await visitor.context.close();
  }
}

/** What was asked of a server since then: not what the page made itself, nor the tab's icon from the cache. */
const askedSince = (seen, before) => seen.requests.slice(before).filter((url) => !url.startsWith("blob:") && !url.includes("/assets/mark-"));
const json = async (path) => (await fetch(site.origin + path)).json();
const number = async (page, selector) => Number((await page.textContent(selector)).replace(/\D/g, ""));
const drawn = (page) => page.evaluate(() => Number(document.getElementById("atlas-map").dataset.drawn));
const listed = (page) => page.$$eval("[data-results] a[href*='/link/']", (links) => [...new Set(links.map((a) => a.getAttribute("href").split("/").pop()))]);
const counts = (page) => page.$$eval("[data-count]", (all) => Object.fromEntries(all.map((e) => [e.dataset.count, e.textContent.replace(/\D/g, "")])));

/** Rows of the sample's tables with a point, counted without the program: lines whose eighth and ninth field are filled. */
function locatedRows() {
  const folders = ["foundation", "deployments", "networks", "coverage"];
  const rows = folders.flatMap((folder) => parseCsv(readFileSync(join(ROOT, "sample", folder, "relations.csv"), "utf8")));
  return rows.filter((row) => /^-?\d/.test(row[7]) && /^-?\d/.test(row[8])).length;
}

/** CSV as in RFC 4180. */
function parseCsv(text) {
  const field = /("(?:[^"]|"")*"|[^,\n]*)(,|\n|$)/y;
  const rows = [[]];
  for (let match; field.lastIndex < text.length && (match = field.exec(text)); ) {
    rows.at(-1).push(match[1]);
    if (match[2] === "\n") rows.push([]);
  }
  return rows;
}

describe("the whole map", () => {
  test("shows every located link of the sample, in groups and points", async () => {
    await withMap("/", async (page) => {
      const located = locatedRows();
      assert.ok(located > 300);
      assert.equal(await number(page, "[data-located]"), located);
      assert.equal(await drawn(page), located);
      const [picture] = await pictures(browser, await page.locator("#atlas-map canvas").first().screenshot());
      assert.ok(colours(picture) > 50, `${colours(picture)} colours are no map`);
    });
  });

  test("draws every cable as a line", async () => {
    const { features } = await json("/lines.geojson");
    const cables = features.filter(({ geometry }) => geometry.type === "MultiLineString");
    const rows = parseCsv(readFileSync(join(ROOT, "sample/networks/cables.csv"), "utf8"));
    const wanted = rows.filter((row) => row[7]?.includes(";")).map((row) => row[0]);
    assert.deepEqual(cables.map(({ id }) => id).sort(), wanted.sort(), "a line for every row with two landing points");
    const world = { zoom: 1, lat: 15, lon: 90 };
    const inWorld = cables.filter((cable) => samples(cable, world).length > 0);
    const apart = cables.filter((cable) => !inWorld.includes(cable)).map((cable) => [[cable], near(cable)]);
    for (const [group, place] of [[inWorld, world], ...apart]) {
      const invisible = await withoutLine(group, place);
      assert.deepEqual(invisible, [], `cables without a line at zoom ${place.zoom}`);
    }
  });
});

/** The cables of which no line is seen in this view: where the picture is the same as without any cable. */
async function withoutLine(cables, place) {
  const hash = `/#map=${place.zoom}/${place.lat}/${place.lon}`;
  const shot = async (options) => {
    let png, box;
    await withMap(hash, async (page) => {
      const canvas = page.locator("#atlas-map canvas").first();
      [png, box] = [await canvas.screenshot(), await canvas.boundingBox()];
    }, options);
    return { png, box };
  };
  const none = JSON.stringify({ type: "FeatureCollection", features: [] });
  const empty = (page) => page.route("**/lines.geojson", (route) => route.fulfill({ contentType: "application/geo+json", body: none }));
  const size = { viewport: { width: 1440, height: 1000 } };
  const { png: drawn, box } = await shot(size);
  const { png: bare } = await shot({ ...size, prepare: empty });
  const [a, b] = await pictures(browser, drawn, bare);
  const seen = (cable) => samples(cable, place, box).some(([x, y]) => differ(a, b, x, y));
  return cables.filter((cable) => !seen(cable)).map((cable) => cable.id);
}

/** Points in the middle of a cable's longer stretches, in pixels of the map's picture. */
function samples(cable, place, box = { width: 800, height: 500 }) {
  const scale = 512 * 2 ** place.zoom;
  const [cx, cy] = mercator([place.lon, place.lat], scale);
  const points = cable.geometry.coordinates.flatMap((line) =>
    line.slice(1).flatMap((to, at) => {
      const [[x0, y0], [x1, y1]] = [mercator(line[at], scale), mercator(to, scale)];
      if (Math.hypot(x1 - x0, y1 - y0) < 40) return [];
      return [0.4, 0.5, 0.6].map((t) => [box.width / 2 + x0 + t * (x1 - x0) - cx, box.height / 2 + y0 + t * (y1 - y0) - cy]);
    }),
  );
  return points.filter(([x, y]) => x > 4 && y > 4 && x < box.width - 4 && y < box.height - 4);
}

/** A view that a cable fills. */
function near(cable) {
  const points = cable.geometry.coordinates.flat();
  const [lons, lats] = [0, 1].map((axis) => points.map((point) => point[axis]));
  const middle = (values) => (Math.min(...values) + Math.max(...values)) / 2;
  const span = Math.max(Math.max(...lons) - Math.min(...lons), Math.max(...lats) - Math.min(...lats));
  return { zoom: Math.floor(Math.log2((360 * 400) / (512 * span))), lat: middle(lats), lon: middle(lons) };
}

function mercator([lon, lat], scale) {
  const sin = Math.sin((lat * Math.PI) / 180);
  return [((lon + 180) / 360) * scale, (0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) * scale];
}

/** Ticks or unticks a choice as a reader does, and waits until the page has shown what it means. */
async function choose(page, key, value) {
  const shown = page.evaluate(() => new Promise((done) => document.addEventListener("atlas-shown", () => done(), { once: true })));
  await page.evaluate((key) => (document.querySelector(`details[data-facet="${key}"]`).open = true), key);
  await page.locator(`#filter input[name="${key}"][value="${value}"]`).click();
  await shown;
}

/** Asserts that totals, counts, list, map and address all show this filter. */
async function showsFilter(page, query, prefix = "") {
  const server = await json(`/links.json?${query}`);
  assert.equal(new URL(page.url()).search, query && `?${query}`);
  assert.equal(await number(page, "[data-total]"), server.total);
  assert.equal(await number(page, "[data-located]"), server.located);
  assert.deepEqual(await listed(page), server.links.map(({ id }) => id));
  await page.waitForFunction((located) => Number(document.getElementById("atlas-map").dataset.drawn) === located, server.located);
  const visitor = await reader(browser, { javaScriptEnabled: false });
  await visitor.page.goto(`${site.origin}${prefix}/?${query}`);
  const [here, there] = [await counts(page), await counts(visitor.page)];
  const both = Object.keys(there).filter((name) => name in here);
  assert.ok(both.length > 100);
  for (const name of both) assert.equal(here[name], there[name], `${name} under ${query}`);
  await visitor.context.close();
}

describe("a change of the filter", () => {
  test("changes map, list, counts and address together without any request", async () => {
    await withMap("/", async (page, { seen }) => {
      const before = seen.requests.length;
      await choose(page, "category", "smart-city-public-security");
      await choose(page, "category", "surveillance");
      await choose(page, "confidence", "confirmed");
      assert.deepEqual(askedSince(seen, before), []);
      await showsFilter(page, "category=smart-city-public-security&category=surveillance&confidence=confirmed");
      await choose(page, "category", "surveillance");
      await choose(page, "list", "us-entity-list");
      await choose(page, "item-kind", "company");
      assert.deepEqual(askedSince(seen, before), []);
      await showsFilter(page, "item-kind=company&category=smart-city-public-security&list=us-entity-list&confidence=confirmed");
    });
  });

  test("is undone and done again by back and forward", async () => {
    await withMap("/", async (page) => {
      await choose(page, "country", "KE");
      await choose(page, "topic", "surveillance");
      const step = async (go, query) => {
        const shown = page.evaluate(() => new Promise((done) => document.addEventListener("atlas-shown", () => done(), { once: true })));
        await page.evaluate(go);
        await shown;
        await showsFilter(page, query);
      };
      await step(() => history.back(), "country=KE");
      assert.ok(await page.isChecked("#filter input[name=country][value=KE]"));
      assert.ok(!(await page.isChecked("#filter input[name=topic][value=surveillance]")));
      await step(() => history.back(), "");
      await step(() => history.forward(), "country=KE");
      await step(() => history.forward(), "topic=surveillance&country=KE");
    });
  });

  test("is what the address says when a page is opened or sent to somebody", async () => {
    const query = "category=5g&country=MY&country=KE&from=2015";
    await withMap(`/zh/?${query}`, async (page) => {
      assert.ok(await page.isChecked("#filter input[name=country][value=MY]"));
      const server = await json(`/links.json?${query}`);
      assert.equal(await number(page, "[data-total]"), server.total);
      assert.equal(await drawn(page), server.located);
    });
  });

  test("by text asks our own server alone and finds names in Chinese too", async () => {
    await withMap("/", async (page, { seen }) => {
      const shown = page.evaluate(() => new Promise((done) => document.addEventListener("atlas-shown", () => done(), { once: true })));
      const before = seen.requests.length;
      await page.fill("#filter-q", "海康威视");
      await page.press("#filter-q", "Enter");
      await shown;
      const asked = askedSince(seen, before);
      assert.ok(asked.every((url) => url.startsWith(`${site.origin}/columns/`)), asked.join(" "));
      assert.ok((await number(page, "[data-total]")) > 10);
      await showsFilter(page, `q=${encodeURIComponent("海康威视")}`);
    });
  });

  test("leads to downloads of exactly what is shown", async () => {
    await withMap("/", async (page) => {
      await choose(page, "country", "KE");
      const hrefs = await page.$$eval("a[data-filtered]", (links) => links.map((a) => a.getAttribute("href")));
      assert.ok(hrefs.length >= 3);
      for (const href of hrefs) assert.match(href, /\?country=KE$/);
    });
  });

  test("to nothing says so, and one click takes all of it back", async () => {
    await withMap("/?country=KE&category=satellite-calibration", async (page) => {
      assert.equal(await number(page, "[data-total]"), 0);
      const shown = page.evaluate(() => new Promise((done) => document.addEventListener("atlas-shown", () => done(), { once: true })));
      await page.locator("[data-reset]:visible").first().click();
      await shown;
      await showsFilter(page, "");
    });
  });
});

describe("what is on the map", () => {
  test("opens: a point leads to its record, a group lists what is in it", async () => {
    await withMap("/?item=cloudwalk", async (page) => {
      const box = await page.locator("#atlas-map canvas").first().boundingBox();
      const found = { record: false, list: false };
      const steps = [...Array(26 * 18).keys()].map((n) => [((n % 26) + 0.5) / 26, (Math.floor(n / 26) + 0.5) / 18]);
      for (const [x, y] of steps) {
        await page.mouse.move(box.x + x * box.width, box.y + y * box.height);
        if ((await page.$eval("#atlas-map canvas", (canvas) => canvas.style.cursor)) !== "pointer") continue;
        await page.mouse.click(box.x + x * box.width, box.y + y * box.height);
        await page.waitForTimeout(150);
        found.record ||= (await page.locator(".map-popup a[href^='/link/']").count()) > 0;
        found.list ||= (await page.locator(".map-drawer:not([hidden]) a[href^='/link/']").count()) > 1;
        if (found.record && found.list) break;
      }
      assert.ok(found.record || found.list, "nothing on the map could be opened");
    });
  });

  test("is the same in the dark and in Chinese", async () => {
    for (const path of ["/", "/zh/"]) {
      await withMap(path, async (page) => {
        await page.emulateMedia({ colorScheme: "dark" });
        await mapAtRest(page);
        assert.equal(await drawn(page), locatedRows());
      });
    }
  });
});

describe("without JavaScript", () => {
  test("the filter form gives the same result by GET", async () => {
    const { context, page } = await reader(browser, { javaScriptEnabled: false });
    await page.goto(`${site.origin}/`);
    await page.locator("details[data-facet=country] summary").click();
    await page.check("#filter input[name=country][value=KE]");
    await page.locator("details:has(input[name=from]) > summary").click();
    await page.fill("#filter input[name=from]", "2015");
    await page.locator("#filter button[type=submit]").first().click();
    const server = await json("/links.json?country=KE&from=2015");
    assert.equal(await number(page, "[data-total]"), server.total);
    assert.deepEqual(await listed(page), server.links.map(({ id }) => id));
    assert.ok(await page.isChecked("#filter input[name=country][value=KE]"), "the form shows what was asked for");
    await context.close();
  });
});

describe("without WebGL", () => {
  test("list, counts and filter work and a note says why there is no map", async () => {
    const noWebGl = (page) => page.addInitScript(() => {
      const original = HTMLCanvasElement.prototype.getContext;
      HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
        return kind.startsWith("webgl") ? null : original.call(this, kind, ...rest);
      };
    });
    const { context, page } = await reader(browser);
    await noWebGl(page);
    await page.goto(`${site.origin}/`);
    await page.waitForSelector("#atlas-map .map-note[role=status]");
    await choose(page, "country", "KE");
    const server = await json("/links.json?country=KE");
    assert.equal(await number(page, "[data-total]"), server.total);
    assert.deepEqual(await listed(page), server.links.map(({ id }) => id));
    await context.close();
  });
});
