// Connections opened in place by keyboard, and a reader's own list checked without JavaScript.
import assert from "node:assert/strict";
import { test } from "node:test";
import { NO_TRACES, reader, sampleIn, traces } from "./browser.mjs";

const sample = sampleIn();

test("a neighbour's connections open below it, lead on, and close again", async () => {
  const { context, page, seen } = await reader(sample.browser);
  await page.goto(`${sample.origin}/zh/item/hikvision/connections`);
  const row = page.locator("[data-connections] td, [data-connections] th").filter({ has: page.locator(".opener") }).first();
  const opener = row.locator(".opener").first();
  assert.equal(await opener.getAttribute("aria-expanded"), "false");
  await opener.focus();
  await page.keyboard.press("Enter");
  const list = row.locator(".opened").first();
  await list.waitFor();
  assert.equal(await opener.getAttribute("aria-expanded"), "true");
  assert.ok((await list.locator("a").count()) > 0);
  assert.equal(await list.locator('a[href="/zh/item/hikvision"]').count(), 0, "nobody is led back to where they came from");
  await opener.press("Enter");
  assert.equal(await list.isVisible(), false);
  assert.deepEqual(seen.complaints, []);
  assert.ok(seen.requests.every((url) => url.startsWith(sample.origin)));
  await context.close();
});

test("an item is named by typing a little of its name, and the form is sent by its own button", async () => {
  const { context, page, seen } = await reader(sample.browser);
  await page.goto(`${sample.origin}/path`);
  for (const [field, typed, id] of [["#field-from-0", "海康", "hikvision"], ["#field-to-0", "Huaw", "huawei"]]) {
    await page.locator(field).pressSequentially(typed);
    await page.locator(`${field} + .suggestions li`).first().waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    assert.equal(await page.inputValue(field), id);
    assert.match(page.url(), /\/path$/, "choosing names the item and does not leave the page");
    assert.equal(await page.locator(`${field} + .suggestions li`).count(), 0);
  }
  await page.click("main form.walk-form > button");
  await page.waitForURL(/from=hikvision&to=huawei/);
  assert.ok((await page.locator("ol.paths > li").count()) > 0);
  assert.equal(await page.inputValue("#field-from-0"), "Hikvision");
  assert.deepEqual(seen.complaints, []);
  await context.close();
});

test("a list is pasted, looked at, checked and forgotten without JavaScript", async () => {
  const { context, page } = await reader(sample.browser, { javaScriptEnabled: false });
  await page.goto(`${sample.origin}/screen`);
  await page.fill("#list", "Supplier,Country\n杭州海康威视数字技术股份有限公司,CN\nXyloquent Brandywhistle GmbH,DE\n");
  await page.click("main form button");
  await page.waitForURL(/\/screen\/[0-9a-f]{32}$/);
  assert.match(await page.textContent("main"), /Xyloquent/);
  await page.click("main form.walk-form button");
  await page.waitForSelector(".screened", { timeout: 60_000 });
  const text = await page.textContent("main");
  assert.match(text, /Hikvision/);
  assert.match(text, /Xyloquent/);
  await page.click("form.forget button");
  await page.waitForURL(/forgotten=1/);
  assert.equal((await page.goBack())?.status(), 404);
  await context.close();
});

test("checking a list leaves nothing in the browser", async () => {
  const { context, page } = await reader(sample.browser);
  await page.goto(`${sample.origin}/screen`);
  await page.fill("#list", "Hikvision\nHuawei\n");
  await page.click("main form button");
  await page.click("main form.walk-form button");
  await page.waitForSelector(".screened", { timeout: 60_000 });
  assert.deepEqual(await traces(context, page), NO_TRACES);
  await context.close();
});
