// Checks that the pure crates still compile to wasm32, for programs that match names in a browser.
// Adds the target by rustup where it is missing; without either it says so and checks nothing.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { onPath } from "./chromium.mjs";

const TARGET = "wasm32-unknown-unknown";
const CRATES = ["model", "names"];

if (!has() && onPath(["rustup"])) spawnSync("rustup", ["target", "add", TARGET], { stdio: "inherit" });
if (!has()) {
  console.log(`SKIPPED: no ${TARGET} on this machine; hint: rustup target add ${TARGET}`);
  process.exit(0);
}
const packages = CRATES.flatMap((name) => ["--package", name]);
process.exit(spawnSync("cargo", ["check", "--quiet", "--target", TARGET, ...packages], { stdio: "inherit" }).status ?? 1);

function has() {
  const { stdout } = spawnSync("rustc", ["--print", "target-libdir", "--target", TARGET], { encoding: "utf8" });
  return existsSync(stdout.trim());
}
