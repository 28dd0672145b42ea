// The one walk through all of it, in one browser on a fresh atlas: a stranger's suggestion with a file is researched, captured,
// reviewed by two persons, published, disputed by the company, corrected, taken back and brought back, and finally destroyed.
// After every step the ledger is verified by our program and by the one that shares no code with it.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { copyFileSync, readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { gunzipSync } from "node:zlib";
import { violations } from "./axe.mjs";
import { launch, reader } from "./browser.mjs";
import { enrol, hire } from "./editors.mjs";
import { ROOT, program, serveAtlas, serveDesk } from "./site.mjs";

/** What is destroyed in the end. */
const SECRET = "Cameras at the Quillfeather Street depot";
const CLAIMED = "The Paper reports that Acme Cameras supplied the police of Nairobi in 2014.";

/** Pictures for people to look at, where a folder is named. */
const PICTURES = process.env.COUNTERATLAS_DESK_PICTURES;

let desk, site, town, browser, admin, author, approver;
const found = [];

before(async () => {
  town = await listen();
  [desk, browser] = await Promise.all([serveDesk(["--test-web", town.host]), launch()]);
  site = await serveAtlas(desk.atlas);
});

after(async () => {
  await browser?.close();
  site?.stop();
  desk?.stop();
  town?.server.close();
});

/** The publication that the suggestion names, on this machine. */
function listen() {
  const page = `<!doctype html><title>A report</title><h1>Cameras</h1><p>${CLAIMED} ${SECRET}.</p>${"<p>The city council was not asked about it, and neither were those who live there.</p>".repeat(30)}`;
  const answer = (request, response) => {
    if (request.url !== "/report") return response.writeHead(404).end();
    response.setHeader("content-type", "text/html; charset=utf-8").end(page);
  };
  return new Promise((done) => {
    const server = createServer(answer).listen(0, "127.0.0.1", () => done({ server, host: `127.0.0.1:${server.address().port}` }));
  });
}

/** Runs the program; this process goes on answering meanwhile. */
const run = async (...args) => (await promisify(execFile)(program(), args)).stdout;
const kept = () => join(desk.folder, "kept");

/** The record holds, and continues the one of the step before. */
async function verify() {
  const since = readdirSync(desk.folder).includes("kept") ? ["--since", kept()] : [];
  await run("verify", desk.atlas, ...since);
  await promisify(execFile)("python3", [join(ROOT, "tools/verify/verify.py"), "ledger", desk.atlas, ...since]);
  copyFileSync(join(desk.atlas, "log/checkpoint"), kept());
}

/** The public site's answer once it is of the edition of so many entries. */
async function published(path, size) {
  for (const end = Date.now() + 30_000; Date.now() < end; await new Promise((done) => setTimeout(done, 100))) {
    const { edition } = await (await fetch(`${site.origin}/health`)).json();
    if (edition >= size) return fetch(site.origin + path);
  }
  throw new Error(`edition ${size} was not published`);
}

/** Looks at a page of the desk with the checker, in both languages, light and dark, wide and narrow. */
async function look(page, name) {
  const here = new URL(page.url());
  for (const [prefix, colorScheme, width] of [["", "light", 1440], ["/zh", "dark", 390], ["", "dark", 820]]) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    await page.goto(here.origin + prefix + here.pathname);
    const where = `${prefix} ${name} ${width}`;
    found.push(...(await violations(page)).map((what) => `${where}: ${what}`));
    if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)) found.push(`${where}: wider than the screen`);
    if (PICTURES) await page.screenshot({ path: join(PICTURES, `${where.replaceAll(/[^a-z0-9]+/g, "-")}.png`), fullPage: true });
  }
  await page.goto(here.href);
}

