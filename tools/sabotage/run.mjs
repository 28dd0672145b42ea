// Proves the tests: builds deliberate bugs into a copy of the tree, switches them on one by one, and wants exactly the
// test that is named for each to fail.
//
//   node tools/sabotage/run.mjs           all of them (minutes); writes test-results/sabotage.json
//   node tools/sabotage/run.mjs --check   only that every place and every test named in the table is still there
//   node tools/sabotage/run.mjs NAME…     these
//   node tools/sabotage/run.mjs --tenth SEED   a tenth of them, drawn by this seed
//
// The product's code has no hooks for this: see DESIGN.md. Exit code 1 if a bug was not caught.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { sabotages } from "./table.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const place = join(root, "target/sabotage");
const tree = join(place, "tree");

/** Seconds after which a test is not waited for any more. */
const PATIENCE = 900;
/** How much of what a test says is kept: one that fails may print all that it compared. */
const TOLD = 10_000;
/** Long tests need not be as long as usual to catch a bug. */
const SHORTER = { COUNTERATLAS_KILLS: "200", COUNTERATLAS_CRASH_STATES: "20000" };

const wanted = choose(process.argv.slice(2));
const stale = wanted.flatMap(staleness);
if (stale.length) {
  stale.forEach((line) => console.error(line));
  console.error(`${stale.length} places of the table are stale; hint: mend tools/sabotage/table.mjs`);
  process.exit(1);
}
if (process.argv.includes("--check")) {
  console.log(`${sabotages.length} sabotages: every place and every named test is there`);
  process.exit(0);
}

copyTree(patched());
const programs = await build();
const begun = Date.now();
const sound = await inPairs([...new Set(wanted.map((one) => one.test))], async (test) => [test, await run(test, "")]);
const results = await inPairs(wanted, judge);
report(results);

function choose(words) {
  const names = words.filter((word) => !word.startsWith("--"));
  if (words[0] === "--tenth") return tenth(Number(words[1] ?? 1));
  if (!names.length) return sabotages;
  const unknown = names.filter((name) => !sabotages.some((one) => one.name === name));
  if (unknown.length) throw new Error(`no sabotage is called ${unknown.join(", ")}`);
  return sabotages.filter((one) => names.includes(one.name));
}

function tenth(seed) {
  const rank = (one) => [...`${seed} ${one.name}`].reduce((hash, c) => Math.imul(hash ^ c.codePointAt(0), 16777619) >>> 0, 2166136261);
  return [...sabotages].sort((a, b) => rank(a) - rank(b)).slice(0, Math.ceil(sabotages.length / 10));
}

/** What of a row no longer fits the tree. */
function staleness({ name, file, from, test }) {
  const flaws = [];
  if (sabotages.filter((one) => one.name === name).length > 1) flaws.push(`${name}: the name stands twice`);
  const there = existsSync(join(root, file)) ? read(file).split(from).length - 1 : 0;
  if (there !== 1) flaws.push(`${name}: its text stands ${there} times in ${file}`);
  const [program, path] = test.split(" ");
  const words = path.split("::");
  const source = sources(program, words).find((candidate) => existsSync(join(root, candidate)) && holds(candidate, words.at(-1)));
  if (!source) flaws.push(`${name}: there is no test \`${test}\``);
  return flaws;
}

/** The files in which a test of this path can stand. */
function sources(program, words) {
  const base = program === "it" ? "crates/counteratlas/tests/it" : `crates/${program}/src`;
  const inside = words.slice(0, -1);
  const files = [];
  for (let length = inside.length; length > 0; length--) files.push(`${base}/${inside.slice(0, length).join("/")}.rs`);
  return files;
}

function holds(file, test) {
  return new RegExp(`fn ${test}\\b`).test(read(file));
}

function read(file) {
  return readFileSync(join(root, file), "utf8");
}

/** Every file of the tree that the table changes, with all of the chosen bugs built in. */
function patched() {
  const files = new Map();
  for (const { name, file, from, to } of wanted) {
    const on = `({ static ON: std::sync::OnceLock<bool> = std::sync::OnceLock::new(); *ON.get_or_init(|| std::env::var_os("SABOTAGE").is_some_and(|n| n == "${name}")) })`;
    const text = files.get(file) ?? read(file);
    if (!text.includes(from)) throw new Error(`${name}: another sabotage changes the same text`);
    files.set(file, text.replace(from, () => to.replaceAll(/\bON\b/g, () => on)));
  }
  return files;
}

