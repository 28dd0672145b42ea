// Firefox as Tor Browser's "Safest" sets it, driven over WebDriver BiDi (https://w3c.github.io/webdriver-bidi/),
// which Firefox speaks itself: no driver program, and no script has to run in the page.
import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { onPath } from "../../../tools/house/chromium.mjs";

const SAFEST = { "javascript.enabled": false, "svg.disabled": true };

const SETTINGS = {
  "app.normandy.enabled": false,
  "app.update.enabled": false,
  "browser.safebrowsing.downloads.enabled": false,
  "browser.shell.checkDefaultBrowser": false,
  "datareporting.policy.dataSubmissionEnabled": false,
  "extensions.update.enabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "services.settings.server": "data:,",
  "toolkit.telemetry.enabled": false,
};

/** How long an answer may take, in milliseconds. */
const PATIENCE = 60_000;

/** The path of Firefox, or undefined. */
export function firefox() {
  return process.env.FIREFOX || onPath(["firefox-esr", "firefox"]);
}

/** Starts Firefox without scripts and SVG, for a reader who likes it light or dark. */
export const safest = (theme = "light") => start({ ...SAFEST, "layout.css.prefers-color-scheme.content-override": theme === "dark" ? 0 : 1 });

/** Starts Firefox as it comes: with scripts. */
export const ordinary = () => start({});

