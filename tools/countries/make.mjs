// Writes the rows of vocabulary/countries.csv from CLDR names, ISO 3166-1 codes and Natural Earth outlines.
//
// Run it in an empty folder outside the checkout:
//   npm init -y
//   npm install cldr-localenames-full@48.2.0 cldr-core@48.2.0 i18n-iso-countries@7.14.0 \
//               world-atlas@2.0.2 topojson-client@3.1.0 polylabel@2.1.0
//   node CHECKOUT/tools/countries/make.mjs > CHECKOUT/vocabulary/countries.csv
import { createRequire } from "node:module";
import { resolve } from "node:path";

const require = createRequire(resolve(process.cwd(), "package.json"));
const iso = require("i18n-iso-countries");
const { feature } = require("topojson-client");
const polylabel = (await import(require.resolve("polylabel"))).default;
const containment = require("cldr-core/supplemental/territoryContainment.json").supplemental.territoryContainment;
const LANGUAGES = { en: "en", "zh-Hans": "zh-Hans", "zh-Hant": "zh-Hant" };

// Editors' choices: the short everyday name where CLDR's default is long or takes a stand on status.
const NAMES = {
  CD: ["DR Congo", "刚果（金）", "剛果（金）"],
  CG: ["Republic of the Congo", "刚果（布）", "剛果（布）"],
  HK: ["Hong Kong", "香港", "香港"],
  MM: ["Myanmar", "缅甸", "緬甸"],
  MO: ["Macao", "澳门", "澳門"],
  PS: ["Palestine", "巴勒斯坦", "巴勒斯坦"],
  TW: ["Taiwan", "台湾", "台灣"],
  XK: ["Kosovo", "科索沃", "科索沃"],
};
const NOTES = {
  AQ: "sovereignty-claimed",
  EH: "status-disputed",
  FK: "sovereignty-claimed",
  GI: "sovereignty-claimed",
  GS: "sovereignty-claimed",
  IO: "sovereignty-claimed",
  PS: "status-disputed",
  TW: "status-disputed",
  XK: "code-not-iso",
};
// Territories that the outlines fold into another country or leave out, and the pole: latitude and longitude by hand.
const POINTS = {
  AQ: [-82.0, 20.0],
  BQ: [12.18, -68.25], BV: [-54.42, 3.36], CC: [-12.17, 96.84], CX: [-10.49, 105.63], GF: [3.9, -53.1], GP: [16.2, -61.55],
  MQ: [14.65, -61.0], RE: [-21.13, 55.53], SJ: [78.8, 17.5], TK: [-9.17, -171.82], UM: [19.29, 166.62], YT: [-12.82, 45.15],
};
const REGIONS = [["002", "africa"], ["142", "asia"], ["150", "europe"], ["009", "oceania"], ["005", "south-america"], ["019", "north-america"]];
const FAR_SOUTH = new Set(["AQ", "BV", "GS", "HM", "TF"]);

const territories = Object.fromEntries(
  Object.entries(LANGUAGES).map(([key, tag]) => [
    key,
    require(`cldr-localenames-full/main/${tag}/territories.json`).main[tag].localeDisplayNames.territories,
  ]),
);

function members(code) {
  return (containment[code]?._contains ?? []).flatMap((inner) => [inner, ...members(inner)]);
}

function region(code) {
  if (FAR_SOUTH.has(code)) return "antarctica";
  const found = REGIONS.find(([group]) => members(group).includes(code));
  if (!found) throw new Error(`no region for ${code}`);
  return found[1];
}

function ringArea(ring) {
  return Math.abs(ring.slice(1).reduce((sum, [x, y], i) => sum + ring[i][0] * y - x * ring[i][1], 0)) / 2;
}

// A ring that touches both edges of the map runs over the antimeridian.
function unwrapped(rings) {
  const longitudes = rings[0].map(([x]) => x);
  if (Math.max(...longitudes) - Math.min(...longitudes) < 300) return rings;
  return rings.map((ring) => ring.map(([x, y]) => [x < 0 ? x + 360 : x, y]));
}

// Degrees of longitude shrink towards the poles, so areas and distances are taken on a locally scaled plane.
function labelPoint(polygons) {
  const scaled = polygons.map(unwrapped).map((rings) => {
    const latitudes = rings[0].map(([, y]) => y);
    const scale = Math.cos((((Math.min(...latitudes) + Math.max(...latitudes)) / 2) * Math.PI) / 180);
    return { scale, rings: rings.map((ring) => ring.map(([x, y]) => [x * scale, y])) };
  });
  const largest = scaled.reduce((a, b) => (ringArea(b.rings[0]) > ringArea(a.rings[0]) ? b : a));
  const [x, y] = polylabel(largest.rings, 0.01);
  const longitude = x / largest.scale;
  return [y, longitude > 180 ? longitude - 360 : longitude];
}

function outlines(file) {
  const atlas = require(`world-atlas/${file}`);
  const byKey = new Map();
  for (const { id, properties, geometry } of feature(atlas, atlas.objects.countries).features) {
    const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    const key = id ?? properties.name;
    byKey.set(key, [...(byKey.get(key) ?? []), ...polygons]);
  }
  return byKey;
}

const COARSE = outlines("countries-50m.json");
const FINE = outlines("countries-10m.json");

function point(code, numeric) {
  if (POINTS[code]) return POINTS[code];
  const key = numeric || NAMES[code][0];
  const polygons = COARSE.get(key) ?? FINE.get(key);
  if (!polygons) throw new Error(`no outline for ${code}`);
  return labelPoint(polygons);
}

function field(text) {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function row(code) {
  const numeric = code === "XK" ? "" : iso.alpha2ToNumeric(code);
  const names = NAMES[code] ?? Object.keys(LANGUAGES).map((key) => territories[key][code]);
  const [lat, lon] = point(code, numeric);
  return [code, numeric, ...names, NOTES[code] ?? "", lat.toFixed(2), lon.toFixed(2), region(code)].map(field).join(",");
}

const codes = [...new Set([...Object.keys(iso.getAlpha2Codes()), "XK"])].sort();
console.log(["code,numeric,en,zh-Hans,zh-Hant,note,lat,lon,region", ...codes.map(row)].join("\n"));
