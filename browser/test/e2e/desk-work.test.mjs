// What editors work with, in a browser: tasks, tables of any shape, help while writing, drafts to take home.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { launch } from "./browser.mjs";
import { PICTURES, enrol, hire, looked, picture } from "./editors.mjs";
import { serveDesk } from "./site.mjs";

const TABLES = [
  "id,title,publisher,kind,url\nnews-1,A report,The Paper,news,https://paper.example/1\n",
  "id,kind,name,country,sources\nacme,company,Acme Cameras,CN,news-1\nkenya-police,public-body,Police of Kenya,KE,news-1\n",
  "id,kind,subject,object,category,place,country,country_role,lat,lon,location_precision,start,sources\n" +
    "acme-kenya,supplies,acme,kenya-police,smart-city-public-security,Nairobi,KE,fact,-1.286,36.817,city,2014~,news-1\n",
];
const ODD = "Company Name,Nation,Register\nZorbax Works,Germany,lei:BAD\n海康威视,CN,\n";

let desk;
let browser;
const people = {};

before(async () => {
  [desk, browser] = await Promise.all([serveDesk(), launch()]);
  people.admin = await enrol(browser, desk.origin, desk.link);
  for (const [name, role] of [["Quill", "editor"], ["Seal", "approver"], ["Vale", "contributor"]]) {
    people[role] = await hire(browser, desk.origin, people.admin, name, role);
  }
  const [{ page }, second] = [people.editor, people.approver.page];
  const draft = await begin(page, "Cameras in Nairobi");
  for (const table of TABLES) await paste(page, draft, table);
  await page.fill("#interest-submit", "none");
  await page.click("form[action$='/submit'] button");
  await second.goto(draft);
  await second.click("form[action$='/take'] button");
  await second.fill("#interest-accept", "none");
  await second.click("form[action$='/accept'] button");
  await second.locator(".notice-box", { hasText: "entry 0" }).waitFor();
});

after(async () => {
  await browser?.close();
  desk?.stop();
});

async function begin(page, title) {
  await page.goto(desk.origin);
  await page.fill("#title", title);
  await page.click("form[action='/drafts'] button");
  await page.waitForURL(/\/draft\/\d+$/);
  return page.url();
}

async function paste(page, draft, table) {
  await page.goto(`${draft}/paste`);
  await page.fill("#table", table);
  await page.click("form.desk-form button");
  await page.waitForURL(/said=pasted/);
}

/** Another window of somebody, without script. */
async function plain(someone) {
  const storageState = await someone.page.context().storageState();
  const context = await browser.newContext({ javaScriptEnabled: false, storageState });
  return context.newPage();
}

test("an editor makes tasks of a row of the quality table, and a volunteer begins a draft of one, without script", async () => {
  const page = await plain(people.editor);
  await page.goto(`${desk.origin}/quality`);
  await page.click("a[href='/tasks/make?kind=single-source']");
  await page.selectOption("#country", "KE");
  await page.click("form.desk-filter button");
  assert.match(page.url(), /country=KE/);
  await page.click("form.desk-form button");
  assert.match(await page.locator("main").innerText(), /1 task was made/);
  const other = await plain(people.contributor);
  await other.goto(`${desk.origin}/tasks`);
  await other.click("table a");
  people.task = new URL(other.url()).pathname;
  await other.click("form[action$='/take'] button");
  await other.click("form[action$='/draft'] button");
  people.worked = new URL(other.url()).pathname;
  assert.match(await other.locator(".desk-guidance").innerText(), /second publication/);
  await page.context().close();
  await other.context().close();
});

test("a table of any shape is brought as a file, laid, looked at and added", async () => {
  const { page } = people.contributor;
  const draft = await begin(page, "Many");
  people.many = new URL(draft).pathname;
  await page.goto(`${draft}/table`);
  await page.setInputFiles("#file", { name: "list.csv", mimeType: "text/csv", buffer: Buffer.from(ODD) });
  await page.click("form.desk-form button");
  await page.waitForURL(/\/table\/\d+$/);
  people.table = new URL(page.url()).pathname;
  await page.selectOption("[id='m-kind']", "same");
  await page.selectOption("[id='k-kind']", "company");
  await page.selectOption("[id='m-sources']", "same");
  await page.fill("[id='k-sources']", "news-1");
  await page.selectOption("[id='m-identifiers']", "c2");
  await page.click("button[value=look]");
  assert.match(await page.locator("main").innerText(), /Row 2, identifiers:/);
  assert.match(await page.locator("main").innerText(), /zorbax-works/);
  if (PICTURES) await page.screenshot({ path: picture("table-looked.1440"), fullPage: true });
});

test("while a row is written, the desk tells what it knows, and a place fills its point in", async () => {
  const { page } = people.contributor;
  await page.goto(`${desk.origin}${people.many}/row/entities`);
  await page.fill("#field-name", "ACME CAMERAS LTD");
  await page.locator("#hints", { hasText: "Acme Cameras" }).waitFor();
  await page.goto(`${desk.origin}${people.many}/row/relations`);
  await page.fill("#field-place", "Nair");
  await page.click("#hints button[data-fill]");
  assert.equal(await page.inputValue("#field-lat"), "-1.286");
  assert.equal(await page.inputValue("#field-country"), "KE");
  assert.equal(await page.inputValue("#field-location_precision"), "city");
  const without = await plain(people.contributor);
  await without.goto(`${desk.origin}${people.many}/row/relations`);
  await without.fill("#field-start", "15/08/2017");
  await without.click("button[formaction]");
  assert.match(await without.locator("#hints").innerText(), /is not an EDTF date/);
  assert.equal(await without.inputValue("#field-start"), "15/08/2017");
  await without.context().close();
});

test("drafts are taken home and come back", async () => {
  const { page } = people.contributor;
  await page.goto(`${desk.origin}/drafts/import`);
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("a[download]")]);
  const file = readFileSync(await download.path());
  await page.setInputFiles("#file", { name: "drafts.zip", mimeType: "application/zip", buffer: file });
  await page.click("form.desk-form button");
  assert.match(await page.locator(".notice-box").innerText(), /2 drafts came back/);
});

test("no page has anything that the checker finds, in either language, light or dark, wide or narrow", async () => {
  const visits = [
    ["editor", ["/quality", "/tasks?state=all", "/tasks/make?kind=undated&country=KE&colour=red", people.task]],
    ["contributor", ["/tasks", people.task, people.worked, people.table, `${people.many}/table`, "/drafts/import", `${people.worked}/row/claims/0`]],
  ];
  assert.deepEqual(await looked(desk.origin, people, visits), []);
});

test("no page complained", () => {
  const all = Object.entries(people).flatMap(([who, { complaints = [] }]) => complaints.map((text) => `${who}: ${text}`));
  assert.deepEqual(all, []);
});
