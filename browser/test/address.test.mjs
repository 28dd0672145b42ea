// The fragment of the address: what only the screen shows, short and the same both ways.
import assert from "node:assert/strict";
import test from "node:test";
import { core } from "./core.mjs";

test("a view, an ocean and a pick are written shortly and read back as they were", () => {
  const at = { zoom: 3.24, lat: -10.123456, lon: 20.5 };
  for (const [fragment, expected] of [
    [{ place: null, centre: "atlantic", open: null }, ""],
    [{ place: at, centre: "atlantic", open: null }, "#map=3.2/-10.1/20.5"],
    [{ place: { ...at, zoom: 12 }, centre: "atlantic", open: null }, "#map=12.0/-10.12346/20.50000"],
    [{ place: null, centre: "pacific", open: { kind: "cable", id: "peace-cable" } }, "#centre=pacific&open=cable/peace-cable"],
    [{ place: null, centre: "atlantic", open: { kind: "country", codes: ["KE", "UG"] } }, "#open=country/KE,UG"],
    [{ place: null, centre: "atlantic", open: { kind: "link", id: "a/b c&d" } }, "#open=link/a%2Fb%20c%26d"],
    [{ place: null, centre: "atlantic", open: { kind: "group", id: "7-12345" } }, "#open=group/7-12345"],
    [{ place: null, centre: "atlantic", open: { kind: "unplaced" } }, "#open=unplaced"],
  ]) {
    assert.equal(core.fragmentText(fragment), expected);
    const again = core.readFragment(expected);
    assert.deepEqual([again.centre, again.open], [fragment.centre, fragment.open]);
    assert.equal(core.fragmentText(again), expected, "nothing is lost by reading");
  }
});

test("the equator and the prime meridian are not minus nought", () => {
  assert.equal(core.fragmentText({ place: { zoom: 1, lat: -0.001, lon: 0.001 }, centre: "atlantic", open: null }), "#map=1.0/0/0");
});

test("what has no meaning in a fragment is passed over", () => {
  for (const hash of ["#main", "#map=x/y/z", "#map=1/95/0", "#open=person/x", "#open=link/", "#open=link/%E0%A4%A", "#centre=indian", "#="]) {
    assert.deepEqual(core.readFragment(hash), { place: null, centre: "atlantic", open: null }, hash);
  }
});

test("searching choices passes over case, accents and marks", () => {
  assert.equal(core.folded("Côte d’Ivoire"), "cote d’ivoire");
  assert.equal(core.folded("  ÅLAND "), "aland");
  assert.equal(core.folded("波斯尼亚·黑塞哥维那"), "波斯尼亚 黑塞哥维那");
});
