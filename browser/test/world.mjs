// A folder of generated files, written by the Rust side: columns, names, answers to random filters
// and tiles (crates/edition/examples/columns.rs). Made once per test file and removed at its end.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

export function generate(links, filters) {
  const folder = mkdtempSync(join(tmpdir(), "atlas-columns-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const example = ["run", "--quiet", "--package", "edition", "--example", "columns", "--"];
  execFileSync("cargo", [...example, String(links), folder, String(filters)], { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
  return folder;
}
