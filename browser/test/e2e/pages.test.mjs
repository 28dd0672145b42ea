// What pages say with and without JavaScript, and what they refuse. `walk.test.mjs` looks at every kind of page in every way.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { mapAtRest, reader, sampleIn } from "./browser.mjs";
import { LANGUAGES, REFUSALS, hasMap } from "./kinds.mjs";

const sample = sampleIn();

/** Opens a page as a new reader, waits until it is at rest, and hands it to the test. */
async function visit(path, options, check) {
  const visitor = await reader(sample.browser, options);
  try {
    const response = await visitor.page.goto(sample.origin + path);
    if (options.javaScriptEnabled !== false && (await hasMap(visitor.page))) await mapAtRest(visitor.page);
    await check(visitor.page, response, visitor);
  } finally {
    await visitor.context.close();
  }
}

/** What a reader can read: the words of the page's main part, without spaces. */
const words = (page) => page.evaluate(() => document.querySelector("main").textContent.replace(/\s+/g, ""));

describe("a page without JavaScript is complete", () => {
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
