import { launch, reader } from "./browser.mjs";
import { readFileSync } from "node:fs";
const axe = readFileSync(new URL("../../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const browser = await launch();
const jobs = JSON.parse(process.argv[2]);
for (const [name, path, width, scheme, run] of jobs) {
  const { context, page, seen } = await reader(browser, { viewport: { width, height: 900 }, colorScheme: scheme, bypassCSP: true });
  await page.goto("http://127.0.0.1:8391" + path);
  if (run) { await page.evaluate(run); await page.waitForTimeout(700); }
  await page.screenshot({ path: `/tmp/wt-graph-shots/${name}.png`, fullPage: true, clip: { x: 0, y: 0, width, height: Math.min(await page.evaluate(() => document.documentElement.scrollHeight), 2200) } });
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  await page.addScriptTag({ content: axe });
  const found = await page.evaluate(async () => (await axe.run()).violations.map((v) => v.id + ": " + v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(" | ")));
  console.log(name, "overflow", over, found, seen.complaints);
  await context.close();
}
await browser.close();
