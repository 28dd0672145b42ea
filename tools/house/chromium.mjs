// Finds a Chromium for the browser tests and prints its path; installs Debian's where that is possible.
import { execFileSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const HINT =
  "needs Chromium; hint: install your system's package (Debian: apt-get install chromium), " +
  "or name one with CHROMIUM=/path/to/chromium";

/** The path of the first of these programs on the PATH, or undefined. */
export function onPath(names) {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(runnable);
}

/** The path of a Chromium, or undefined. */
export function chromium() {
  return process.env.CHROMIUM || onPath(NAMES);
}

/** The path of a Chromium, installing Debian's if this is root on a Debian machine. Throws with a hint. */
export function chromiumOrInstall() {
  const found = chromium();
  if (found) return found;
  if (process.getuid?.() !== 0 || !onPath(["apt-get"])) throw new Error(HINT);
  const apt = (...args) => execFileSync("apt-get", ["-q", ...args], { stdio: ["ignore", 2, 2] });
  apt("update");
  apt("install", "-y", "--no-install-recommends", "chromium");
  const installed = chromium();
  if (!installed) throw new Error(HINT);
  return installed;
}

function runnable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log(chromiumOrInstall());
  } catch (error) {
    console.error(error.message);
    process.exit(2);
  }
}
