// What readers come for, done with the keyboard alone: in Chromium, and in Firefox without script and SVG.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { reader, sampleIn } from "./browser.mjs";
import { firefox, safest } from "./firefox.mjs";
import { Hand, inChromium, inFirefox } from "./hand.mjs";
import { TASKS } from "./tasks.mjs";

test("there are at least twenty-five tasks", () => assert.ok(Object.keys(TASKS).length >= 25, Object.keys(TASKS).length));

describe("with the keyboard alone, in Chromium", () => {
  const sample = sampleIn();
  for (const [name, task] of Object.entries(TASKS)) {
    test(name, async () => {
      const { context, page } = await reader(sample.browser, { reducedMotion: "reduce" });
      await task(new Hand(inChromium(page), sample.origin));
      await context.close();
    });
  }
});

const skip = firefox() ? false : "no Firefox on this machine";
if (skip) console.log(`SKIPPED: ${skip}`);

describe("with the keyboard alone, in Firefox without script and SVG", { skip }, () => {
  const sample = sampleIn(safest);
  for (const [name, task] of Object.entries(TASKS)) {
    test(name, async () => task(new Hand(inFirefox(sample.browser), sample.origin)));
  }
});
