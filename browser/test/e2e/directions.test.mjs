// Words longer than ours, and a script from right to left: no page breaks. There is no such language yet, so
// the words of a page are put into a pseudo-locale when it is at rest.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { mapAtRest, reader, sampleIn } from "./browser.mjs";
import { hasMap, pathOf } from "./kinds.mjs";

const sample = sampleIn();

/** Runs in the page: every word 40 % longer; in the pseudo-locale, in Arabic letters. */
function lengthen(arabic) {
  if (arabic) Object.assign(document.documentElement, { dir: "rtl", lang: "ar" });
  const letters = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي";
  const word = (text) => {
    const longer = text + text.slice(0, Math.ceil(text.length * 0.4));
    return arabic ? [...longer].map((letter) => letters[letter.codePointAt(0) % letters.length]).join("") : longer;
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) if (!walker.currentNode.parentElement.closest("script, code, svg, time, bdi")) nodes.push(walker.currentNode);
  for (const node of nodes) node.data = node.data.replace(/\p{L}{2,}/gu, word);
  return nodes.length;
}

/** Runs in the page: what is wider than the screen, and buttons that are too small for their words. */
function broken() {
  const wide = document.documentElement.scrollWidth > innerWidth ? [`page: ${document.documentElement.scrollWidth} pixels`] : [];
  const outside = [...document.querySelectorAll("main *")].filter((each) => {
    const { left, right, width } = each.getBoundingClientRect();
    return width > 1 && (right > innerWidth + 1 || left < -1) && !each.closest("svg, nav, .map-canvas, .map-features, .visually-hidden, table, pre");
  });
  const cut = [...document.querySelectorAll("button:not(.map-features button)")].filter((button) => button.offsetWidth && button.scrollWidth > button.clientWidth + 2);
  return [...wide, ...[...outside, ...cut].slice(0, 4).map((each) => each.outerHTML.slice(0, 140))];
}

const kinds = [
  "map", "links", "company", "link", "country", "glossary", "connections", "path", "comparison", "list of one's own, compared", "search",
  "story with maps", "figures", "one figure", "changes", "quality", "countries", "categories", "data", "verify a record",
];

for (const arabic of [false, true]) {
  describe(arabic ? "from right to left, in a pseudo-locale of Arabic letters 40 % longer" : "with words 40 % longer", () => {
    for (const kind of kinds) {
      test(`${kind} fits a telephone, a tablet and a desk`, async () => {
        for (const [width, height] of [[390, 844], [820, 1180], [1440, 900]]) {
          const { context, page } = await reader(sample.browser, { viewport: { width, height }, reducedMotion: "reduce" });
          await page.goto(sample.origin + (await pathOf(kind, sample.origin)));
          if (await hasMap(page)) await mapAtRest(page);
          assert.ok((await page.evaluate(lengthen, arabic)) > 10);
          assert.deepEqual(await page.evaluate(broken), [], `${kind} at ${width}`);
          await context.close();
        }
      });
    }
  });
}

test("from right to left, the filter stands on the right, the sheet too, and arrow keys follow the eye", async () => {
  const { context, page } = await reader(sample.browser, { viewport: { width: 1440, height: 900 }, reducedMotion: "reduce" });
  await page.goto(`${sample.origin}/?category=surveillance`);
  await mapAtRest(page);
  await page.evaluate(lengthen, true);
  await page.evaluate(() => dispatchEvent(new Event("resize")));
  const box = (selector) => page.locator(selector).first().boundingBox();
  const [filter, map] = [await box(".atlas-filter"), await box("#atlas-map")];
  assert.ok(filter.x > map.x + map.width - 2, "the filter begins where reading begins");
  await page.click(".map-tools button >> nth=0");
  const sheet = await box(".map-sheet");
  assert.ok(Math.abs(sheet.x + sheet.width - map.x - map.width) < 3, "the sheet lies at the side of the filter");
  await page.keyboard.press("Escape");

  const track = await box(".time-track");
  const [first, last] = await page.$eval(".time-track input", (input) => [Number(input.min), Number(input.max)]);
  const x = (year) => track.x + track.width - ((year - first + 0.5) / (last - first + 1)) * track.width;
  await page.mouse.move(x(2016), track.y + 8);
  await page.mouse.down();
  await page.mouse.move(x(2019), track.y + 8, { steps: 5 });
  await page.mouse.up();
  await page.waitForFunction(() => location.search.includes("from="));
  assert.equal(new URL(page.url()).searchParams.get("from"), "2016", "years run from right to left");
  assert.equal(new URL(page.url()).searchParams.get("to"), "2019");
  await context.close();
});