async function start(more) {
  const home = mkdtempSync(join(tmpdir(), "counteratlas-firefox-"));
  const settings = { ...SETTINGS, ...more };
  const lines = Object.entries(settings).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`);
  writeFileSync(join(home, "user.js"), lines.join(""));
  const words = ["--headless", "--no-remote", "--profile", home, "--remote-debugging-port=0"];
  const child = spawn(firefox(), words, { env: { ...process.env, HOME: home }, stdio: ["ignore", "ignore", "pipe"] });
  const ended = new Promise((done) => child.once("close", done));
  const socket = await connect(`${await address(child)}/session`);
  await socket.ask("session.new", { capabilities: {} });
  const { context } = await socket.ask("browsingContext.create", { type: "tab" });
  const seen = [];
  await socket.ask("session.subscribe", { events: ["network.beforeRequestSent", "log.entryAdded"] });
  socket.hear(({ method, params }) => {
    if (method === "network.beforeRequestSent") seen.push(`asks ${params.request.url}`);
    if (method === "log.entryAdded" && ["error", "warn"].includes(params.level)) seen.push(`console: ${params.text}`);
  });
  return {
    /** What it asked for and what it complained of, in a line each, since the list was emptied. */
    seen,
    /** Opens a page and waits until it is loaded. */
    open: (url) => socket.ask("browsingContext.navigate", { context, url, wait: "complete" }),
    size: (width, height) => socket.ask("browsingContext.setViewport", { context, viewport: { width, height } }),
    /** The elements of a CSS selector, with all the text in them and their attributes. */
    find: async (selector) => {
      const { nodes } = await socket.ask("browsingContext.locateNodes", {
        context,
        locator: { type: "css", value: selector },
        serializationOptions: { maxDomDepth: 12 },
      });
      return nodes.map(({ value }) => ({ tag: value.localName, text: textOf({ value }).replace(/\s+/g, " ").trim(), attributes: value.attributes }));
    },
    /** Clicks on the first element of a CSS selector, as a hand would. */
    click: async (selector) => {
      const { nodes } = await socket.ask("browsingContext.locateNodes", { context, locator: { type: "css", value: selector } });
      const origin = { type: "element", element: { sharedId: nodes[0].sharedId } };
      const actions = [{ type: "pointerMove", x: 0, y: 0, origin }, { type: "pointerDown", button: 0 }, { type: "pointerUp", button: 0 }];
      await socket.ask("input.performActions", { context, actions: [{ type: "pointer", id: "hand", actions }] });
    },
    /** Presses a key by its name. */
    key: (name) => socket.ask("input.performActions", { context, actions: [{ type: "key", id: "keys", actions: pressed(KEYS[name] ?? name) }] }),
    type: (text) => socket.ask("input.performActions", { context, actions: [{ type: "key", id: "keys", actions: [...text].flatMap(pressed) }] }),
    address: async () => (await socket.ask("browsingContext.getTree", { root: context })).contexts[0].url,
    /** How wide the page is, in pixels: the picture of a strip of it, which ends where the page does. */
    width: async () => {
      const clip = { type: "box", x: 0, y: 0, width: 10_000, height: 1 };
      const { data } = await socket.ask("browsingContext.captureScreenshot", { context, origin: "document", clip });
      return Buffer.from(data, "base64").readUInt32BE(16);
    },
    cookies: async () => (await socket.ask("storage.getCookies", {})).cookies,
    screenshot: async () => Buffer.from((await socket.ask("browsingContext.captureScreenshot", { context })).data, "base64"),
    async close() {
      socket.end();
      child.kill();
      await ended;
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Keys without a letter, as WebDriver writes them. */
const KEYS = { Tab: "\uE004", Enter: "\uE007", Space: " ", Escape: "\uE00C" };

const pressed = (value) => [{ type: "keyDown", value }, { type: "keyUp", value }];

function textOf({ value }) {
  if (value.nodeType === 3) return value.nodeValue;
  return (value.children ?? []).map(textOf).join(value.localName === "p" || value.localName === "li" ? "" : " ");
}

async function address(child) {
  for await (const line of createInterface({ input: child.stderr })) {
    const found = /listening on ws:(\/\/\S+)/.exec(line);
    if (found) {
      child.stderr.resume();
      return `http:${found[1]}`;
    }
  }
  throw new Error("Firefox ended before it listened");
}

/** A WebSocket (RFC 6455) as far as BiDi needs it: text frames, answered by their number. */
function connect(url) {
  const key = randomBytes(16).toString("base64");
  const headers = { Connection: "Upgrade", Upgrade: "websocket", "Sec-WebSocket-Key": key, "Sec-WebSocket-Version": "13" };
  return new Promise((resolve, reject) => {
    const request = get(url, { headers });
    request.on("error", reject);
    request.on("response", (response) => reject(new Error(`Firefox answers ${response.statusCode}`)));
    request.on("upgrade", (response, socket, head) => {
      const proof = createHash("sha1").update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64");
      if (response.headers["sec-websocket-accept"] !== proof) reject(new Error("not a WebSocket"));
      resolve(conversation(socket, head));
    });
  });
}

function conversation(socket, head) {
  const waiting = new Map();
  let hear = () => {};
  let [bytes, text, last] = [head, "", 0];
  const receive = (chunk) => {
    bytes = Buffer.concat([bytes, chunk]);
    for (let frame; (frame = nextFrame(bytes)); ) {
      bytes = bytes.subarray(frame.end);
      text += frame.payload;
      if (!frame.final) continue;
      const message = JSON.parse(text);
      text = "";
      if (message.type === "event") {
        hear(message);
        continue;
      }
      const { resolve, reject } = waiting.get(message.id) ?? {};
      if (message.type === "error") reject?.(new Error(`${message.error}: ${message.message}`));
      else resolve?.(message.result);
    }
  };
  socket.on("data", receive);
  if (head.length) receive(Buffer.alloc(0));
  return {
    ask: (method, params) =>
      new Promise((resolve, reject) => {
        waiting.set(++last, { resolve, reject });
        setTimeout(() => reject(new Error(`no answer to ${method}`)), PATIENCE).unref();
        socket.write(frameOf(JSON.stringify({ id: last, method, params })));
      }),
    /** Who is told of events. */
    hear: (listener) => (hear = listener),
    end: () => socket.destroy(),
  };
}

function nextFrame(bytes) {
  if (bytes.length < 2) return null;
  const short = bytes[1] & 127;
  const start = short < 126 ? 2 : short === 126 ? 4 : 10;
  if (bytes.length < start) return null;
  const length = short < 126 ? short : short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
  if (bytes.length < start + length) return null;
  return { final: bytes[0] >= 128, payload: bytes.toString("utf8", start, start + length), end: start + length };
}

function frameOf(text) {
  const payload = Buffer.from(text);
  const head = payload.length < 126 ? Buffer.from([129, 128 | payload.length]) : Buffer.from([129, 254, payload.length >> 8, payload.length & 255]);
  const mask = randomBytes(4);
  return Buffer.concat([head, mask, payload.map((byte, at) => byte ^ mask[at % 4])]);
}
