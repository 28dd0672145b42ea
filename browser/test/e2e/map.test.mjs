// The map, its list and its filter are three views of one result, in a real browser with real WebGL.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { violations } from "./axe.mjs";
import { mapAtRest, reader, sampleIn } from "./browser.mjs";
import { colours, differ, pictures } from "./picture.mjs";
import { ROOT } from "./site.mjs";
import { BARS, weigh } from "./weight.mjs";

const sample = sampleIn();

async function withMap(path, check, options = {}) {
  const visitor = await reader(sample.browser, options);
  try {
    await options.prepare?.(visitor.page);
    await visitor.page.goto(sample.origin + path);
    await mapAtRest(visitor.page);
    await check(visitor.page, visitor);
  } finally {
    await visitor.context.close();
  }
}

/** What was asked of a server since then: not what the page made itself, nor the tab's icon from the cache. */
const askedSince = (seen, before) => seen.requests.slice(before).filter((url) => !url.startsWith("blob:") && !url.includes("/assets/mark-"));
const json = async (path) => (await fetch(sample.origin + path)).json();
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
      const [picture] = await pictures(sample.browser, await page.locator("#atlas-map canvas").first().screenshot());
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
    const size = { viewport: { width: 1440, height: 1000 } };
    const none = JSON.stringify({ type: "FeatureCollection", features: [] });
    const prepare = (page) => page.route("**/lines.geojson", (route) => route.fulfill({ contentType: "application/geo+json", body: none }));
    await withMap("/", (page) => withMap("/", async (bare) => {
      for (const [group, place] of [[inWorld, world], ...apart]) {
        const invisible = await withoutLine(group, place, [page, bare]);
        assert.deepEqual(invisible, [], `cables without a line at zoom ${place.zoom}`);
      }
    }, { ...size, prepare }), size);
  });
});

