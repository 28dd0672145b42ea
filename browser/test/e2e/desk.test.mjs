// The editors' desk in a browser: passkeys, two persons and an entry, nothing that a checker of accessibility finds.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, before, test } from "node:test";
import { launch } from "./browser.mjs";
import { enrol, hire, looked, person } from "./editors.mjs";
import { program, serveDesk } from "./site.mjs";

const TABLES = [
  "id,title,publisher,kind,url\nnews-1,A report,The Paper,news,https://paper.example/1\n",
  "id,kind,name,country,sources\nacme,company,Acme Cameras,CN,news-1\nkenya-police,public-body,Police of Kenya,KE,news-1\n",
  "id,kind,subject,object,category,place,country,country_role,lat,lon,location_precision,start,sources\n" +
    "acme-kenya,supplies,acme,kenya-police,smart-city-public-security,Nairobi,KE,fact,-1.286,36.817,city,2014~,news-1\n",
];

let desk;
let browser;
const people = {};

before(async () => {
  [desk, browser] = await Promise.all([serveDesk(), launch()]);
});

after(async () => {
  await browser?.close();
  desk?.stop();
});

test("the first account enrols by passkey, logs out, and logs in by it again", async () => {
  people.admin = await enrol(browser, desk.origin, desk.link);
  const { page } = people.admin;
  await page.click("form[action='/logout'] button");
  await page.waitForURL(`${desk.origin}/login`);
  await page.fill("#name", "nobody of that name");
  await page.click("[data-passkey] button");
  await page.locator("[data-passkey] [role=alert]").waitFor();
  await page.fill("#name", "first");
  await Promise.all([page.waitForURL(`${desk.origin}/`), page.click("[data-passkey] button")]);
  assert.equal(await page.locator("h1").innerText(), "My desk");
});

test("a link that was used lets nobody in", async () => {
  const { page } = await person(browser);
  assert.equal((await page.goto(desk.link)).status(), 410);
});

test("a draft goes from its author over a second person to the ledger", async () => {
  people.author = await hire(browser, desk.origin, people.admin, "Quill", "contributor");
  people.approver = await hire(browser, desk.origin, people.admin, "Seal", "approver");
  const [{ page }, second] = [people.author, people.approver.page];
  await page.fill("#title", "Cameras in Nairobi");
  await page.click("form[action='/drafts'] button");
  await page.waitForURL(/\/draft\/\d+$/);
  people.draft = page.url();
  for (const table of TABLES) {
    await page.goto(`${people.draft}/paste`);
    await page.fill("#table", table);
    await page.click("form.desk-form button");
    await page.waitForURL(/said=pasted/);
  }
  await page.fill("#interest-submit", "none");
  await page.click("form[action$='/submit'] button");
  await second.goto(people.draft);
  await second.click("form[action$='/take'] button");
  await second.fill("#interest-accept", "none");
  await second.click("form[action$='/accept'] button");
  await second.locator(".notice-box", { hasText: "entry 0" }).waitFor();
  const ledger = String(execFileSync(program(), ["export", desk.atlas]));
  assert.match(ledger, /acme-kenya/);
});

test("no page has anything that the checker finds, in either language, light or dark, wide or narrow", async () => {
  const author = people.author.page;
  await author.goto(desk.origin);
  await author.fill("#title", "A draft with faults");
  await author.click("form[action='/drafts'] button");
  await author.waitForURL(/\/draft\/\d+$/);
  const faulty = new URL(author.url()).pathname;
  await author.goto(`${author.url()}/paste`);
  await author.fill("#table", "id,kind,name,sources\nBAD ID,company,Acme Camera Works,news-1\nacme-two,company,Acme Cameras Ltd,news-9\n");
  await author.click("form.desk-form button");
  await author.goto(desk.origin + faulty);
  await author.fill("#comment", "Which page? Ask jane.roe@example.org");
  await author.click("form[action$='/comment'] button");
  const done = new URL(people.draft).pathname;
  const visits = [
    ["admin", ["/", "/accounts", "/acts", "/rights", "/nothing"]],
    ["author", ["/", done, faulty, `${faulty}/row/relations`, `${faulty}/row/claims`, `${faulty}/row/entities/0`, `${faulty}/paste`, "/find?q=acme&about=item/acme"]],
    ["approver", ["/drafts", done, "/drafts?state=draft"]],
    ["stranger", ["/login", "/enrol/made-up"]],
  ];
  people.stranger = await person(browser);
  assert.deepEqual(await looked(desk.origin, people, visits), []);
});

test("a draft is written without script, in no more than three pages", async () => {
  const state = await people.author.page.context().storageState();
  const context = await browser.newContext({ javaScriptEnabled: false, storageState: state });
  const page = await context.newPage();
  await page.goto(desk.origin);
  await page.fill("#title", "Without script");
  await page.click("form[action='/drafts'] button");
  await page.click(".desk-tools a >> nth=0");
  await page.fill("#field-id", "news-2");
  await page.fill("#field-title", "Another report");
  await page.selectOption("#field-kind", "news");
  await page.click("form.desk-form button");
  assert.match(await page.locator("main").innerText(), /Another report/);
  await context.close();
});

test("no page of the desk complains, but of what was refused on purpose", () => {
  const all = Object.entries(people).flatMap(([who, { complaints = [] }]) => complaints.map((text) => `${who}: ${text}`));
  // The browser itself reports pages that are not there, and links that are used up.
  assert.deepEqual(all.filter((text) => !/status of 4(04|10)/.test(text)), []);
});
