// The README shows pictures that are there, small and made by the script, and names addresses that the site has.
import assert from "node:assert/strict";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { test } from "node:test";
import { MOST, PICTURES } from "./e2e/pictures.mjs";

const root = new URL("../../", import.meta.url);
const readme = readFileSync(new URL("README.md", root), "utf8");
const table = readFileSync(new URL("crates/web/src/routes.rs", root), "utf8");

test("every picture of the README is there, is small, and is one that the script makes", () => {
  const named = [...readme.matchAll(/docs\/screenshots\/([\w-]+)\.webp/g)].map(([, name]) => name);
  assert.ok(new Set(named).size >= 6);
  assert.deepEqual(named.filter((name) => !(name in PICTURES)), []);
  const there = readdirSync(new URL("docs/screenshots/", root)).sort();
  assert.deepEqual(there, Object.keys(PICTURES).map((name) => `${name}.webp`).sort(), "what lies there is what the script makes");
  for (const name of there) assert.ok(statSync(new URL(`docs/screenshots/${name}`, root)).size <= MOST, name);
});

test("every address that the README or a picture names is one of the site", () => {
  const patterns = [...table.matchAll(/^ {4}(?:page|data)\((?:"([^"]+)"|EMBED)/gm)].map(([, path]) => path ?? "/embed");
  const pattern = (path) => new RegExp(`^${path.replace(/\./g, "\\.").replace(/\{\*[^}]*\}/g, ".+").replace(/\{[^}]*\}/g, "[^/]+")}(\\.\\w+)*$`);
  const known = [...patterns, "/log/checkpoint"].map(pattern);
  const inText = [...readme.matchAll(/`(\/[a-z][\w./{}?=&-]*)`/g)].map(([, path]) => path);
  const paths = [...inText, ...Object.values(PICTURES).map(({ path }) => path)].map((path) => path.split("?")[0].replace(/^\/zh(?=\/)/, ""));
  assert.ok(paths.length > 8);
  assert.deepEqual(paths.filter((path) => path !== "/" && !known.some((each) => each.test(path))), []);
});
