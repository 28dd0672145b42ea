// Measures what an import costs: time and most memory of importing a generated export, of importing
// it again, and the time to open the atlas that came of it.
//
//   node bench/import/bench.mjs [ROWS…]        (4000 100000 if none are named)
//
// Needs `make build` and python3. Prints one JSON line per size; exit code 1 if a bar is missed:
// 4,000 rows in 5 s; 100,000 rows in 90 s and 2 GiB, and 5 s to open.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const program = join(root, "target/release/counteratlas");
const BARS = { 4000: { import_s: 5 }, 100000: { import_s: 90, most_mib: 2048, open_s: 5 } };

const sizes = process.argv.slice(2).map(Number);
let missed = false;
for (const rows of sizes.length ? sizes : [4000, 100000]) {
  const folder = mkdtempSync(join(tmpdir(), "atlas-bench-"));
  try {
    const result = { rows, ...(await measure(rows, folder)) };
    console.log(JSON.stringify(result));
    missed ||= Object.entries(BARS[rows] ?? {}).some(([name, bar]) => result[name] > bar);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
process.exit(missed ? 1 : 0);

async function measure(rows, folder) {
  const [csv, atlas] = [join(folder, "export.csv"), join(folder, "atlas")];
  execFileSync("python3", [join(root, "bench/import/generate.py"), String(rows)], { stdio: ["ignore", openSync(csv, "w"), 2] });
  execFileSync(program, ["init", atlas], { stdio: "ignore" });
  const first = await run(["import", "--quiet", atlas, csv]);
  const again = await run(["import", "--quiet", atlas, csv]);
  const disk = Number(execFileSync("du", ["-sm", atlas], { encoding: "utf8" }).split("\t")[0]);
  return { import_s: first.seconds, most_mib: first.mib, again_s: again.seconds, disk_mb: disk, open_s: await opening(atlas) };
}

/** Runs the program; gives seconds and the most memory it held, in MiB. */
function run(words) {
  const begun = performance.now();
  const child = spawn(program, words, { stdio: "ignore" });
  let mib = 0;
  const look = setInterval(() => (mib = Math.max(mib, held(child.pid))), 20);
  return new Promise((done, fail) => {
    child.once("close", (code) => {
      clearInterval(look);
      if (code === 0) done({ seconds: round((performance.now() - begun) / 1000), mib: Math.round(mib) });
      else fail(new Error(`counteratlas ${words.join(" ")} ended with ${code}`));
    });
  });
}

/** The most memory that a process has held so far, in MiB, where the system tells. */
function held(pid) {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** Seconds until the served atlas listens. */
async function opening(atlas) {
  const begun = performance.now();
  const server = spawn(program, ["serve", atlas, "--listen", "127.0.0.1:0"], { stdio: ["ignore", "ignore", "pipe"] });
  for await (const line of createInterface({ input: server.stderr })) if (line.includes("http://")) break;
  server.kill();
  return round((performance.now() - begun) / 1000);
}

function round(seconds) {
  return Math.round(seconds * 100) / 100;
}