/** The cables of which no line is seen in this view: where the picture is the same as that of a map without cables. */
async function withoutLine(cables, place, pages) {
  const canvas = (page) => page.locator("#atlas-map canvas").first();
  const shots = [];
  for (const page of pages) {
    await page.evaluate((hash) => (location.hash = hash), `map=${place.zoom}/${place.lat}/${place.lon}`);
    await mapAtRest(page);
    shots.push(await canvas(page).screenshot());
  }
  const box = await canvas(pages[0]).boundingBox();
  const [a, b] = await pictures(sample.browser, ...shots);
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
  const visitor = await reader(sample.browser, { javaScriptEnabled: false });
  await visitor.page.goto(`${sample.origin}${prefix}/?${query}`);
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
      assert.ok(asked.every((url) => url.startsWith(`${sample.origin}/columns/`)), asked.join(" "));
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

/** A step that changes the filter, waited for until map, list and counts show it. */
async function shownAfter(page, step) {
  const shown = page.evaluate(() => new Promise((done) => document.addEventListener("atlas-shown", () => done(), { once: true })));
  await step();
  await shown;
}

/** Names of everything on the map that keys can reach, in their order. */
const names = (page) => page.$$eval(".map-features button", (all) => all.map((button) => button.getAttribute("aria-label")));
const sheet = (page) => page.locator(".map-sheet:not([hidden])");

/** Waits until groups have their whole names. */
async function named(page) {
  await page.waitForSelector("#atlas-map[data-ready]");
  await page.waitForFunction(() => document.getElementById("atlas-map").dataset.named !== undefined);
  await mapAtRest(page);
}

/** The number that a name begins or ends with: how many links a thing on the map stands for. */
const standsFor = (name) => Number(/([\d,]+) links? (?:here|known)/.exec(name)?.[1].replace(/,/g, "") ?? 1);

describe("the keyboard alone", () => {
  test("reaches everything on the map in order, and together it is the whole list", async () => {
    await withMap("/?category=surveillance", async (page) => {
      await named(page);
      const server = await json("/links.json?category=surveillance");
      const all = await names(page);
      const facts = all.filter((name) => !name.startsWith("Cable: "));
      const tray = await number(page, ".map-tray");
      assert.equal(facts.reduce((sum, name) => sum + standsFor(name), 0) + tray, server.total);

      await page.focus("#atlas-map canvas");
      await page.keyboard.press("Tab");
      const seen = [];
      for (let step = 0; step < all.length; step++) {
        seen.push(await page.evaluate(() => document.activeElement.getAttribute("aria-label")));
        await page.keyboard.press("ArrowRight");
      }
      assert.deepEqual(seen, all, "arrow keys go through all of it, in the order in which it is read");
      const tops = await page.$$eval(".map-features button", (buttons) => buttons.map((b) => b.getBoundingClientRect().top));
      tops.forEach((top, at) => assert.ok(at === 0 || top > tops[at - 1] - 56, "from top to bottom"));
      await page.keyboard.press("Home");
      assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), all[0]);
    });
  });

  test("opens each kind of thing, and comes back to it", async () => {
    await withMap("/?category=submarine-cable", async (page) => {
      await named(page);
      const kinds = { group: /links here/, badge: /known only/, cable: /^Cable: / };
      for (const [kind, pattern] of Object.entries(kinds)) {
        const at = (await names(page)).findIndex((name) => pattern.test(name));
        assert.ok(at >= 0, kind);
        await page.locator(".map-features button").nth(at).focus();
        const name = (await names(page))[at];
        await page.keyboard.press("Enter");
        await sheet(page).waitFor();
        if (kind !== "cable") assert.equal(await sheet(page).locator(".results > li").count(), Math.min(50, standsFor(name)), name);
        assert.ok(await sheet(page).locator("a[href^='/link/'], a[href^='/item/']").count(), kind);
        assert.match(new URL(page.url()).hash, { group: /open=group/, badge: /open=country/, cable: /open=cable/ }[kind]);
        await mapAtRest(page);
        await page.keyboard.press("Escape");
        assert.equal(await sheet(page).count(), 0, "Escape closes it");
        assert.ok(await page.evaluate(() => document.activeElement.closest(".map-features")), "and the focus is on the map again");
        assert.doesNotMatch(page.url(), /open=/);
      }
    });
  });

  test("opens every single thing in turn, and what is read there is the whole list", async () => {
    await withMap("/?category=data-centre", async (page) => {
      await named(page);
      const { links, total } = await json("/links.json?category=data-centre");
      assert.ok(total > 10 && total <= 50);
      const read = new Set();
      const open = async () => {
        await page.keyboard.press("Enter");
        await sheet(page).waitFor();
        for (const href of await sheet(page).locator("a[href*='/link/']").evaluateAll((all) => all.map((a) => a.getAttribute("href")))) read.add(href.split("/").pop());
        await page.keyboard.press("Escape");
        await sheet(page).waitFor({ state: "detached" });
        await mapAtRest(page);
      };
      const all = await names(page);
      await page.focus("#atlas-map canvas");
      await page.keyboard.press("Tab");
      for (const name of all) {
        await page.keyboard.press("Home");
        const label = () => page.evaluate(() => document.activeElement.getAttribute("aria-label"));
        for (let step = 0; step < all.length && (await label()) !== name; step++) await page.keyboard.press("ArrowRight");
        assert.equal(await label(), name, "arrow keys come to it");
        await open();
      }
      const tray = page.locator(".map-tray:not([hidden])");
      if (await tray.count()) {
        await tray.focus();
        await open();
      }
      assert.deepEqual([...read].sort(), links.map(({ id }) => id).sort());
    });
  });

  test("zooms at what it has reached and stays there", async () => {
    await withMap("/?country=KE", async (page) => {
      await named(page);
      const before = await page.evaluate(() => location.hash);
      await page.locator(".map-features button").first().focus();
      await page.keyboard.press("+");
      await page.waitForFunction((hash) => location.hash !== hash, before);
      await mapAtRest(page);
      assert.ok(await page.evaluate(() => document.activeElement.closest(".map-features")));
    });
  });
});

