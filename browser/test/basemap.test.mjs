// The basemap: whole rings, no leaps over the map, and the disputed borders of our own table.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";
import { feature } from "topojson-client";
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
  for (const [code, en, zh, size, spots, bounds] of labels) {
    assert.match(code, /^[A-Z]{2}$/);
    assert.ok(en && zh && size > 0, code);
    assert.ok(spots.length >= 2 && spots.length % 2 === 0, code);
    spots.forEach((degrees, at) => assert.ok(Math.abs(degrees) <= (at % 2 ? 90 : 180), code));
    if (bounds) assert.ok(bounds[0] < bounds[2] && bounds[1] < bounds[3] && bounds[2] - bounds[0] <= 360, code);
  }
});

/** Whether a point is in a ring, by its winding number: another method than the one that chose the point. */
function winding(ring, [x, y]) {
  let angle = 0;
  for (let at = 1; at < ring.length; at++) {
    const [a, b] = [ring[at - 1], ring[at]].map(([lon, lat]) => [lon - x, lat - y]);
    angle += Math.atan2(a[0] * b[1] - a[1] * b[0], a[0] * b[0] + a[1] * b[1]);
  }
  return Math.abs(angle) > Math.PI;
}

test("every point for a badge lies on its own country's land, and in the box that shows it", async () => {
  const file = new URL("../node_modules/world-atlas/countries-50m.json", import.meta.url);
  const topology = JSON.parse(await readFile(file, "utf8"));
  const numbers = parse(await readFile(new URL("../../vocabulary/countries.csv", import.meta.url), "utf8"));
  const shapes = new Map(topology.objects.countries.geometries.map((shape) => [shape.id, feature(topology, shape).geometry]));
  let checked = 0;
  for (const [code, , , , spots, bounds] of files.coarse.labels) {
    const shape = shapes.get(numbers.get(code));
    if (!numbers.has(code) || !shape || !bounds) continue;
    const polygons = shape.type === "Polygon" ? [shape.coordinates] : shape.coordinates;
    for (let at = 0; at < spots.length; at += 2) {
      const on = (turn) => polygons.some(([outer, ...holes]) => {
        const point = [spots[at] + turn, spots[at + 1]];
        return winding(unrolled(outer), point) && !holes.some((hole) => winding(unrolled(hole), point));
      });
      assert.ok([-360, 0, 360].some(on), `${code} ${spots[at]} ${spots[at + 1]}`);
      const [west, south, east, north] = bounds;
      const across = [0, 360].some((turn) => spots[at] + turn >= west && spots[at] + turn <= east);
      assert.ok(across && spots[at + 1] >= south && spots[at + 1] <= north, code);
      checked++;
    }
  }
  assert.ok(checked > 600, `${checked} points`);
});

/** Longitudes without leaps, beginning where the ring begins. */
function unrolled(ring) {
  let before = ring[0][0];
  return ring.map(([lon, lat]) => {
    before += ((lon - before + 540) % 360) - 180;
    return [before, lat];
  });
}

/** Numbers of countries by their codes, for rows that have one. */
function parse(csv) {
  return new Map(csv.trim().split("\n").slice(1).map((line) => line.split(",", 2)).filter(([, number]) => number));
}
