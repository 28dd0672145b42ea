// The browser's selection, counts and tiles against the Rust side's, on generated links.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";
import { VectorTile } from "@mapbox/vector-tile";
import { PbfReader } from "pbf";
import { core, openTable } from "./core.mjs";
import { answer } from "./filter-agree.mjs";
import { generate } from "./world.mjs";

const folder = generate(2000, 400);
const table = await openTable(folder);

test("the browser answers 400 random filters as the server does", async () => {
  const lines = (await readFile(`${folder}/answers.jsonl`, "utf8")).trim().split("\n");
  assert.equal(lines.length, 400);
  let selected = 0;
  for (const line of lines) {
    const { matches, ...expected } = JSON.parse(line);
    const found = answer(table, { query: expected.query, matches });
    assert.deepEqual(found, expected, expected.query);
    selected += found.total;
  }
  assert.ok(selected > 0, "filters that let nothing through prove little");
});

test("an independent decoder finds every selected located row in the tiles of a zoom, once", async () => {
  const seen = [];
  for (const [x, y] of [0, 1, 2, 3].flatMap((x) => [0, 1, 2, 3].map((y) => [x, y]))) {
    const tile = new VectorTile(new PbfReader(await readFile(`${folder}/tiles/${x}-${y}.mvt`)));
    const layer = tile.layers.links;
    for (let at = 0; at < (layer?.length ?? 0); at++) {
      const feature = layer.feature(at);
      const [[point]] = feature.loadGeometry();
      if (point.x < 0 || point.y < 0 || point.x >= 4096 || point.y >= 4096) continue;
      seen.push(feature.id);
      assert.equal((x * 4096 + point.x) * 64, table.x[feature.id] & ~63);
      assert.equal((y * 4096 + point.y) * 64, table.y[feature.id] & ~63);
      assert.equal(feature.properties.link, table.names.link[table.link[feature.id]].id);
      assert.equal(feature.properties.poi, table.poi[feature.id] === 1);
    }
  }
  const expected = Array.from({ length: Math.ceil(table.located / 3) }, (_, at) => 3 * at);
  assert.deepEqual(seen.sort((a, b) => a - b), expected);
});

test("a selection may reuse the memory of an earlier one", () => {
  const first = core.select(table, core.Filter.ofQuery("link=link-0&poi=1"));
  const again = core.select(table, core.Filter.empty, {}, first.state);
  assert.equal(again.state, first.state);
  assert.equal(again.counts.total, table.rows);
});

test("the list is in the order of years, newest first, undated last, whatever page is asked for", () => {
  const rows = Array.from({ length: table.rows }, (_, row) => row).filter((row) => row % 3 !== 1);
  const expected = [...rows].sort((a, b) => table.lastYear[b] - table.lastYear[a] || a - b);
  assert.deepEqual(core.newest(table, rows, 0, rows.length), expected);
  for (const [offset, limit] of [[0, 50], [50, 50], [rows.length - 7, 50], [rows.length, 50], [123, 1]]) {
    assert.deepEqual(core.newest(table, rows, offset, limit), expected.slice(offset, offset + limit));
  }
});

for (const zoom of [0, 1.7, 3, 5.5, 9, 14, 17]) {
  test(`at zoom ${zoom} every selected point is in one group, and the group lists it`, () => {
    const { state, counts } = core.select(table, core.Filter.ofQuery("link=link-0&link=link-1"));
    const world = { west: 0, east: 1, north: 0, south: 1, zoom };
    const groups = core.clusters(table, state, world);
    const level = Math.min(Math.floor(zoom) + 4, 20);
    const listed = groups.flatMap((group) => {
      const rows = core.members(table, state, group.cells, level);
      assert.equal(rows.length, group.count);
      assert.equal(rows.filter((row) => table.poi[row]).length, group.poi);
      return rows;
    });
    assert.equal(new Set(listed).size, counts.located);
    assert.equal(listed.length, counts.located);
    assert.equal(new Set(groups.map((group) => group.id)).size, groups.length);
  });
}

test("a part of the world is grouped as in the whole world, also across the antimeridian", () => {
  const { state } = core.select(table, core.Filter.empty);
  const whole = core.clusters(table, state, { west: 0, east: 1, north: 0, south: 1, zoom: 4 });
  for (const [west, east] of [[0.3, 0.5], [-0.2, 0.1], [0.9, 1.25]]) {
    const view = { west, east, north: 0.3, south: 0.6, zoom: 4 };
    const part = new Map(core.clusters(table, state, view).map((group) => [group.id, group]));
    const inside = whole.filter(({ x, y }) => y > 0.3 && y < 0.6 && [x - 1, x, x + 1].some((at) => at > west && at < east));
    assert.ok(inside.length > 3);
    for (const group of inside) assert.deepEqual(part.get(group.id), group);
  }
});

test("badges that are drawn as one keep every country and every count", () => {
  const counts = Uint32Array.from(table.names.country, (_, at) => at % 4);
  for (const zoom of [0, 2, 6]) {
    const badges = core.makeBadges(counts, table.names.country, new Map(), zoom);
    assert.equal(badges.reduce((sum, badge) => sum + badge.count, 0), counts.reduce((sum, count) => sum + count));
    assert.deepEqual(badges.flatMap((badge) => badge.countries).sort((a, b) => a - b), [...counts.keys()].filter((at) => counts[at]));
  }
});

test("bytes that are no columns file are refused", () => {
  assert.throws(() => core.decode(new TextEncoder().encode("<!doctype html><html lang=en>").buffer), /not a columns file/);
});
