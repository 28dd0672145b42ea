// Colours have their contrast, and where they don't suffice the shapes differ.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";
import { APART, contrast, couples, distance, eyes, groups, pairs, text } from "../../tools/colours/report.mjs";
import { core } from "./core.mjs";

test("contrast is what WCAG gives: 21 for black on white, 1 for a colour on itself", () => {
  assert.equal(contrast("#000000", "#ffffff").toFixed(2), "21.00");
  assert.equal(contrast("#777777", "#777777"), 1);
  // The grey that WCAG's own understanding documents name as just short of 4.5 on white.
  assert.equal(contrast("#777777", "#ffffff").toFixed(2), "4.48");
});

for (const theme of ["light", "dark"]) {
  test(`every text, sign and line of the ${theme} theme has its contrast`, () => {
    const all = pairs(theme);
    assert.ok(all.length > 30 && all.every(({ ratio }) => ratio >= 1 && ratio <= 21));
    for (const { what, on, ratio, least } of all) assert.ok(ratio >= least, `${what} on ${on}: ${ratio.toFixed(2)}`);
  });
}

test("groups of categories are told apart by colour in full sight, and by shape always", () => {
  const all = [...groups()];
  assert.ok(all.length > 4);
  assert.ok(all.length <= core.SHAPES.length, "a shape for every group");
  for (const [[a, left], [b, right]] of couples(all)) {
    for (const eye of eyes.filter((eye) => eye !== "greyscale")) {
      assert.ok(distance(left, right, eye) >= APART - 0.5, `${a} and ${b} for ${eye}`);
    }
  }
});

test("red and green that a dichromat confuses are found to be near, blue and yellow far", () => {
  assert.ok(distance("#b5651d", "#6b8e23", "protanopia") < distance("#b5651d", "#6b8e23", "full colour") / 2);
  assert.ok(distance("#0000ff", "#ffff00", "deuteranopia") > 50);
});

test("the report is that of these colours", async () => {
  const file = new URL("../../docs/results/colours.md", import.meta.url);
  assert.equal(await readFile(file, "utf8"), text(), "hint: node tools/colours/report.mjs > docs/results/colours.md");
});
