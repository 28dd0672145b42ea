// A reader who has a keyboard and nothing else, in Chromium as it comes and in Firefox without script and SVG. Both do the same:
// they press Tab until what is meant has the focus, and say what they can read.
import assert from "node:assert/strict";

/** No page of ours has more to step over. */
const MOST_STEPS = 900;
/** How long something may take to appear, in milliseconds. */
const PATIENCE = 30_000;

/**
 * What a hand does, above what its browser can: `open(path)`, `key(name)`, `type(text)`, `focused()` (`{tag, text, attributes}`
 * or null), `find(selector)` (the same of each), `address()`.
 */
export class Hand {
  constructor(browser, origin) {
    this.browser = browser;
    this.origin = origin;
  }

  /** Opens an address, as from a bookmark. */
  async open(path) {
    await this.browser.open(this.origin + path);
  }

  /** Presses Tab until something fits, and fails if nothing does. */
  async reach(wanted) {
    const passed = [];
    for (let step = 0; step < MOST_STEPS; step++) {
      await this.browser.key("Tab");
      const at = await this.browser.focused();
      if (at && fits(at, wanted)) return at;
      if (at) passed.push(at.text.slice(0, 24) || at.attributes.name || at.tag);
    }
    assert.fail(`never reached ${JSON.stringify(wanted, (_, value) => (value instanceof RegExp ? String(value) : value))}; passed ${passed.slice(0, 60).join(" | ")}`);
  }

  /** Reaches a link or button, presses Enter and waits until another page is there. */
  async follow(wanted) {
    const before = await this.path();
    const at = await this.reach(wanted);
    await this.browser.key("Enter");
    await this.until(async () => (await this.path()) !== before && (await this.browser.find("footer, .embed-line")).length > 0, "another page");
    return at;
  }

  /** Reaches a box and ticks it. */
  async tick(wanted) {
    await this.reach({ tag: "input", ...wanted });
    await this.browser.key("Space");
  }

  /** Reaches something that opens and opens it. */
  async unfold(text) {
    await this.reach({ tag: "summary", text });
    await this.browser.key("Enter");
  }

  /** Reaches a field and writes into it. */
  async write(name, text) {
    const at = await this.reach({ name });
    await this.browser.type(text);
    return at;
  }

  /** Path and query of the page. */
  async path() {
    const url = new URL(await this.browser.address());
    return url.pathname + url.search;
  }

  /** What can be read in the main part, or in a part of it. */
  async text(selector = "main") {
    return (await this.browser.find(selector)).map(({ text }) => text).join(" ").replace(/\s+/g, " ").trim();
  }

  /** Waits until the main part, or a part of it, says something. */
  async reads(pattern, selector = "main") {
    let text = "";
    await this.until(async () => pattern.test((text = await this.text(selector))), `${pattern}`).catch((error) => {
      throw new Error(`${error.message}; it says: ${text.slice(0, 300)}`);
    });
    return text;
  }

  async until(holds, what) {
    for (const end = Date.now() + PATIENCE; Date.now() < end; ) {
      if (await holds()) return;
      await new Promise((done) => setTimeout(done, 60));
    }
    throw new Error(`waited in vain for ${what} on ${await this.path()}`);
  }

  /** What our server says at an address, for comparison. */
  async json(path) {
    return (await fetch(this.origin + path)).json();
  }

  /** What a link that has been reached leads to. */
  async file({ attributes }) {
    const response = await fetch(new URL(attributes.href, this.origin));
    assert.equal(response.status, 200, attributes.href);
    return response;
  }
}

function fits({ tag, text, attributes }, wanted) {
  const words = attributes["aria-label"] ?? text;
  return (
    (!wanted.tag || wanted.tag === tag) &&
    (!wanted.text || wanted.text.test(words)) &&
    (!wanted.href || wanted.href.test(attributes.href ?? "")) &&
    (!wanted.name || wanted.name === attributes.name) &&
    (!wanted.value || wanted.value === attributes.value)
  );
}

/** Chromium's part of a hand. */
export function inChromium(page) {
  const described = (element) => ({
    tag: element.localName,
    text: element.textContent.replace(/\s+/g, " ").trim(),
    attributes: Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value])),
  });
  const run = (body, ...args) => page.evaluate(`(${body})(${described}, ${args.map((arg) => JSON.stringify(arg)).join(", ")})`);
  const settled = (asking) =>
    asking().catch(async (error) => {
      // The page went away while it was asked; the next one answers.
      if (!/navigation|destroyed|detached/i.test(error.message)) throw error;
      await page.waitForLoadState("domcontentloaded");
      return asking();
    });
  return {
    open: (url) => page.goto(url),
    key: (name) => page.keyboard.press(name),
    type: (text) => page.keyboard.type(text),
    address: async () => page.url(),
    find: (selector) => settled(() => run("(described, selector) => [...document.querySelectorAll(selector)].map(described)", selector)),
    focused: () => settled(() => run("(described) => document.activeElement && document.activeElement !== document.body ? described(document.activeElement) : null")),
  };
}

/** Firefox's part of a hand. */
export function inFirefox(firefox) {
  return {
    open: (url) => firefox.open(url),
    key: (name) => firefox.key(name),
    type: (text) => firefox.type(text),
    address: () => firefox.address(),
    find: (selector) => firefox.find(selector),
    focused: async () => (await firefox.find(":focus"))[0] ?? null,
  };
}
