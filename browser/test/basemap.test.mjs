// The basemap: whole rings, no leaps over the map, and the disputed borders of our own table.
import assert from "node:assert/strict";
import test from "node:test";
import { basemaps } from "../build/basemap.mjs";
import { core } from "./core.mjs";

const files = await basemaps();

for (const [scale, file] of Object.entries(files)) {
  const { land, lines } = core.assemble(file);

  test(`${scale}: every ring of land is closed and no step of it leaps across the map`, () => {
    for (const ring of land.coordinates.flat()) {
      assert.deepEqual(ring[0], ring.at(-1));
      for (let at = 1; at < ring.length; at++) {
        const [[lon, lat], [before, south]] = [ring[at], ring[at - 1]];
        assert.ok(Math.abs(lon - before) < 180 || (lat < -89.9 && south < -89.9), "only below the map, at the pole");
      }
    }
  });

  test(`${scale}: coasts and borders do not leap across the map`, () => {
    for (const { geometry } of lines.features) {
      const line = geometry.coordinates;
      for (let at = 1; at < line.length; at++) assert.ok(Math.abs(line[at][0] - line[at - 1][0]) < 180);
    }
  });

  test(`${scale}: borders in dispute are drawn as such, the others are not`, () => {
    const near = (kind, [lon, lat]) =>
      lines.features.some(
        ({ properties, geometry }) =>
          properties.kind === kind && geometry.coordinates.some(([x, y]) => Math.hypot(x - lon, y - lat) < 1.5),
      );
    // The Line of Control near Uri, the Korean line, the Saharan berm's end at 27.66° north.
    for (const place of [[74, 34.1], [127, 38.1], [-8.7, 27.66]]) assert.ok(near("disputed", place), String(place));
    assert.ok(near("borders", [7.6, 48.2]), "the Rhine between France and Germany");
    assert.ok(!near("disputed", [7.6, 48.2]));
  });
}

test("every country has a name in both languages and a place for it", () => {
  const { labels } = files.coarse;
  assert.ok(labels.length > 240);
  for (const [code, en, zh, lon, lat, size] of labels) {
    assert.match(code, /^[A-Z]{2}$/);
    assert.ok(en && zh, code);
    assert.ok(Math.abs(lon) <= 180 && Math.abs(lat) <= 90 && size > 0, code);
  }
});