/** Brings the copy up to the tree; files that did not change keep their time, so that cargo builds little. */
function copyTree(changed) {
  const listed = spawnSync("git", ["ls-files", "-coz", "--exclude-standard"], { cwd: root, encoding: "utf8", maxBuffer: 1 << 26 });
  const files = listed.stdout.split("\0").filter((file) => file && existsSync(join(root, file)));
  for (const file of files) put(join(tree, file), changed.get(file) ?? readFileSync(join(root, file)));
}

function put(path, bytes) {
  const next = Buffer.from(bytes);
  if (existsSync(path) && readFileSync(path).equals(next)) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, next);
}

/** Builds the test programs; gives each by package. */
async function build() {
  const words = ["test", "--workspace", "--lib", "--test", "it", "--no-run", "--message-format=json"];
  const { code, text } = await command("cargo", words, { cwd: tree, env: { ...process.env, CARGO_TARGET_DIR: join(place, "target") } });
  const told = text.split("\n").filter((line) => line.startsWith("{")).map((line) => JSON.parse(line));
  if (code !== 0) {
    told.filter(({ message }) => message?.level === "error").forEach(({ message }) => console.error(message.rendered));
    throw new Error("the sabotaged copy does not build");
  }
  const programs = new Map();
  for (const { reason, profile, target, executable } of told) {
    if (reason === "compiler-artifact" && profile.test && executable) programs.set(target.name, executable);
  }
  return programs;
}

/** Runs one test with one bug, or none; gives "passed", "failed" or what else came of it. */
async function run(test, sabotage) {
  const [program, path] = test.split(" ");
  const cwd = join(tree, "crates", program === "it" ? "counteratlas" : program);
  const env = { ...process.env, ...SHORTER, SABOTAGE: sabotage, CARGO_MANIFEST_DIR: cwd };
  const { code, text, late } = await command(programs.get(program), ["--exact", path], { cwd, env, quiet: true });
  if (late) return `still running after ${PATIENCE} s`;
  if (/test result: ok\. 1 passed/.test(text) && code === 0) return "passed";
  return /test result: FAILED\. 0 passed; 1 failed/.test(text) && code !== 0 ? "failed" : `ended with ${code}`;
}

async function judge({ name, file, test }) {
  const before = new Map(sound).get(test);
  const came = before === "passed" ? await run(test, name) : `the test does not pass without it: ${before}`;
  const caught = came === "failed";
  console.log(`${caught ? "caught " : "MISSED "} ${name}: ${caught ? test : came}`);
  return { name, file, test, caught, came };
}

/** Two at a time. */
async function inPairs(list, work) {
  const left = [...list.entries()];
  const done = [];
  const worker = async () => {
    for (let next = left.shift(); next; next = left.shift()) done[next[0]] = await work(next[1]);
  };
  await Promise.all([worker(), worker()]);
  return done;
}

function command(program, words, { quiet, ...options }) {
  return new Promise((done) => {
    const child = spawn(program, words, { stdio: ["ignore", "pipe", quiet ? "pipe" : "inherit"], ...options });
    let [text, late] = ["", false];
    const timer = quiet && setTimeout(() => ((late = true), child.kill("SIGKILL")), PATIENCE * 1000);
    child.stdout.on("data", (bytes) => (text = quiet ? (text + bytes).slice(-TOLD) : text + bytes));
    child.stderr?.resume();
    child.on("close", (code) => {
      clearTimeout(timer);
      done({ code, text, late });
    });
  });
}

function report(results) {
  const caught = results.filter((one) => one.caught).length;
  const seconds = Math.round((Date.now() - begun) / 1000);
  if (wanted.length === sabotages.length) {
    mkdirSync(join(root, "test-results"), { recursive: true });
    const told = { what: "sabotage", tried: results.length, wrong: results.length - caught, seconds, results };
    writeFileSync(join(root, "test-results/sabotage.json"), `${JSON.stringify(told, null, 1)}\n`);
  }
  console.log(`sabotage: ${caught} of ${results.length} caught by the test named for them, ${seconds} s`);
  process.exit(caught === results.length ? 0 : 1);
}
