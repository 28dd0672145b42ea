// Writes the table of docs/results/reliability.md that a soak fills: what was tried, how often, and what came of it.
// Reads the lines that tests print about themselves in test-results/soak.log, and test-results/sabotage.json. What a
// shorter run did not try again keeps its row.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const page = `${root}docs/results/reliability.md`;

/** How a test begins its line, and the command that runs it. */
const TOLD = [
  ["power loss", "cargo test -p ledger power"],
  ["flips before signing", "cargo test -p ledger presign"],
  ["flips:", "COUNTERATLAS_FLIPS=all cargo test -p ledger bits"],
  ["forged histories", "COUNTERATLAS_FORGERIES=10000 cargo test -p counteratlas --test it forge"],
  ["syscalls:", "COUNTERATLAS_SYSCALLS=all cargo test -p counteratlas --test it syscalls"],
  ["kill -9", "COUNTERATLAS_KILLS=10000 cargo test -p counteratlas --test it durable"],
  ["altered backups", "cargo test -p counteratlas --test it altered"],
  ["disk space", "cargo test -p counteratlas --test it disks"],
  ["inodes", "cargo test -p counteratlas --test it disks"],
  ["descriptors", "cargo test -p counteratlas --test it disks"],
  ["file length", "cargo test -p counteratlas --test it disks"],
  ["canaries", "cargo test -p counteratlas --test it canary"],
];

const lines = readFileSync(process.argv[2] ?? `${root}test-results/soak.log`, "utf8").split("\n");
const rows = TOLD.flatMap(([begins, command]) => {
  const told = new Set(lines.filter((line) => line.startsWith(begins)).map((line) => line.trim()));
  return [...told].map((line) => `| ${line.replaceAll("|", "\\|")} | \`${command}\` |`);
});
rows.push(...sabotage());
rows.unshift(...kept(readFileSync(page, "utf8"), rows));
const table = ["| What was tried, as the test says it | Command |", "|---|---|", ...rows].join("\n");
const [before, after] = [/^[\s\S]*<!-- soak -->\n/, /\n<!-- end of soak -->[\s\S]*$/].map((part) => part.exec(readFileSync(page, "utf8"))[0]);
writeFileSync(page, before + table + after);
console.log(`${rows.length} rows in docs/results/reliability.md`);

/** Rows of an earlier soak for which there is no newer one of the same beginning, whatever its numbers. */
function kept(text, newer) {
  const beginning = (row) => row.replace(/[0-9]+/g, "#").slice(0, 20);
  const told = new Set(newer.map(beginning));
  const soak = text.split("<!-- soak -->")[1].split("<!-- end of soak -->")[0];
  return soak.split("\n").filter((row) => row.startsWith("| ") && !row.startsWith("| What was tried") && !told.has(beginning(row)));
}

function sabotage() {
  const path = `${root}test-results/sabotage.json`;
  if (!existsSync(path)) return [];
  const { tried, wrong, seconds } = JSON.parse(readFileSync(path, "utf8"));
  return [`| deliberate bugs: ${tried}, ${wrong} not caught by the test named for them, ${seconds} s | \`node tools/sabotage/run.mjs\` |`];
}
