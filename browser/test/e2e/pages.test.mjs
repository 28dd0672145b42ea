// Every kind of page, in both languages: complete with and without JavaScript, to itself, accessible.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";
import { NO_TRACES, launch, mapAtRest, reader, traces } from "./browser.mjs";
import { LANGUAGES, PAGES, REFUSALS, hasMap } from "./kinds.mjs";
import { serveSample } from "./site.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const addresses = Object.entries(LANGUAGES).flatMap(([lang, prefix]) =>
  Object.entries(PAGES).map(([kind, path]) => ({ lang, kind, path: prefix + path })),
);

let site, browser;
before(async () => {
  [site, browser] = await Promise.all([serveSample(), launch()]);
});
after(async () => {
  await browser?.close();
  site?.stop();
});

/** Opens a page as a new reader, waits until it is at rest, and hands it to the test. */
async function visit(path, options, check) {
  const visitor = await reader(browser, options);
  try {
    const response = await visitor.page.goto(site.origin + path);
    if (options.javaScriptEnabled !== false && (await hasMap(visitor.page))) await mapAtRest(visitor.page);
    await check(visitor.page, response, visitor);
  } finally {
    await visitor.context.close();
  }
}

/** Remarks on the machine's graphics, and on policies for features that this browser does not have. */
const HARMLESS = /swiftshader|GPU stall|WebGL|Permissions-Policy header: Unrecognized feature/i;

/** What a reader can read: the words of the page's main part, without spaces. */
const words = (page) => page.evaluate(() => document.querySelector("main").textContent.replace(/\s+/g, ""));

/** What the accessibility checker calls serious or critical: all its rules, or only some. */
async function violations(page, rules) {
  await page.evaluate(AXE);
  const runOnly = rules && { type: "rule", values: rules };
  const all = await page.evaluate((runOnly) => axe.run(document, { resultTypes: ["violations"], ...(runOnly && { runOnly }) }), runOnly);
  const grave = all.violations.filter(({ impact }) => ["serious", "critical"].includes(impact));
  return grave.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 160))} (${nodes.length})`);
}

/** What makes the page wider than the screen; nothing if it is not. */
function sideways(page) {
  return page.evaluate(() => {
    if (document.documentElement.scrollWidth <= innerWidth) return [];
    const wide = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > innerWidth + 1);
    return [`${document.documentElement.scrollWidth} pixels`, ...wide.slice(-3).map((e) => e.outerHTML.slice(0, 120))];
  });
}

describe("a page with JavaScript contacts nobody else, keeps nothing, complains of nothing and is accessible", () => {
  for (const { lang, kind, path } of addresses) {
    test(`${kind}, ${lang}`, async () => {
      await visit(path, { reducedMotion: "reduce" }, async (page, response, { context, seen }) => {
        const elsewhere = seen.requests.filter((url) => !url.startsWith(`${site.origin}/`) && !/^(blob|data):/.test(url));
        const found = {
          status: response.status(),
          lang: await page.getAttribute("html", "lang"),
          elsewhere,
          cookies: seen.cookies,
          traces: await traces(context, page),
          complaints: seen.complaints.filter((line) => !HARMLESS.test(line)),
          light: await violations(page),
          dark: await page.emulateMedia({ colorScheme: "dark" }).then(() => violations(page, ["color-contrast"])),
          wide: await page.setViewportSize({ width: 390, height: 844 }).then(() => sideways(page)),
        };
        const wanted = { status: 200, lang, elsewhere: [], cookies: [], traces: NO_TRACES, complaints: [], light: [], dark: [], wide: [] };
        assert.deepEqual(found, wanted);
      });
    });
  }
});

describe("a page without JavaScript is complete", () => {
  for (const { lang, kind, path } of addresses) {
    test(`${kind}, ${lang}`, async () => {
      await visit(path, { javaScriptEnabled: false, viewport: { width: 390, height: 844 } }, async (page, response, { seen }) => {
        assert.equal(response.status(), 200);
        assert.ok((await page.locator("main h1").count()) >= 1, "a heading of the first level");
        assert.ok((await words(page)).length > 200, "there is something to read");
        const scripts = seen.requests.filter((url) => /\.js$|\.bin$|columns/.test(url));
        assert.deepEqual(scripts, [], "nothing is fetched that only a script can use");
        assert.deepEqual(await sideways(page), [], "nothing to scroll to the side");
      });
    });
  }

  test("a record reads the same as with JavaScript", async () => {
    for (const path of ["/item/us-entity-list", "/link/huawei-supplies-kenya-police-nairobi", "/source/aspi-2019-11", "/glossary", "/about", "/zh/items"]) {
      const texts = [];
      for (const javaScriptEnabled of [true, false]) {
        await visit(path, { javaScriptEnabled }, async (page) => {
          const text = await page.evaluate(() => {
            const main = document.querySelector("main").cloneNode(true);
            main.querySelector("#atlas-map")?.remove();
            return main.textContent.replace(/\s+/g, " ");
          });
          texts.push(text);
        });
      }
      assert.equal(texts[0], texts[1], path);
    }
  });
});

describe("what is not there is refused in words", () => {
  for (const [path, status] of Object.entries(REFUSALS)) {
    test(`${path} is ${status}`, async () => {
      for (const prefix of Object.values(LANGUAGES)) {
        await visit(prefix + path, { javaScriptEnabled: false }, async (page, response) => {
          assert.equal(response.status(), status);
          assert.ok((await words(page)).length > 20);
          assert.ok((await page.locator("main a").count()) + (await page.locator("header a").count()) > 2, "there is a way on");
        });
      }
    });
  }
});

test("a key that other sites append is ignored with a note and a canonical address", async () => {
  await visit("/links?utm_source=elsewhere&country=KE", { javaScriptEnabled: false }, async (page, response) => {
    assert.equal(response.status(), 200);
    assert.match(await page.locator("main").textContent(), /utm_source/);
    assert.equal(await page.getAttribute("link[rel=canonical]", "href"), "/links?country=KE");
  });
});
