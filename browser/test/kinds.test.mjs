// The list of kinds of page that browsers walk holds every page of the table of routes.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { PAGES } from "./e2e/kinds.mjs";

const table = readFileSync(new URL("../../crates/web/src/routes.rs", import.meta.url), "utf8");
const patterns = [...table.matchAll(/^ {4}page\((?:"([^"]+)"|EMBED)/gm)].map(([, path]) => path ?? "/embed");
/** A list of one's own has an address only once it was sent; the kinds that send one stand for these. */
const SENT = ["/screen/{run}"];
/** The sample holds no captures, so that there is none of their pages to walk; the tests of `web` have one. */
const NOT_IN_SAMPLE = ["/capture/{id}", "/capture/{id}/difference"];

/** Whether an address is one of a pattern's. */
function fits(pattern, address) {
  const segments = new URL(address, "http://x").pathname.split("/");
  const wanted = pattern.split("/");
  return wanted.length === segments.length && wanted.every((segment, at) => (segment.startsWith("{") ? segments[at] : segment === segments[at]));
}

test("every page of the table of routes is walked, and nothing else", () => {
  assert.equal(patterns.length, (table.match(/^ {4}page\(/gm) ?? []).length);
  assert.ok(patterns.length > 35);
  const plain = Object.values(PAGES).filter((path) => typeof path === "string");
  assert.ok(Object.keys(PAGES).length - plain.length >= 2, "the kinds that are sent");
  const first = (address) => patterns.find((pattern) => fits(pattern, address));
  const walked = new Set([...SENT, ...NOT_IN_SAMPLE, ...plain.map(first)]);
  assert.deepEqual(patterns.filter((pattern) => !walked.has(pattern)), [], "pages that nobody walks");
  assert.deepEqual(plain.filter((address) => !first(address)), [], "addresses of no page");
});
