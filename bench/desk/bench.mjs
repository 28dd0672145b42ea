// How long the desk's pages take with fifty editors and ten thousand open drafts: bar 7 of the desk.
//
//   node bench/desk/bench.mjs [drafts] [editors]
//
// Uses the release build, or the program named by COUNTERATLAS. Everything happens on loopback and in a temporary folder.
import { execFileSync, spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const [DRAFTS, EDITORS] = [Number(process.argv[2] ?? 10_000), Number(process.argv[3] ?? 50)];
const PROGRAM = [process.env.COUNTERATLAS, join(ROOT, "target/release/counteratlas")].find((path) => path && existsSync(path));
const PASSWORD = "correct horse battery";

const folder = mkdtempSync(join(tmpdir(), "counteratlas-desk-bench-"));
const atlas = join(folder, "atlas");
run("init", atlas);
run("import", "--quiet", atlas, ...["foundation", "deployments", "networks", "coverage"].map((name) => join(ROOT, "sample", name)));
const server = spawn(PROGRAM, ["desk", atlas, "--listen", "127.0.0.1:0"], { stdio: ["ignore", "ignore", "pipe"] });
const origin = await listening();
try {
  const admin = await enrol(run("desk", "add-admin", atlas, "first", "--address", origin).trim());
  const editors = [];
  for (let number = 0; number < EDITORS; number += 1) {
    const page = await post(admin, "/accounts", { name: `editor ${number}`, role: number % 5 ? "editor" : "approver" });
    editors.push(await enrol(/<code>(http:[^<]+)</.exec(await page.text())[1]));
  }
  const begun = performance.now();
  for (let number = 0; number < DRAFTS; number += 1) await draft(editors[number % EDITORS], number);
  console.log(`${DRAFTS} drafts by ${EDITORS} editors made in ${((performance.now() - begun) / 1000).toFixed(0)} s`);
  for (const kind of ["single-source", "undated", "country-only", "no-description-zh", "no-name-zh"]) {
    await post(editors[0], "/tasks", { kind, filter: "", most: "200" });
  }
  for (const [name, path] of Object.entries({
    "one's own desk": () => "/",
    "the queue": () => "/drafts",
    "the queue, submitted": () => "/drafts?state=submitted",
    "a draft": (number) => `/draft/${1 + ((number * 7919) % DRAFTS)}`,
    "the form of a link": (number) => `/draft/${1 + ((number * 7919) % DRAFTS)}/row/relations`,
    "the tasks": () => "/tasks?state=all",
    "the tasks of a country": () => "/tasks?state=all&country=KE",
    quality: () => "/quality",
  })) {
    await measure(name, editors, path);
  }
} finally {
  server.kill();
  rmSync(folder, { recursive: true });
}

/** Every editor asks six times, four at once. */
async function measure(name, editors, path) {
  const times = [];
  let next = 0;
  const worker = async () => {
    while (next < editors.length * 6) {
      const number = next++;
      const start = performance.now();
      const answer = await fetch(origin + path(number), { headers: { cookie: editors[number % editors.length] }, redirect: "manual" });
      await answer.text();
      if (answer.status !== 200) throw new Error(`${path(number)}: ${answer.status}`);
      times.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: 4 }, worker));
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.floor((times.length - 1) * share)].toFixed(1).padStart(7);
  console.log(`${name.padEnd(22)} median ${at(0.5)} ms  p99 ${at(0.99)} ms  (${times.length} pages, load ${loadavg()[0].toFixed(1)})`);
}

async function draft(cookie, number) {
  const begun = await post(cookie, "/drafts", { title: `Draft ${number}` });
  const path = begun.headers.get("location");
  if (number % 10) return;
  const table = `id,kind,name,sources\nfirm-${number},company,Firm ${number} of Somewhere,editors-general-knowledge\n`;
  await post(cookie, `${path}/paste`, { base: "1", table });
  const page = await (await fetch(origin + path, { headers: { cookie } })).text();
  await post(cookie, `${path}/submit`, { hash: /name="hash" value="([0-9a-f]{64})"/.exec(page)[1], interest: "none", personal: "seen" });
}

async function enrol(link) {
  const path = new URL(link).pathname;
  const page = await (await fetch(origin + path)).text();
  const secret = base32(/<code class="secret">([^<]+)</.exec(page)[1]);
  const counter = Buffer.alloc(8);
  counter.writeBigInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const hash = createHmac("sha1", secret).update(counter).digest();
  const code = String((hash.readUInt32BE(hash[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, "0");
  const answer = await post("", path, { password: PASSWORD, again: PASSWORD, code });
  return answer.headers.get("set-cookie").split(";")[0];
}

function post(cookie, path, fields) {
  const headers = { cookie, "sec-fetch-site": "same-origin" };
  return fetch(origin + path, { method: "POST", body: new URLSearchParams(fields), headers, redirect: "manual" });
}

function base32(text) {
  const letters = [...text.replaceAll(" ", "")].map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0"));
  return Buffer.from(letters.join("").match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
}

function run(...words) {
  return String(execFileSync(PROGRAM, words, { stdio: ["ignore", "pipe", "ignore"] }));
}

async function listening() {
  for await (const line of createInterface({ input: server.stderr })) {
    const found = /http:\/\/\S+/.exec(line);
    if (found) {
      server.stderr.resume();
      return found[0];
    }
  }
  throw new Error("the desk ended before it listened");
}
