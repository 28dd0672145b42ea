// The sample atlas, served by the real program on a free port for as long as a test runs.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const FOLDERS = ["foundation", "deployments", "networks", "coverage", "stories"].map((name) => join(ROOT, "sample", name));

/** The program: the one named by COUNTERATLAS, else a debug build, else a release build. */
export function program() {
  const built = ["debug", "release"].map((profile) => join(process.env.CARGO_TARGET_DIR ?? join(ROOT, "target"), profile, "counteratlas"));
  const found = [process.env.COUNTERATLAS, ...built].find((path) => path && existsSync(path));
  if (!found) throw new Error("the program is not built; hint: cargo build --package counteratlas");
  return found;
}

/** Makes an atlas of these folders of the sample. */
export function importSample(atlas, folders) {
  execFileSync(program(), ["init", atlas], { stdio: "ignore" });
  execFileSync(program(), ["import", "--quiet", atlas, ...folders.map((name) => join(ROOT, "sample", name))], { stdio: "ignore" });
}

/** Serves the sample; gives its origin and a function that stops it. */
export async function serveSample() {
  const folder = mkdtempSync(join(tmpdir(), "counteratlas-e2e-"));
  const atlas = join(folder, "atlas");
  execFileSync(program(), ["init", atlas], { stdio: "ignore" });
  execFileSync(program(), ["import", "--quiet", atlas, ...FOLDERS], { stdio: "ignore" });
  // An empty store: the program makes its tables, and the site takes suggestions.
  mkdirSync(join(atlas, "desk"), { mode: 0o700 });
  writeFileSync(join(atlas, "desk", "desk.sqlite"), "", { mode: 0o600 });
  const server = spawn(program(), ["serve", atlas, "--listen", "127.0.0.1:0"], { stdio: ["ignore", "ignore", "pipe"] });
  const origin = await listening(server);
  return {
    origin,
    stop() {
      server.kill();
      rmSync(folder, { recursive: true });
    },
  };
}

/** An atlas that is there already, served; gives its origin and a function that stops it. */
export async function serveAtlas(atlas) {
  const server = spawn(program(), ["serve", atlas, "--listen", "127.0.0.1:0"], { stdio: ["ignore", "ignore", "pipe"] });
  return { origin: await listening(server), stop: () => server.kill() };
}

/**
 * The editors' desk of an empty atlas; gives its origin, the first account's link, the folder with the atlas, the atlas' own folder, and a
 * function that stops it.
 */
export async function serveDesk(options = []) {
  const folder = mkdtempSync(join(tmpdir(), "counteratlas-desk-"));
  const atlas = join(folder, "atlas");
  execFileSync(program(), ["init", atlas], { stdio: "ignore" });
  const server = spawn(program(), ["desk", atlas, "--listen", "127.0.0.1:0", ...options], { stdio: ["ignore", "ignore", "pipe"] });
  const origin = (await listening(server)).replace("127.0.0.1", "localhost");
  const link = execFileSync(program(), ["desk", "add-admin", atlas, "first", "--address", origin], { stdio: ["ignore", "pipe", "ignore"] });
  return {
    origin,
    folder,
    atlas,
    link: String(link).trim(),
    stop() {
      server.kill();
      rmSync(folder, { recursive: true });
    },
  };
}

/** The first address that a server says it listens on. */
export async function listening(server) {
  for await (const line of createInterface({ input: server.stderr })) {
    const found = /http:\/\/\S+/.exec(line);
    if (found) {
      server.stderr.resume();
      return found[0];
    }
  }
  throw new Error("the server ended before it listened");
}
