// What the accessibility checker finds on a page as it stands.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Every violation that the checker finds, whatever it thinks of its weight, in a line each. */
export async function violations(page) {
  await page.evaluate(AXE);
  const all = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  return all.violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 160))} (${nodes.length})`);
}
