// A reader with Tor Browser's "Safest" settings: no script, no SVG. The filter works; `walk.test.mjs` reads every page.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { sampleIn } from "./browser.mjs";
import { firefox, safest } from "./firefox.mjs";

const skip = firefox() ? false : "no Firefox on this machine";
if (skip) console.log(`SKIPPED: ${skip}`);

describe("in Firefox without script and SVG", { skip }, () => {
  const sample = sampleIn(safest);
  const text = async (selector) => (await sample.browser.find(selector)).map((node) => node.text).join(" ").replace(/\s+/g, " ");

  test("scripts and SVG are really off", async () => {
    const script = "<body><p>plain</p><script>document.body.append('a script ran')</scr" + "ipt><svg><text>drawn</text></svg>";
    await sample.browser.open(`data:text/html,${encodeURIComponent(script)}`);
    assert.doesNotMatch(await text("body"), /a script ran(?!'\))/);
  });

  test("the filter works by its button", async () => {
    await sample.browser.size(1440, 900);
    await sample.browser.open(`${sample.origin}/links?country=KE`);
    const all = Number((await (await fetch(`${sample.origin}/links.json?country=KE`)).json()).total);
    assert.ok(all > 0);
    assert.match(await text("main [role=status]"), new RegExp(`\\b${all}\\b`));
    await sample.browser.click("#filter button[type=submit]");
    await new Promise((done) => setTimeout(done, 1000));
    assert.match(await sample.browser.address(), /\/links\?.*country=KE/);
  });

  test("a page is not blank", async () => {
    await sample.browser.open(`${sample.origin}/item/hikvision`);
    assert.ok((await sample.browser.screenshot()).length > 20_000);
  });
});