/** Begins what a button on a record's page stands for; leaves the row's form open. */
async function begin(record, text, act) {
  const { page } = author;
  await page.goto(`${desk.origin}/record/${record}`);
  const row = text ? page.locator("tbody tr", { hasText: text }).first() : page.locator("main .desk-acts").first();
  const cell = text ? row.locator(":scope > :last-child") : row;
  await cell.locator(`form:has(input[value="${act}"]) button`).first().click();
  await page.waitForURL(/\/draft\/\d+\/row\//);
}

/** Fills in a form of a row and stores it. */
async function fill(fields, page = author.page) {
  for (const [name, value] of Object.entries(fields)) {
    const field = page.locator(`#field-${name}`);
    if ((await field.evaluate((element) => element.localName)) === "select") await field.selectOption(value);
    else await field.fill(value);
  }
  await page.click("form.desk-form button");
  await page.waitForURL(/said=saved/);
}

async function paste(table) {
  const { page } = author;
  const home = page.url().replace(/[?].*$/, "");
  await page.goto(`${home}/paste`);
  await page.fill("#table", table);
  await page.click("form.desk-form button");
  await page.waitForURL(/said=pasted/);
}

/** From a draft that is written to an entry: its author can't do it alone. */
async function decide() {
  const { page } = author;
  const home = page.url().replace(/[?].*$/, "");
  await page.goto(home);
  await page.fill("#interest-submit", "none");
  if (await page.locator("input[name=personal]").count()) await page.check("input[name=personal]");
  await page.click("form[action$='/submit'] button");
  await page.waitForURL(/said=moved/);
  assert.equal(await page.locator("form[action$='/accept']").count(), 0, "an author accepts nothing of their own");
  const second = approver.page;
  await second.goto(home);
  await second.click("form[action$='/take'] button");
  await look(second, home.replace(/.*\/draft/, "draft"));
  await second.fill("#interest-accept", "none");
  await second.click("form[action$='/accept'] button");
  await second.waitForURL(/said=accepted/);
  return second.locator("main").innerText();
}

test("the first admin is made on the command line and enrols by passkey, and hires two others", async () => {
  admin = await enrol(browser, desk.origin, desk.link);
  author = await hire(browser, desk.origin, admin, "Quill", "researcher");
  approver = await hire(browser, desk.origin, admin, "Seal", "approver");
  await verify();
});

test("a stranger suggests something with a file, without script", async () => {
  const { context, page } = await reader(browser, { javaScriptEnabled: false });
  await page.goto(`${site.origin}/suggestion`);
  await page.fill("#what", CLAIMED);
  await page.fill("#where", "Nairobi");
  await page.fill("#source", `http://${town.host}/report`);
  await page.fill("#note", SECRET);
  await page.setInputFiles("#file", { name: "my-name.txt", mimeType: "text/plain", buffer: Buffer.from(`${SECRET}\n${CLAIMED}\n`) });
  await page.locator("button[value=check]").click();
  const place = Number((await page.locator("label[for=answer]").textContent()).match(/\d+/)[0]);
  await page.fill("#answer", await page.locator("fieldset ol li").nth(place - 1).textContent());
  await page.locator("button[value=send]").click();
  assert.equal((await page.locator(".reference-code code").textContent()).trim().split(" ").length, 6);
  await context.close();
  await verify();
});

test("a researcher makes a draft of it, has its source captured and fills it in", async () => {
  const { page } = author;
  await page.goto(`${desk.origin}/inbox`);
  await page.locator("tbody a").first().click();
  assert.match(await page.locator("main").innerText(), /Nairobi/);
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator("a[href*='/file/1']").click()]);
  assert.match(readFileSync(await download.path(), "utf8"), /Quillfeather/);
  await page.click("form[action$='/draft'] button");
  await page.waitForURL(/\/draft\/\d+$/);
  const home = page.url();
  await page.goto(`${home}/row/sources/0`);
  await fill({ id: "paper-1", title: "A report", publisher: "The Paper", kind: "news", published_on: "2024-03-01" });
  await page.goto(home);
  await page.click("form[action$='/capture'] button");
  await page.waitForURL(/said=capturing/);
  for (const end = Date.now() + 30_000; Date.now() < end && !(await page.locator("pre.desk-words").count()); await page.goto(home));
  assert.match(await page.locator("pre.desk-words").textContent(), /Acme Cameras supplied the police/);
  assert.equal(await page.locator("section:has(pre.desk-words) .badge").innerText(), "complete");
  await paste("id,kind,name,country,sources\nacme,company,Acme Cameras,CN,paper-1\nkenya-police,public-body,Police of Kenya,KE,paper-1\n");
  await paste(
    "id,kind,subject,object,category,place,country,country_role,lat,lon,location_precision,start,description,sources\n" +
      `acme-kenya,supplies,acme,kenya-police,smart-city-public-security,Nairobi,KE,fact,-1.286,36.817,city,2014~,${SECRET},paper-1\n`,
  );
  await page.goto(home);
  await verify();
});

test("two persons publish it: it is on the map, in the list and in the feed", async () => {
  assert.match(await decide(), /entry 0/);
  const link = await (await published("/link/acme-kenya.json", 1)).json();
  assert.match(JSON.stringify(link), /Quillfeather/);
  const map = await (await fetch(`${site.origin}/links.geojson`)).json();
  assert.deepEqual(map.features.map(({ geometry }) => geometry.coordinates.map((at) => at.toFixed(3))), [["36.817", "-1.286"]]);
  assert.match(await (await fetch(`${site.origin}/links`)).text(), /acme-kenya/);
  assert.match(await (await fetch(`${site.origin}/changes.atom`)).text(), /acme-kenya/);
  assert.match(await (await published("/source/paper-1.json", 2)).text(), /complete/);
  await verify();
});

