// Makes browser/dist: scripts, styles and basemap under content-named files, a brotli twin beside
// each, and manifest.json that maps logical names ("map.js") to file names.
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";
import { build } from "esbuild";
import { basemaps } from "./basemap.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const out = join(root, "dist");
const compress = promisify(brotliCompress);
const manifest = {};

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
await writeBasemaps();
await bundle({ worker: "src/worker.ts" });
await bundle({ main: "style/main.css" });
await bundle({ connections: "src/connections.ts", copy: "src/copy.ts", desk: "src/desk.ts", passkey: "src/passkey.ts", suggest: "src/suggest.ts" });
await bundleMap();
await writeFile(join(out, "manifest.json"), JSON.stringify(manifest, Object.keys(manifest).sort(), 1));
await Promise.all((await readdir(out)).filter((file) => file !== "manifest.json").map(writeBrotli));
await report();

/**
 * The page's script and MapLibre's worker share the code that both need. The script must know the worker's
 * name, which is known only once it is bundled: so it is bundled twice, and the first time nothing is kept.
 */
async function bundleMap() {
  const entries = { map: "src/map.ts", "maplibre-worker": "build/maplibre-worker.mjs" };
  const options = {
    splitting: true,
    alias: { "maplibre-gl": join(root, "build/maplibre.mjs") },
    // What MapLibre's sources are written for.
    tsconfigRaw: { compilerOptions: { target: "ES2022", useDefineForClassFields: false } },
  };
  await bundle(entries, { ...options, write: false, define: fileNames() });
  const worker = manifest["maplibre-worker.js"];
  await bundle(entries, { ...options, define: fileNames() });
  if (manifest["maplibre-worker.js"] !== worker) throw new Error("the worker's name depends on itself");
}

async function bundle(entryPoints, more = {}) {
  const { metafile } = await build({
    absWorkingDir: root,
    bundle: true,
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    entryPoints,
    format: "esm",
    legalComments: "linked",
    loader: { ".svg": "dataurl" },
    logLevel: "warning",
    metafile: true,
    minify: true,
    outdir: out,
    target: "es2022",
    ...more,
  });
  for (const file of Object.keys(metafile.outputs)) register(basename(file));
}

function register(file) {
  const parts = /^(.+)-[0-9A-Za-z]{8,}(\.[a-z]+)$/.exec(file);
  if (parts) manifest[parts[1] + parts[2]] = file;
}

/** The finer basemap goes first: the coarse one names it. */
async function writeBasemaps() {
  const { fine, coarse } = await basemaps();
  const detail = await writeNamed("basemap-detail", JSON.stringify(fine));
  await writeNamed("basemap", JSON.stringify({ ...coarse, detail }));
}

async function writeNamed(name, text) {
  const file = `${name}-${createHash("sha256").update(text).digest("hex").slice(0, 12)}.json`;
  await writeFile(join(out, file), text);
  register(file);
  return file;
}

/** What the page's script needs to know by name; all lie beside it. */
function fileNames() {
  const name = (logical) => JSON.stringify(manifest[logical] ?? "");
  return {
    WORKER_FILE: name("worker.js"),
    MAPLIBRE_WORKER_FILE: name("maplibre-worker.js"),
  };
}

async function writeBrotli(file) {
  const bytes = await readFile(join(out, file));
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  await writeFile(join(out, `${file}.br`), await compress(bytes, { params }));
}

async function report() {
  for (const [logical, file] of Object.entries(manifest).sort()) {
    const [plain, packed] = await Promise.all([file, `${file}.br`].map((name) => readFile(join(out, name))));
    console.log(`${logical.padEnd(22)} ${String(plain.length).padStart(8)} ${String(packed.length).padStart(7)} brotli`);
  }
}
