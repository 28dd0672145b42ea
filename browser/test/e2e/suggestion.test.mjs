// A stranger's suggestion: three pages from a record to the code, with the keyboard alone and without script, accessible in
// both languages at three widths.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { violations } from "./axe.mjs";
import { reader, sampleIn } from "./browser.mjs";
import { LANGUAGES } from "./kinds.mjs";

const PICTURE = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAADXRFWHRBdXRob3IAQ0FOQVJZeccz5QAAAA1JREFUeJxj+M8ABP8BBwAB/+IjnlkAAAAASUVORK5CYII=",
  "base64",
);

/** The word that the page asks for. */
async function rightWord(page) {
  const place = Number((await page.locator("label[for=answer]").textContent()).match(/\d+/)[0]);
  return page.locator("fieldset ol li").nth(place - 1).textContent();
}

/** Presses Enter on what has the focus once the keyboard has come to it. */
async function pressOn(page, wanted) {
  for (let steps = 0; steps < 200; steps++) {
    await page.keyboard.press("Tab");
    const here = await page.evaluate(() => {
      const focused = document.activeElement;
      return `${focused.id} ${focused.getAttribute("href") ?? ""} ${focused.name ?? ""}=${focused.value ?? ""}`;
    });
    if (wanted.test(here)) return page.keyboard.press("Enter");
  }
  throw new Error(`the keyboard never came to ${wanted}`);
}

/** From a record to the code; `look` is called on each page. */
async function contribute(page, origin, prefix, look = async () => {}) {
  await page.goto(`${origin}${prefix}/suggestion?about=item/hikvision`);
  await look("form");
  await page.fill("#what", "It was founded in 2001.\n\nNot before. Write to a@example.org");
  await page.fill("#when", "August 2001");
  await page.setInputFiles("#file", { name: "my-name.png", mimeType: "image/png", buffer: PICTURE });
  await page.locator("button[value=check]").click();
  await look("check");
  assert.match(await page.locator("main").textContent(), /2 × 1/);
  await page.fill("#answer", await rightWord(page));
  await page.locator("button[value=send]").click();
  await look("code");
  return (await page.locator(".reference-code code").textContent()).trim();
}

describe("a suggestion, in Chromium", () => {
  const sample = sampleIn();

  for (const [lang, prefix] of Object.entries(LANGUAGES)) {
    test(`three pages lead to a code, accessible at every width (${lang})`, async () => {
      const { context, page } = await reader(sample.browser, { reducedMotion: "reduce" });
      const pages = [];
      const found = [];
      const look = async (name) => {
        pages.push(name);
        for (const width of [390, 820, 1440]) {
          await page.setViewportSize({ width, height: 900 });
          found.push(...(await violations(page)).map((what) => `${name} ${width}: ${what}`));
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          if (wide > 0) found.push(`${name} ${width}: ${wide} px too wide`);
        }
      };
      const code = await contribute(page, sample.origin, prefix, look);
      assert.deepEqual(pages, ["form", "check", "code"]);
      assert.equal(code.split(" ").length, 6, code);
      await page.goto(`${sample.origin}${prefix}/suggestion/status`);
      await page.fill("#code", code.toUpperCase());
      await page.locator(".suggestion-form button").first().click();
      assert.match(await page.locator("main").textContent(), lang === "en" ? /Received/ : /已收到/);
      await look("standing");
      assert.deepEqual(found, []);
      assert.deepEqual([await context.cookies(), await page.evaluate(() => localStorage.length + sessionStorage.length)], [[], 0]);
      await context.close();
    });
  }

  test("without script, with the keyboard alone, from a value to the code", async () => {
    const { context, page } = await reader(sample.browser, { javaScriptEnabled: false });
    await page.goto(`${sample.origin}/item/hikvision`);
    await page.locator("details.how summary").first().focus();
    await page.keyboard.press("Enter");
    await pressOn(page, /\/suggestion\?about=e/);
    await page.waitForURL(/\/suggestion\?about=e/);
    await page.locator("#what").focus();
    await page.keyboard.type("Another spelling");
    await pressOn(page, /step=check/);
    await page.waitForSelector("#answer");
    const word = await rightWord(page);
    await page.locator("#answer").focus();
    await page.keyboard.type(word);
    await page.keyboard.press("Enter");
    await page.waitForSelector(".reference-code");
    assert.equal((await page.locator(".reference-code code").textContent()).trim().split(" ").length, 6);
    await context.close();
  });

  test("going back to change something loses nothing", async () => {
    const { context, page } = await reader(sample.browser, { javaScriptEnabled: false });
    await page.goto(`${sample.origin}/suggestion`);
    const text = "\n  two lines\n\n<b>and</b> “more” 海康 ";
    await page.fill("#passage", text);
    await page.locator("button[value=check]").click();
    await page.locator("button[value=edit]").click();
    assert.equal(await page.inputValue("#passage"), text);
    await page.locator("button[value=check]").click();
    await page.fill("#answer", "wrong");
    await page.locator("button[value=send]").click();
    assert.match(await page.locator("[role=alert]").textContent(), /another word/);
    await page.locator("button[value=edit]").click();
    assert.equal(await page.inputValue("#passage"), text);
    await context.close();
  });
});
