// Bundles browser/src/core.ts in memory, so that node runs the very code that the reader's browser does.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const entry = fileURLToPath(new URL("../src/core.ts", import.meta.url));
const { outputFiles } = await build({ entryPoints: [entry], bundle: true, format: "esm", target: "es2022", write: false });
const source = `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`;

export const core = await import(source);

/** The table of a folder with `columns.bin` and `names.json`. */
export async function openTable(folder) {
  const bytes = await readFile(`${folder}/columns.bin`);
  const names = JSON.parse(await readFile(`${folder}/names.json`, "utf8"));
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  return core.makeTable(core.decode(buffer), names);
}
