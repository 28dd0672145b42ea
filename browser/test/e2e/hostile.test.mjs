// Hostile words and captured pages in real browsers: nothing of them runs, asks for anything or leaves anything behind.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, describe, test } from "node:test";
import { launch, reader } from "./browser.mjs";
import { firefox, ordinary } from "./firefox.mjs";
import { attempts, strings } from "./hostile.mjs";
import { program } from "./site.mjs";

const BATCH = 50;
/** Every string where it is asked for, else one in forty. */
const STEP = process.env.COUNTERATLAS_HOSTILE ? 1 : 40;

let folder, canary, town, server, site, originals, browser;
const asked = [];

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "counteratlas-hostile-"));
  canary = await listen((request, response) => {
    asked.push(request.url);
    response.end("<p>nobody should be here");
  });
  execFileSync(program(), ["init", join(folder, "atlas")], { stdio: "ignore" });
  importStrings(strings(canary.host, STEP));
  browser = await launch();
});

after(async () => {
  await browser?.close();
  [server, canary?.server, town?.server].forEach((one) => one?.kill?.() ?? one?.close());
  if (folder) rmSync(folder, { recursive: true, force: true });
});

function listen(answer) {
  return new Promise((done) => {
    const server = createServer(answer).listen(0, "127.0.0.1", () => done({ server, host: `127.0.0.1:${server.address().port}` }));
  });
}

const cell = (text) => `"${text.replaceAll('"', '""')}"`;
const table = (rows) => rows.map((row) => `${row.map(cell).join(",")}\n`).join("");

/** Our own tables with these strings in every column that takes words: fifty other names to an item. */
function importStrings(all) {
  const batches = Array.from({ length: Math.ceil(all.length / BATCH) }, (_, at) => all.slice(at * BATCH, (at + 1) * BATCH));
  const sources = [["id", "title", "publisher", "published_on", "language", "kind", "reports_on", "url", "note"]];
  const entities = [["id", "kind", "name", "name_zh", "aliases", "country", "city", "description", "sources"]];
  const relations = [["id", "kind", "subject", "object", "category", "place", "country", "description", "sources"]];
  const figures = [["id", "statement", "value", "unit", "as_of", "about", "source"]];
  const glossary = [["term", "term_zh", "definition", "definition_zh", "category"]];
  batches.forEach((words, n) => {
    const word = (at) => words[at % words.length].replaceAll("|", " ").trim();
    sources.push([`s-${n}`, word(0), word(1), "2020", "en", "news", "", "https://example.org/", word(2)]);
    entities.push([`h-${n}`, "company", `Company ${word(3)}`, word(4), words.map((one) => `Also ${one.replaceAll("|", " ")}`).join("|"), "ZW", word(5), word(6), `s-${n}`]);
    relations.push([`r-${n}`, "supplies", `h-${n}`, `h-${(n + 1) % batches.length}`, "surveillance", word(7), "ZW", word(8), `s-${n}`]);
    figures.push([`f-${n}`, word(9), "7", "cameras", "2020", `h-${n}`, `s-${n}`]);
    glossary.push([`Term ${n} ${word(10)}`, word(11), word(12), word(13), "system"]);
  });
  const target = join(folder, "hostile", "tables");
  mkdirSync(target, { recursive: true });
  for (const [name, rows] of Object.entries({ sources, entities, relations, figures, glossary })) writeFileSync(join(target, `${name}.csv`), table(rows));
  execFileSync(program(), ["import", "--quiet", join(folder, "atlas"), target], { stdio: ["ignore", "ignore", "pipe"] });
  importStrings.count = all.length;
  importStrings.items = batches.length;
}

/** Captures every attempt, and serves the atlas and its originals. */
async function captured() {
  const pages = attempts(canary.host);
  town = await listen((request, response) => {
    const page = pages[Number(/^\/(\d+)$/.exec(request.url)?.[1] ?? -1)];
    if (!page) return response.writeHead(404).end("no");
    response.writeHead(200, page.headers).end(page.body);
  });
  const urls = pages.map((_, at) => `http://${town.host}/${at}`);
  const words = ["capture", join(folder, "atlas"), ...urls, "--pause", "0", "--patience", "0", "--tries", "1", "--quiet", "--test-web", town.host];
  const out = await new Promise((done) => {
    const child = spawn(program(), words, { stdio: ["ignore", "pipe", "ignore"] });
    let text = "";
    child.stdout.on("data", (bytes) => (text += bytes));
    child.on("close", () => done(text));
  });
  return out.trim().split("\n").map((line) => line.split("\t")).map(([id, , , digest]) => ({ id, digest }));
}

