// The pictures in the README: the main pages of the sample, as WebP, into docs/screenshots/. `make pictures` runs it.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { launch, mapAtRest, reader } from "./browser.mjs";
import { hasMap } from "./kinds.mjs";
import { ROOT, serveSample } from "./site.mjs";

const DESK = { viewport: { width: 1280, height: 800 } };
const PHONE = { viewport: { width: 390, height: 780 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };

/** Each picture by its name: the page, the screen, the theme. */
export const PICTURES = {
  map: { path: "/", ...DESK },
  "map-dark": { path: "/?category=surveillance&category=smart-city-public-security", colorScheme: "dark", ...DESK },
  company: { path: "/item/huawei", ...DESK },
  evidence: { path: "/link/oracle-supplies-liaoning-police", ...DESK },
  country: { path: "/country/KE", ...DESK },
  connections: { path: "/item/huawei/connections", ...DESK },
  figures: { path: "/figures", ...DESK },
  story: { path: "/story/cloudwalk-zimbabwe", ...DESK },
  "phone-chinese": { path: "/zh/item/hikvision", ...PHONE },
};

/** The most bytes of one. */
export const MOST = 150_000;

if (process.argv[1] === new URL(import.meta.url).pathname) await take();

async function take() {
  const folder = join(ROOT, "docs/screenshots");
  mkdirSync(folder, { recursive: true });
  const [site, browser] = await Promise.all([serveSample(), launch()]);
  try {
    for (const [name, { path, ...options }] of Object.entries(PICTURES)) {
      const { context, page } = await reader(browser, { reducedMotion: "reduce", ...options });
      await page.goto(site.origin + path);
      if (await hasMap(page)) await mapAtRest(page);
      await page.evaluate(() => document.fonts.ready);
      const bytes = await webp(context, page);
      if (bytes.length > MOST) throw new Error(`${name} is ${bytes.length} bytes`);
      writeFileSync(join(folder, `${name}.webp`), bytes);
      console.log(`docs/screenshots/${name}.webp ${bytes.length}`);
      await context.close();
    }
  } finally {
    await browser.close();
    site.stop();
  }
}

/** What is on the screen, as WebP. */
async function webp(context, page) {
  const devtools = await context.newCDPSession(page);
  const { data } = await devtools.send("Page.captureScreenshot", { format: "webp", quality: 82 });
  return Buffer.from(data, "base64");
}
