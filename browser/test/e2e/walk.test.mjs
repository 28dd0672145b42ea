// Every kind of page, in both languages, both themes and at three widths: accessible, to itself, within the screen, quiet, and
// complete with and without JavaScript. All cells with COUNTERATLAS_WALK=all (`make soak`), else each kind and a seeded tenth.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { sampleIn } from "./browser.mjs";
import { firefox, safest } from "./firefox.mjs";
import { cells, kinds, wrongInChromium, wrongInFirefox } from "./walk.mjs";

/** One test for each kind of page: nothing is wrong in any of its cells. */
function walks(how, wrong) {
  for (const kind of kinds) {
    test(kind, async () => {
      const found = [];
      for (const cell of cells(kind, how)) found.push(...(await wrong(cell)));
      assert.deepEqual(found, []);
    });
  }
}

describe("in Chromium", () => {
  const sample = sampleIn();
  describe("with script", () => walks("script", (cell) => wrongInChromium(sample, cell, true)));
  describe("without script", () => walks("no script", (cell) => wrongInChromium(sample, cell, false)));
});

const skip = firefox() ? false : "no Firefox on this machine";
if (skip) console.log(`SKIPPED: ${skip}`);

describe("in Firefox without script and SVG", { skip }, () => {
  const sample = sampleIn(async () => {
    const [light, dark] = await Promise.all([safest("light"), safest("dark")]);
    return { light, dark, close: () => Promise.all([light.close(), dark.close()]) };
  });
  walks("safest", (cell) => wrongInFirefox(sample, cell));
});
