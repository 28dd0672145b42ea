// Pictures of every kind of page for people to look at: three widths, both themes, both languages.
//
//   make screenshots                      all of them, into test-results/screenshots/
//   node browser/test/e2e/screenshots.mjs company 390       those whose name holds both words
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { launch, mapAtRest, reader } from "./browser.mjs";
import { LANGUAGES, PAGES, REFUSALS, hasMap, pathOf } from "./kinds.mjs";
import { ROOT, serveSample } from "./site.mjs";

const FOLDER = join(ROOT, "test-results/screenshots");
const HEIGHTS = { 390: 844, 820: 1180, 1440: 900 };
const words = process.argv.slice(2);

mkdirSync(FOLDER, { recursive: true });
const refusals = Object.entries(REFUSALS).map(([path, status], at) => [`refusal ${status} ${at}`, path]);
const [site, browser] = await Promise.all([serveSample(), launch()]);
const pages = [...(await Promise.all(Object.keys(PAGES).map(async (kind) => [kind, await pathOf(kind, site.origin)]))), ...refusals];
try {
  for (const [lang, prefix] of Object.entries(LANGUAGES)) {
    for (const colorScheme of ["light", "dark"]) {
      for (const [width, height] of Object.entries(HEIGHTS)) await take({ lang, prefix, colorScheme, width: Number(width), height });
    }
  }
} finally {
  await browser.close();
  site.stop();
}

async function take({ lang, prefix, colorScheme, width, height }) {
  const { context, page } = await reader(browser, { colorScheme, viewport: { width, height }, reducedMotion: "reduce" });
  for (const [kind, path] of pages) {
    const name = `${kind.replaceAll(/[^a-z0-9]+/g, "-")}.${lang}.${colorScheme}.${width}.png`;
    if (!words.every((word) => name.includes(word))) continue;
    await page.goto(site.origin + prefix + path);
    if (await hasMap(page)) await mapAtRest(page);
    await page.screenshot({ path: join(FOLDER, name), fullPage: true });
    console.log(join("test-results/screenshots", name));
  }
  await context.close();
}
