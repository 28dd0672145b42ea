// The whole site as plain files, shown by Python's own web server below another path: the map runs, filters and searches.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launch, mapAtRest, reader } from "./browser.mjs";
import { importSample, program } from "./site.mjs";

const SKIP = hasPython() ? false : "there is no python3";
let folder, server, origin, browser;

before(async () => {
  if (SKIP) return;
  folder = mkdtempSync(join(tmpdir(), "counteratlas-copy-"));
  importSample(join(folder, "atlas"), ["foundation"]);
  execFileSync(program(), ["build", join(folder, "atlas"), join(folder, "www", "mirror")], { stdio: "ignore" });
  const port = await freePort();
  server = spawn("python3", ["-m", "http.server", "--bind", "127.0.0.1", "--directory", join(folder, "www"), String(port)], { stdio: "ignore" });
  origin = `http://127.0.0.1:${port}/mirror`;
  await answers(`${origin}/robots.txt`);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  server?.kill();
  if (folder) rmSync(folder, { recursive: true });
});

function hasPython() {
  try {
    execFileSync("python3", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

function freePort() {
  return new Promise((done) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}

async function answers(url) {
  for (let attempt = 0; attempt < 100; attempt++) {
    if ((await fetch(url).catch(() => null))?.ok) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`${url} never answered`);
}

const total = async (page) => Number((await page.textContent("[data-total]")).replace(/\D/g, ""));

test("the map of a copy shows, filters and searches without a server", { skip: SKIP }, async () => {
  const { context, page, seen } = await reader(browser);
  await page.goto(`${origin}/`);
  await mapAtRest(page);
  const all = await total(page);
  assert.ok(all > 100, String(all));
  const filtered = async (path) => {
    await page.goto(origin + path);
    await mapAtRest(page);
    return total(page);
  };
  const kenya = await filtered("/?country=KE");
  assert.ok(kenya > 0 && kenya < all, String(kenya));
  assert.equal(await filtered("/zh/?country=KE"), kenya);
  const huawei = await filtered("/?q=huawei");
  assert.ok(huawei > 0 && huawei < all, String(huawei));
  assert.deepEqual(seen.complaints, []);
  assert.deepEqual(seen.requests.filter((url) => !url.startsWith(origin) && !url.startsWith("blob:") && !url.startsWith("data:")), []);
  await context.close();
});

test("every link of a copy leads to a file of it, in both languages", { skip: SKIP }, async () => {
  const seen = new Set();
  const pages = ["/", "/zh/", "/item/huawei/", "/zh/item/huawei/", "/links/page-2/", "/data/", "/static-copy/"];
  for (const path of pages) {
    const text = await (await fetch(origin + path)).text();
    assert.match(text, /Content-Security-Policy/, path);
    for (const [, , target] of text.matchAll(/ (href|src)="([^"#?]*)/g)) {
      if (target.startsWith("http") || target === "") continue;
      seen.add(new URL(target, origin + path).href);
    }
  }
  assert.ok(seen.size > 150, String(seen.size));
  for (const url of seen) {
    assert.ok(url.startsWith(origin), url);
    assert.equal((await fetch(url, { method: "HEAD" })).status, 200, url);
  }
  assert.ok(readdirSync(join(folder, "www", "mirror", "log")).includes("checkpoint"));
});
