// The grammar, on the same cases as the tests of crates/model/src/filter.rs.
import assert from "node:assert/strict";
import test from "node:test";
import { core } from "./core.mjs";

const canonical = (query) => core.Filter.ofQuery(query).query();

test("the canonical query is ordered, deduplicated and sparsely encoded", () => {
  for (const [query, expected] of [
    ["", ""],
    ["q=&from=&category=", ""],
    ["country=KE&category=b&category=a&category=b", "category=a&category=b&country=KE"],
    ["q=杭州 a%2Bb&item=hikvision", "item=hikvision&q=%E6%9D%AD%E5%B7%9E%20a%2Bb"],
    ["to=02020&from=7", "from=7&to=2020"],
    ["bbox= 170.50, -10,-170,010.0000009 ", "bbox=170.5,-10,-170,10"],
    ["q= Huawei ", "q=Huawei"],
    ["q=it's (so)!*~", "q=it%27s%20%28so%29%21%2A~"],
    ["q=a/b:c,d", "q=a/b:c,d"],
  ]) {
    assert.equal(canonical(query), expected, query);
  }
});

test("values are sorted by code point, as the server sorts them", () => {
  // U+FF5E is above U+1F600's first UTF-16 unit but below its code point.
  assert.deepEqual(core.Filter.ofQuery("q=😀&q=～").values("q"), ["～", "😀"]);
});

test("what has no meaning is left out", () => {
  assert.equal(canonical("utm=1&from=0&bbox=1,2,3&poi=yes&link=ok"), "link=ok");
  for (const box of [
    "181,0,0,0", "0,-90.000001,0,0", "0,5,0,4", "NaN,0,0,0", "1e1,0,0,0", "+1,0,0,0", "1.,0,0,0", ".5,0,0,0", "0,0,0",
    "0,0,0,0,0", "1 0,0,0,0", "0001,0,0,0", "--1,0,0,0", "inf,0,0,0", "١,0,0,0",
  ]) {
    assert.equal(core.Filter.empty.with("bbox", box).query(), "", box);
  }
  for (const year of ["0", "10000", "-5", "+5", "2017-01", "２０１７", "0002017"]) {
    assert.equal(core.Filter.empty.with("from", year).query(), "", year);
  }
  assert.equal(core.Filter.empty.with("q", "字".repeat(201)).isEmpty, true);
});

test("without undoes with, and repeated years widen the span", () => {
  const filter = core.Filter.ofQuery("category=a&poi=1");
  const more = filter.with("category", "b").with("from", "later");
  assert.equal(more.query(), "category=a&category=b&poi=1");
  assert.equal(more.without("category", "b").query(), filter.query());
  assert.equal(filter.withoutKey("category").withoutKey("poi").isEmpty, true);
  assert.deepEqual(core.Filter.ofQuery("from=2015&from=2010&to=2018&to=2020").years(), { from: 2010, to: 2020 });
});

test("a position falls into the cell that the Web-Mercator formula gives", () => {
  assert.deepEqual([core.grid.column(36.8219), core.grid.row(-1.2921)], [631539, 528051]);
  assert.deepEqual([core.grid.column(180), core.grid.row(-90)], [1048575, 1048575]);
  assert.equal(core.grid.code(0b11, 0b01), 0b0111);
  assert.equal(core.grid.code(1048575, 1048575), 2 ** 40 - 1);
});