test("the company is asked, replies, and disputes it; its words stand where they concern", async () => {
  const { page } = author;
  await begin("link/acme-kenya", "2014~", "dispute");
  await fill({ source: "acme-1", quote: "We sold nothing before 2015.", quote_language: "en" });
  await paste("id,title,publisher,kind,published_on\nacme-1,Statement,Acme Cameras,company,2026-03-10\n");
  await paste(
    "id,kind,subject,object,sources,start,concerns,reply_channel,reply_received,reply\n" +
      "acme-asked,asked-for-reply,acme,kenya-police,acme-1,2026-03-01,acme-kenya,letter,2026-03-10,We sold nothing before 2015.\n",
  );
  await page.goto(page.url().replace(/[?].*$/, ""));
  await decide();
  const link = await (await published("/link/acme-kenya.json", 3)).json();
  assert.equal(link.replies[0].reply.text, "We sold nothing before 2015.");
  assert.match(JSON.stringify(link), /contradicts/);
  await verify();
});

test("it is corrected, and the correction is in the log of corrections", async () => {
  await begin("link/acme-kenya", "2014~", "correct");
  await fill({ value: "2015", source: "acme-1", reason: "The company gives a later year" });
  await decide();
  const corrections = await (await published("/corrections", 4)).text();
  assert.match(corrections, /The company gives a later year/);
  const link = await (await fetch(`${site.origin}/link/acme-kenya.json`)).text();
  assert.match(link, /"2015"/);
  await verify();
});

test("a claim is taken back with a class and a reason, and brought back", async () => {
  await begin("item/acme", "CN", "withdraw");
  await fill({ class: "unsupported", reason: "The report does not say so" });
  await decide();
  assert.match(await (await published("/corrections", 5)).text(), /unsupported: The report does not say so/);
  assert.equal((await fetch(`${site.origin}/item/acme`)).status, 200);
  await verify();
  await begin("item/acme", "CN", "restore");
  await fill({ reason: "It does, on its second page" });
  await decide();
  assert.match(await (await published("/item/acme.json", 6)).text(), /second page/);
  await verify();
});

test("a court orders it gone: two persons destroy it, and nothing holds it any more", async () => {
  const held = holding(SECRET);
  assert.ok(held.length > 0, "it was there");
  await begin("link/acme-kenya", SECRET, "redact");
  await fill({ class: "court-order", notice: "notice-2026-01", with_captures: "yes" });
  const { page } = author;
  await page.goto(page.url().replace(/[?].*$/, ""));
  assert.match(await page.locator("main").innerText(), /2 values are destroyed/);
  assert.match(await decide(), /All of it is destroyed/);
  const notices = await (await published("/notices.json", 7)).json();
  assert.deepEqual(notices.notices.map(({ reference, reason, values, captures }) => [reference, reason, values, captures]), [["notice-2026-01", "court-order", 1, 1]]);
  await verify();
  assert.deepEqual(holding(SECRET), []);
  for (const path of ["/link/acme-kenya", "/link/acme-kenya.json", "/changes.atom", "/corrections", "/search?q=Quillfeather", "/source/paper-1"]) {
    assert.ok(!(await (await fetch(site.origin + path)).text()).includes(SECRET), path);
  }
  assert.ok(!(await run("export", desk.atlas)).includes(SECRET));
  assert.equal((await fetch(`${site.origin}/link/acme-kenya`)).status, 200);
});

test("the pages that the walk went by have nothing that the checker finds", async () => {
  const { page } = author;
  for (const path of ["/record/link/acme-kenya", "/record/item/acme", "/duplicates"]) {
    await page.goto(desk.origin + path);
    await look(page, path);
  }
  assert.deepEqual(found, []);
});

test("nobody's browser complained", () => {
  const all = [admin, author, approver].flatMap(({ complaints }) => complaints);
  assert.deepEqual(all, []);
});

/** The files of the atlas that hold these words as they are, packed by gzip, or in UTF-16. */
function holding(words) {
  const needles = [Buffer.from(words), Buffer.from(words, "utf16le"), Buffer.from(Buffer.from(words).toString("hex"))];
  const holds = (bytes) => needles.some((needle) => bytes.includes(needle));
  const files = readdirSync(desk.atlas, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map((entry) => join(entry.parentPath, entry.name)).filter((path) => {
    const bytes = readFileSync(path);
    return holds(bytes) || members(bytes).some(holds);
  });
}

/** What gzip members begin in these bytes. */
function members(bytes) {
  const all = [];
  for (let at = bytes.indexOf("\x1f\x8b\x08", 0, "latin1"); at >= 0; at = bytes.indexOf("\x1f\x8b\x08", at + 3, "latin1")) {
    try {
      all.push(gunzipSync(bytes.subarray(at), { finishFlush: 2 }));
    } catch {
      // Bytes that only look like a beginning.
    }
  }
  return all;
}
