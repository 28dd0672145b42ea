// A reader with Tor Browser's "Safest" settings: no script, no SVG. Everything is there to read, and the filter works.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { firefox, safest } from "./firefox.mjs";
import { LANGUAGES, PAGES } from "./kinds.mjs";
import { serveSample } from "./site.mjs";

const skip = firefox() ? false : "no Firefox on this machine";
if (skip) console.log(`SKIPPED: ${skip}`);

describe("in Firefox without script and SVG", { skip }, () => {
  let site, browser;
  before(async () => {
    [site, browser] = await Promise.all([serveSample(), safest()]);
  });
  after(async () => {
    await browser?.stop();
    site?.stop();
  });
  const text = async (selector) => (await browser.find(selector)).map((node) => node.text).join(" ").replace(/\s+/g, " ");

  test("scripts and SVG are really off", async () => {
    const script = "<body><p>plain</p><script>document.body.append('a script ran')</scr" + "ipt><svg><text>drawn</text></svg>";
    await browser.open(`data:text/html,${encodeURIComponent(script)}`);
    assert.doesNotMatch(await text("body"), /a script ran(?!'\))/);
  });

  for (const [lang, prefix] of Object.entries(LANGUAGES)) {
    for (const [kind, path] of Object.entries(PAGES)) {
      test(`the page can be read: ${kind}, ${lang}`, async () => {
        await browser.open(site.origin + prefix + path);
        const [html] = await browser.find("html");
        assert.equal(html.attributes.lang, lang);
        assert.ok((await text("main h1")).trim().length > 1, "a heading");
        assert.ok((await text("main")).length > 200, "something to read");
        const unnamed = (await browser.find("main a, main button, main summary")).filter(
          ({ text, attributes }) => !text.trim() && !attributes["aria-label"] && !attributes.title,
        );
        assert.deepEqual(unnamed, [], "everything to press has words, not only a picture");
      });
    }
  }

  test("the filter works by its button", async () => {
    await browser.size(1440, 900);
    await browser.open(`${site.origin}/links?country=KE`);
    const all = Number((await (await fetch(`${site.origin}/links.json?country=KE`)).json()).total);
    assert.ok(all > 0);
    assert.match(await text("main [role=status]"), new RegExp(`\\b${all}\\b`));
    await browser.click("#filter button[type=submit]");
    await new Promise((done) => setTimeout(done, 1000));
    assert.match(await browser.address(), /\/links\?.*country=KE/);
  });

  test("a page is not blank", async () => {
    await browser.open(`${site.origin}/item/hikvision`);
    assert.ok((await browser.screenshot()).length > 20_000);
  });
});
