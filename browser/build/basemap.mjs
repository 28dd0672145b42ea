// Makes the basemap from Natural Earth (npm world-atlas) and our own tables of countries and
// disputed boundaries: land, coast, borders, dashed disputed borders, and names in both languages.
//
// The arcs of the topology are kept as they are, shared between land and borders, so that the file
// stays small; browser/src/basemap.ts puts them together.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { roomOf } from "./labels.mjs";

const vocabulary = fileURLToPath(new URL("../../vocabulary/", import.meta.url));

/** `{fine, coarse}`: the 1:50 million and the 1:110 million map. */
export async function basemaps() {
  const [countries, boundaries] = await Promise.all(["countries.csv", "boundaries.csv"].map(table));
  const disputed = new Set(boundaries.map(({ a, b }) => pair(a, b)));
  const [fine, coarse] = await Promise.all(["50m", "110m"].map((scale) => topology(scale)));
  const labels = countryLabels(countries, fine);
  return { fine: basemap(fine, countries, disputed), coarse: { ...basemap(coarse, countries, disputed), labels } };
}

async function topology(scale) {
  const file = fileURLToPath(import.meta.resolve(`world-atlas/countries-${scale}.json`));
  return JSON.parse(await readFile(file, "utf8"));
}

function basemap(topology, countries, disputed) {
  const owners = arcOwners(topology, codes(countries));
  const kinds = { coast: [], borders: [], disputed: [] };
  owners.forEach((names, arc) => kinds[kindOf(names, disputed)]?.push(arc));
  return {
    ...topology.transform,
    arcs: topology.arcs.map((arc) => arc.flat()),
    land: polygons(topology.objects.land),
    ...kinds,
  };
}

/** Which countries each arc belongs to. */
function arcOwners(topology, codes) {
  const owners = topology.arcs.map(() => []);
  for (const country of topology.objects.countries.geometries) {
    const name = nameOf(country, codes);
    for (const arc of (country.arcs ?? []).flat(Infinity)) owners[arc < 0 ? ~arc : arc].push(name);
  }
  return owners;
}

function kindOf(names, disputed) {
  const distinct = [...new Set(names)];
  if (distinct.length === 0) return "none";
  if (distinct.length === 1) return "coast";
  return disputed.has(pair(...distinct)) ? "disputed" : "borders";
}

function polygons(object) {
  const geometries = object.type === "GeometryCollection" ? object.geometries : [object];
  return geometries.flatMap((geometry) => (geometry.type === "Polygon" ? [geometry.arcs] : geometry.arcs));
}

/**
 * `[code, en, zh, size, spots, bounds]`: size is the country's extent in degrees, for thinning names; the
 * others are those of labels.mjs, spots laid flat. A country too small for this map has the point of our own table.
 */
function countryLabels(countries, topology) {
  const known = codes(countries);
  const shapes = new Map(topology.objects.countries.geometries.map((country) => [nameOf(country, known), country]));
  return countries.map((row) => {
    const shape = shapes.get(row.code);
    const size = shape ? Math.round(extent(topology, shape) * 10) / 10 : 0.1;
    const room = shape && roomOf(topology, shape);
    return [row.code, row.en, row["zh-Hans"], size, (room?.spots ?? [[Number(row.lon), Number(row.lat)]]).flat(), room?.bounds ?? null];
  });
}

/** The height in degrees of the tallest ring: a measure of how large a label may be. */
function extent(topology, country) {
  const { scale } = topology.transform;
  const rings = country.type === "Polygon" ? country.arcs : (country.arcs ?? []).flat();
  return Math.max(0.1, ...rings.map((ring) => ringHeight(topology, ring) * scale[1]));
}

function ringHeight(topology, ring) {
  let [low, high] = [Infinity, -Infinity];
  for (const arc of ring) {
    let y = 0;
    for (const [, step] of topology.arcs[arc < 0 ? ~arc : arc]) {
      y += step;
      [low, high] = [Math.min(low, y), Math.max(high, y)];
    }
  }
  return high - low;
}

/** Codes by number, and by English name for what has no number. */
function codes(countries) {
  return new Map(countries.map((row) => [row.numeric || row.en, row.code]));
}

/** The code of a country of the topology, or its name there if our table has none for it. */
function nameOf(country, codes) {
  return codes.get(country.id ?? country.properties.name) ?? country.properties.name;
}

function pair(a, b) {
  return [a, b].sort().join(" ");
}

/** Rows of a CSV file with a header; quoted fields may hold commas and doubled quotes. */
async function table(file) {
  const lines = (await readFile(vocabulary + file, "utf8")).trim().split("\n").map(fields);
  const [header, ...rows] = lines;
  return rows.map((row) => Object.fromEntries(header.map((name, at) => [name, row[at] ?? ""])));
}

function fields(line) {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain);
}