describe("what is on the map", () => {
  test("opens under the pointer: a group lists what is in it, one link is shown whole", async () => {
    await withMap("/?category=surveillance", async (page) => {
      await named(page);
      const all = () => page.$$eval(".map-features button", (buttons) => buttons.map((b) => {
        const { x, y, width, height } = b.getBoundingClientRect();
        const at = { x: x + width / 2, y: y + height / 2 };
        return { name: b.getAttribute("aria-label"), ...at, free: document.elementFromPoint(at.x, at.y)?.tagName === "CANVAS" };
      }));
      const kinds = { group: ({ name }) => /links here/.test(name), one: ({ name }) => !/links? here|known only|^Cable/.test(name), badge: ({ name }) => /known only/.test(name) };
      for (const [kind, is] of Object.entries(kinds)) {
        const { name, x, y } = (await all()).find((each) => each.free && is(each));
        await page.mouse.click(x, y);
        await sheet(page).waitFor();
        assert.equal(await sheet(page).locator(".results > li").count(), Math.min(50, standsFor(name)), `${kind}: ${name}`);
        await sheet(page).locator(".map-sheet-close").click();
        await mapAtRest(page);
      }
    });
  });

  test("stands in the address: whoever opens it sees the same, and back closes it", async () => {
    await withMap("/?country=KE#open=link/huawei-supplies-kenya-police-nairobi", async (page) => {
      await sheet(page).waitFor();
      assert.match(await sheet(page).textContent(), /Huawei.*Nairobi/s);
      await sheet(page).locator(".map-sheet-close").click();
      await page.waitForFunction(() => !location.hash.includes("open="));
      await page.goBack();
      await sheet(page).waitFor();
      assert.match(new URL(page.url()).hash, /open=link\/huawei-supplies-kenya-police-nairobi/);
    });
  });

  test("a picked cable stays bright with its landing points named, the others fade", async () => {
    await withMap("/#map=1.6/20/60", async (page) => {
      const box = await page.locator("#atlas-map canvas").first().boundingBox();
      const shot = () => page.locator("#atlas-map canvas").first().screenshot();
      await mapAtRest(page);
      const before = await shot();
      await page.evaluate(() => (location.hash += "&open=cable/peace-cable"));
      await sheet(page).waitFor();
      await mapAtRest(page);
      const { features } = await json("/lines.geojson");
      const landings = features.filter(({ properties }) => properties.cable === "peace-cable").map(({ properties }) => properties.name);
      assert.ok(landings.length > 2);
      const listed = await sheet(page).locator(".map-landings button").allTextContents();
      assert.deepEqual(listed.sort(), landings.sort());
      assert.match(await sheet(page).textContent(), /[Ss]chematic route/);
      const [a, b] = await pictures(sample.browser, before, await shot());
      assert.ok(colours(a) > 50 && colours(b) > 50 && box.width > 0);
      await sheet(page).locator(".map-sheet-close").click();
      assert.doesNotMatch(page.url(), /cable/);
    });
  });

  test("the legend names every category of the atlas and tells drawn routes from surveyed ones", async () => {
    await withMap("/zh/", async (page) => {
      await page.click(".map-tools button >> nth=0");
      await sheet(page).waitFor();
      const words = await sheet(page).textContent();
      const { category } = await (await fetch(sample.origin + (await page.getAttribute("#atlas-map", "data-names")))).json();
      const offered = await page.$$eval("#filter input[name=category]", (inputs) => inputs.map((input) => input.value));
      for (const { id, zh } of category) if (offered.includes(id)) assert.ok(words.includes(zh), zh);
      assert.match(words, /海缆（示意）.*海缆（实测路线）/s);
    });
  });

  test("has the Pacific in the middle for whoever wants it, and the address keeps it", async () => {
    await withMap("/", async (page) => {
      await page.click(".map-tools button >> nth=1");
      await page.waitForFunction(() => location.hash.includes("centre=pacific"));
      await mapAtRest(page);
      const address = page.url();
      assert.match(address, /#map=[\d.]+\/[\d.-]+\/160(\.0)?&centre=pacific/);
      assert.equal(await drawn(page), locatedRows(), "nothing is lost");
      await withMap(new URL(address).pathname + new URL(address).hash, async (other) => {
        const [a, b] = await pictures(sample.browser, ...(await Promise.all([page, other].map((each) => each.locator("#atlas-map canvas").first().screenshot()))));
        let different = 0;
        for (let x = 10; x < a.width - 10; x += 20) for (let y = 10; y < a.height - 10; y += 20) if (differ(a, b, x, y)) different++;
        assert.ok(different < 20, `${different} places differ`);
      });
    });
  });

  test("gives its address to the clipboard, and its area to the filter", async () => {
    await withMap("/#map=4.0/0.5/37.5", async (page, { context }) => {
      await context.grantPermissions(["clipboard-read", "clipboard-write"]);
      await page.click(".map-tools button >> nth=3");
      await page.waitForFunction(() => document.querySelector(".map-copied").textContent !== "");
      assert.equal(await page.evaluate(() => navigator.clipboard.readText()), page.url());
      await named(page);
      const inView = (await names(page)).filter((name) => !/known only|^Cable/.test(name)).reduce((sum, name) => sum + standsFor(name), 0);
      await shownAfter(page, () => page.click(".map-tools button >> nth=2"));
      const query = new URL(page.url()).search.slice(1);
      assert.match(query, /^bbox=-?[\d.]+,-?[\d.]+,-?[\d.]+,-?[\d.]+$/);
      const total = await number(page, "[data-total]");
      assert.equal(total, (await json(`/links.json?${query}`)).total);
      assert.ok(total >= inView && inView > 0, "what is in view is in the list");
      assert.equal(await number(page, "[data-located]"), total, "and nothing without a place");
      await withMap(`/?${query}`, async (other) => {
        const zoom = Number(/map=([\d.]+)/.exec(new URL(other.url()).hash)[1]);
        assert.ok(zoom > 3 && zoom <= 4.1, `whoever opens the filter alone sees the area, at zoom ${zoom}`);
      });
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

  test("a country's own map shows the country, also where nothing in it has a point", async () => {
    await withMap("/country/KE", async (page) => {
      await mapAtRest(page);
      const seen = await page.$$eval(".map-features button", (all) => all.map((b) => b.getAttribute("aria-label")));
      assert.ok(seen.some((name) => name.includes("Kenya")), seen.join(" | "));
    });
  });
});

describe("the years", () => {
  const handles = ".time-track input";

  test("a handle moved by keys sets the filter, and what has no date is said to be left out", async () => {
    await withMap("/", async (page) => {
      const undated = Number(/[\d,]+/.exec(await page.textContent(".time-undated"))[0]);
      const index = await json("/links.json?from=1");
      assert.equal(index.total + undated, await number(page, "[data-total]"), "dated and undated are all");
      const first = page.locator(handles).first();
      await first.focus();
      const last = await first.getAttribute("max");
      for (let year = Number(await first.inputValue()); year < 2018; year++) await page.keyboard.press("ArrowRight");
      await page.waitForFunction(() => location.search === "?from=2018");
      await mapAtRest(page);
      await showsFilter(page, "from=2018");
      assert.match(await page.textContent(".time-undated"), new RegExp(`${undated} links? without a date`));
      assert.match(await first.getAttribute("aria-valuetext"), /^2018: \d+ links?$/);
      assert.equal(await page.locator(handles).nth(1).inputValue(), last);
      await shownAfter(page, () => page.click(".time-head button"));
      await showsFilter(page, "");
    });
  });

  test("a range drawn with the pointer sets both ends, as one step that back undoes", async () => {
    await withMap("/", async (page) => {
      const box = await page.locator(".time-track").boundingBox();
      const [first, last] = await page.$eval(handles, (input) => [Number(input.min), Number(input.max)]);
      const x = (year) => box.x + ((year - first + 0.5) / (last - first + 1)) * box.width;
      await page.mouse.move(x(2015), box.y + 8);
      await page.mouse.down();
      await page.mouse.move(x(2017), box.y + 8, { steps: 4 });
      await page.mouse.move(x(2019), box.y + 8, { steps: 4 });
      await page.mouse.up();
      await page.waitForFunction(() => location.search === "?from=2015&to=2019");
      await mapAtRest(page);
      await showsFilter(page, "from=2015&to=2019");
      const out = await page.$$eval(".time-track rect", (bars) => bars.filter((bar) => bar.classList.contains("out")).length);
      assert.equal(out, last - first + 1 - 5, "the bars outside are dimmed");
      await shownAfter(page, () => page.goBack());
      await showsFilter(page, "");
    });
  });

  test("without script the same bars stand there with their table", async () => {
    const { context, page } = await reader(sample.browser, { javaScriptEnabled: false });
    await page.goto(`${sample.origin}/?country=KE`);
    const rows = await page.$$eval("[data-time] table tbody tr", (all) => all.map((row) => [...row.children].map((cell) => cell.textContent.trim())));
    assert.ok(rows.length > 3);
    const [year, count] = rows[0];
    assert.equal((await json(`/links.json?country=KE&from=${year}&to=${year}`)).total, Number(count));
    await context.close();
  });
});

describe("the list and the form", () => {
  test("a filtered list names places, parties' countries and dates as the server does", async () => {
    for (const [prefix, query] of [["", "category=foreign-investment"], ["/zh", "country=KE"]]) {
      await withMap(`${prefix}/`, async (page) => {
        const [key, value] = query.split("=");
        await choose(page, key, value);
        const text = (page) => page.$$eval("[data-results] > li", (all) => all.map((li) => li.textContent.replace(/\s+/g, "")));
        const visitor = await reader(sample.browser, { javaScriptEnabled: false });
        await visitor.page.goto(`${sample.origin}${prefix}/?${query}`);
        assert.deepEqual(await text(page), await text(visitor.page));
        await visitor.context.close();
      });
    }
  });

  test("what says that nothing passes goes away as soon as something does", async () => {
    await withMap("/?country=KE&category=satellite-calibration", async (page) => {
      assert.ok(await page.isVisible("[data-empty]"));
      await shownAfter(page, () => page.locator("[data-reset]:visible").first().click());
      assert.ok(!(await page.isVisible("[data-empty]")));
      assert.ok(await page.isVisible("[data-more]"));
      await choose(page, "country", "KE");
      assert.equal(await page.isVisible("[data-more]"), (await number(page, "[data-total]")) > 50);
    });
  });

  test("a long list of choices can be searched in both languages without changing the filter", async () => {
    await withMap("/", async (page) => {
      await page.evaluate(() => (document.querySelector("details[data-facet=country]").open = true));
      const visible = () => page.$$eval("details[data-facet=country] .choice", (all) => all.filter((c) => !c.hidden).map((c) => c.textContent.trim().split(/\s{2,}|\d/)[0].trim()));
      const all = await visible();
      for (const [typed, name] of [["kenya", "Kenya"], ["肯尼亚", "Kenya"], ["cote", "Côte d’Ivoire"]]) {
        if (!all.includes(name)) continue;
        await page.fill("details[data-facet=country] .choice-search", typed);
        assert.deepEqual(await visible(), [name], typed);
        assert.equal(new URL(page.url()).search, "");
      }
      await page.fill("details[data-facet=country] .choice-search", "");
      assert.deepEqual(await visible(), all);
    });
  });
});

/** Runs in the page: how much of their ink two icons share, for each two that share most; 1 is the same drawing. */
async function likeness(wanted) {
  const sprite = new DOMParser().parseFromString(await (await fetch(document.getElementById("atlas-map").dataset.icons)).text(), "image/svg+xml");
  const inks = await Promise.all(
    wanted.map(async (name) => {
      const body = `<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24" fill="none" stroke="#000" stroke-width="2.2">${sprite.getElementById(name).innerHTML}</svg>`;
      const image = new Image();
      image.src = `data:image/svg+xml,${encodeURIComponent(body)}`;
      await image.decode();
      const context = new OffscreenCanvas(24, 24).getContext("2d");
      context.drawImage(image, 0, 0);
      return Array.from({ length: 576 }, (_, at) => context.getImageData(at % 24, Math.floor(at / 24), 1, 1).data[3] > 96);
    }),
  );
  const shared = (a, b) => a.filter((ink, at) => ink && b[at]).length / a.filter((ink, at) => ink || b[at]).length;
  return wanted.flatMap((name, at) => wanted.slice(at + 1).map((other, more) => [shared(inks[at], inks[at + 1 + more]), name, other])).sort((a, b) => b[0] - a[0]);
}

test("the icons of categories are told apart by their drawing alone, at the size of a line of text", async (t) => {
  const { context, page } = await reader(sample.browser, { javaScriptEnabled: true });
  await page.goto(`${sample.origin}/`);
  const { category } = await (await fetch(sample.origin + (await page.getAttribute("#atlas-map", "data-names")))).json();
  const icons = category.map(({ icon }) => icon);
  assert.equal(new Set(icons).size, icons.length, "every category has an icon of its own");
  const alike = await page.evaluate(likeness, icons);
  for (const [share, one, other] of alike.slice(0, 5)) t.diagnostic(`${one} and ${other} share ${share.toFixed(2)} of their ink`);
  assert.deepEqual(alike.filter(([share]) => share > 0.6), []);
  await context.close();
});

describe("what opens on the map is accessible", () => {
  for (const colorScheme of ["light", "dark"]) {
    test(`in the ${colorScheme} theme: a cable, a group, the legend, a range of years`, async () => {
      await withMap("/?category=submarine-cable#open=cable/peace-cable", async (page) => {
        await sheet(page).waitFor();
        assert.deepEqual(await violations(page), []);
        await page.keyboard.press("Escape");
        await named(page);
        const group = (await names(page)).findIndex((name) => /links here/.test(name));
        await page.locator(".map-features button").nth(group).focus();
        await page.keyboard.press("Enter");
        await sheet(page).waitFor();
        assert.deepEqual(await violations(page), []);
        await page.keyboard.press("Escape");
        await page.locator(".map-tools button").first().press("Enter");
        await sheet(page).waitFor();
        await page.locator(".time-track input").first().press("ArrowRight");
        await page.waitForFunction(() => location.search.includes("from="));
        assert.deepEqual(await violations(page), []);
      }, { colorScheme, reducedMotion: "reduce" });
    });
  }
});

describe("on a telephone", () => {
  test("what is picked comes up from below, leaves the map in sight, and nothing is wider than the screen", async () => {
    await withMap("/#open=cable/peace-cable", async (page) => {
      await sheet(page).waitFor();
      await mapAtRest(page);
      const box = await sheet(page).boundingBox();
      assert.ok(box.y > 250 && Math.abs(box.y + box.height - 844) < 2, `${box.y} ${box.height}`);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390);
    }, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  });
});

describe("the first page's weight", () => {
  test("is within its bars: to read, and with the whole map", async (t) => {
    const weight = await weigh(sample.browser, `${sample.origin}/`);
    t.diagnostic(JSON.stringify(weight));
    assert.ok(weight.columns > 5000 && weight.code > 100_000 && weight.basemap > 20_000, "everything was counted");
    assert.equal(weight.other, 0, "nothing else is fetched");
    assert.ok(weight.readable <= BARS.readable, `${weight.readable} bytes before the map`);
    assert.ok(weight.interactive <= BARS.interactive, `${weight.interactive} bytes in all`);
  });
});

describe("without JavaScript", () => {
  test("the filter form gives the same result by GET", async () => {
    const { context, page } = await reader(sample.browser, { javaScriptEnabled: false });
    await page.goto(`${sample.origin}/`);
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

describe("on paper", () => {
  test("the map is printed as it is on the screen, and without script as its picture", async () => {
    await withMap("/?country=KE", async (page) => {
      await page.waitForSelector("#atlas-map[data-ready]");
      await page.emulateMedia({ media: "print" });
      await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
      const paper = page.locator("#atlas-map .map-print");
      assert.ok((await paper.boundingBox()).height > 100);
      const drawn = await paper.evaluate((canvas) => {
        const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        return new Set(new Uint32Array(data.buffer)).size;
      });
      assert.ok(drawn > 50, `${drawn} colours are no map`);
      assert.ok(!(await page.isVisible(".map-tools")) && !(await page.isVisible(".map-canvas")));
    });
    const { context, page } = await reader(sample.browser, { javaScriptEnabled: false });
    await page.emulateMedia({ media: "print" });
    await page.goto(`${sample.origin}/?country=KE`);
    assert.ok((await page.locator("#atlas-map .map-picture img").boundingBox()).height > 100);
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
    const { context, page } = await reader(sample.browser);
    await noWebGl(page);
    await page.goto(`${sample.origin}/`);
    await page.waitForSelector("#atlas-map .map-note[role=status]");
    await choose(page, "country", "KE");
    const server = await json("/links.json?country=KE");
    assert.equal(await number(page, "[data-total]"), server.total);
    assert.deepEqual(await listed(page), server.links.map(({ id }) => id));
    await context.close();
  });
});
