// Runs every part of the suite, also after one failed, tells how long each took, and sums them up.
// The last line is `N passed, N failed`. Exit code 1 if anything failed.
import { spawn, spawnSync } from "node:child_process";
import { chdir } from "node:process";
import { fileURLToPath } from "node:url";
import { onPath } from "./chromium.mjs";

chdir(fileURLToPath(new URL("../..", import.meta.url)));

/** How many passed and failed, read off what a test program printed. */
const counts = {
  cargo: (text) => sum(text, /^test result: .*? (\d+) passed; (\d+) failed/gm),
  node: (text) => ({
    passed: sum(text, /^[#ℹ] pass (\d+)()$/gm).passed,
    failed: sum(text, /^[#ℹ] fail (\d+)()$/gm).passed + sum(text, /^[#ℹ] cancelled (\d+)()$/gm).passed,
  }),
};

const parts = [
  { name: "browser build", run: "make --no-print-directory browser" },
  { name: "format", run: "cargo fmt --all --check" },
  { name: "lints", run: "cargo clippy --workspace --all-targets --quiet -- -D warnings" },
  { name: "sabotage table", run: "node tools/sabotage/run.mjs --check" },
  { name: "names on wasm32", run: "node tools/house/wasm.mjs" },
  { name: "program", run: "cargo build --package counteratlas" },
  { name: "rust tests", run: "cargo test --workspace --no-fail-fast", count: counts.cargo },
  { name: "sample check", run: "python3 tools/sample/check.py", needs: "python3" },
  { name: "browser types", run: "npm --prefix browser run check" },
  { name: "browser units", run: "npm --prefix browser test", count: counts.node },
  { name: "chromium", run: "make --no-print-directory chromium" },
  { name: "browser tests", run: "node --test --test-concurrency=1 --test-reporter=spec browser/test/e2e/*.test.mjs", count: counts.node },
];

const before = treeState();
const results = [];
for (const part of parts) results.push(await runPart(part));
results.push(treeUnchanged());
report(results);

async function runPart({ name, run, count, needs }) {
  const start = Date.now();
  console.log(`\n── ${name}: ${run}`);
  if (needs && !onPath([needs])) {
    console.log(`SKIPPED: \`${needs}\` is not on this machine`);
    return { name, passed: 0, failed: 0, seconds: 0, skipped: true };
  }
  const { code, text } = await shell(run);
  const counted = count?.(text) ?? { passed: 0, failed: 0 };
  const whole = count ? counted : { passed: code === 0 ? 1 : 0, failed: 0 };
  // A part that ended badly without naming a failed test (it did not build, say) is one failure.
  const failed = code !== 0 && whole.failed === 0 ? 1 : whole.failed;
  return { name, passed: whole.passed, failed, seconds: (Date.now() - start) / 1000 };
}

function shell(command) {
  return new Promise((done) => {
    const child = spawn("bash", ["-c", command], { stdio: ["ignore", "pipe", "pipe"] });
    let text = "";
    child.stdout.on("data", (bytes) => {
      text += bytes;
      process.stdout.write(bytes);
    });
    child.stderr.on("data", (bytes) => process.stderr.write(bytes));
    child.on("close", (code) => done({ code, text }));
  });
}

/** What git sees as changed; undefined where there is no git. */
function treeState() {
  const git = spawnSync("git", ["status", "--porcelain"], { encoding: "utf8" });
  return git.status === 0 ? git.stdout : undefined;
}

function treeUnchanged() {
  const after = treeState();
  const same = after === before;
  console.log(`\n── tree: ${same ? "as it was" : `the suite changed it:\n${after}`}`);
  return { name: "tree is clean", passed: same ? 1 : 0, failed: same ? 0 : 1, seconds: 0 };
}

function sum(text, pattern) {
  const plain = text.replace(/\u001b\[[0-9;]*m/g, "");
  const total = { passed: 0, failed: 0 };
  for (const [, passed, failed] of plain.matchAll(pattern)) {
    total.passed += Number(passed);
    total.failed += Number(failed || 0);
  }
  return total;
}

function report(results) {
  console.log("\n   seconds   passed   failed");
  for (const { name, passed, failed, seconds, skipped } of results) {
    const cells = [seconds.toFixed(1).padStart(10), String(passed).padStart(9), String(failed).padStart(9)];
    console.log(`${cells.join("")}   ${name}${skipped ? " (skipped)" : ""}`);
  }
  const total = (key) => results.reduce((all, result) => all + result[key], 0);
  console.log(`${total("seconds").toFixed(1).padStart(10)}                     all`);
  console.log(`${total("passed")} passed, ${total("failed")} failed`);
  process.exit(total("failed") ? 1 : 0);
}