/** Starts the site with its second listener; each says its address in a line. */
async function serve() {
  server = spawn(program(), ["serve", join(folder, "atlas"), "--listen", "127.0.0.1:0", "--evidence", "127.0.0.1:0"], { stdio: ["ignore", "ignore", "pipe"] });
  const found = [];
  for await (const line of createInterface({ input: server.stderr })) {
    const address = /http:\/\/[\d.:]+/.exec(line)?.[0];
    if (address && found.push(address) === 2) break;
  }
  server.stderr.resume();
  for (const address of found) {
    if ((await fetch(`${address}/health`)).ok) site = address;
    else originals = address;
  }
}

/** Opens addresses one after the other as a reader does, and tells what happened beside it. */
async function opened(addresses) {
  const { context, page, seen } = await reader(browser);
  const dialogs = [];
  page.on("dialog", async (dialog) => {
    dialogs.push(dialog.message());
    await dialog.dismiss();
  });
  for (const address of addresses) {
    // What is a download is no page: the browser says so and stays.
    await page.goto(address, { waitUntil: "load" }).catch((error) => assert.match(String(error), /Download is starting|ERR_ABORTED/));
  }
  await page.waitForTimeout(300);
  const found = { elsewhere: seen.requests.filter((url) => ![site, originals].some((own) => url.startsWith(`${own}/`))), complaints: seen.complaints, dialogs, cookies: (await context.cookies()).length + seen.cookies.length };
  await context.close();
  return found;
}

const NOTHING = { elsewhere: [], complaints: [], dialogs: [], cookies: 0 };

describe("hostile words", () => {
  let captures;

  before(async () => {
    captures = await captured();
    await serve();
    asked.length = 0;
  });

  test("every imported string is shown, and none runs", async () => {
    const items = Array.from({ length: importStrings.items }, (_, n) => n);
    const pages = items.flatMap((n) => [`/item/h-${n}`, `/link/r-${n}`, `/source/s-${n}`]);
    const lists = ["/", "/items", "/links", "/sources", "/glossary", "/changes", "/search?q=script", "/zh/glossary"];
    assert.deepEqual(await opened([...pages, ...lists].map((path) => site + path)), NOTHING);
    assert.deepEqual(asked, []);
    console.log(`${importStrings.count} strings in ${pages.length + lists.length} pages: 0 ran`);
  });

  test("no captured page gets out of the archive, as words or as bytes", async () => {
    assert.ok(captures.length >= 100, `${captures.length} captures`);
    const words = captures.map(({ id }) => `${site}/capture/${id}`);
    assert.deepEqual(await opened(words), NOTHING);
    const bytes = captures.map(({ digest }) => `${originals}/${digest}.warc.gz`);
    assert.deepEqual(await opened(bytes), NOTHING);
    assert.deepEqual(asked, []);
    console.log(`${captures.length} captured pages, each as words and as bytes: 0 scripts, 0 requests, 0 cookies`);
  });

  test("no other page can have the bytes of a capture run, drawn or framed", async () => {
    const uses = captures.slice(0, 40).flatMap(({ digest }) => {
      const url = `${originals}/${digest}.warc.gz`;
      return [`<script src="${url}"></script>`, `<link rel=stylesheet href="${url}">`, `<iframe src="${url}"></iframe>`, `<object data="${url}"></object>`, `<img src="${url}">`];
    });
    const other = await listen((_, response) => response.writeHead(200, { "Content-Type": "text/html" }).end(uses.join("")));
    const { context, page } = await reader(browser);
    const answers = [];
    page.on("response", (response) => answers.push(response));
    await page.goto(`http://${other.host}/`, { waitUntil: "load" });
    assert.equal(page.frames().filter((frame) => frame.url().startsWith(originals)).length, 0);
    assert.deepEqual(asked, []);
    await context.close();
    other.server.close();
  });

  test("nor in Firefox", { skip: firefox() ? false : "no Firefox on this machine" }, async () => {
    const fox = await ordinary();
    try {
      for (const { id, digest } of captures) {
        await fox.open(`${site}/capture/${id}`);
        await fox.open(`${originals}/${digest}.warc.gz`).catch(() => {});
      }
      for (let n = 0; n < importStrings.items; n++) await fox.open(`${site}/item/h-${n}`);
      // A font that Firefox draws its own pages with is named in them, and asked of nobody.
      const asks = fox.seen.filter((line) => !line.startsWith("asks data:font/"));
      const elsewhere = asks.filter((line) => ![site, originals].some((own) => line.startsWith(`asks ${own}/`)));
      assert.deepEqual(elsewhere, []);
      assert.deepEqual(await fox.cookies(), []);
      assert.deepEqual(asked, []);
    } finally {
      await fox.close();
    }
  });
});
