// Where on its land a country's name and badge may stand, and which part of the map the country fills:
// worked out from the basemap's own polygons, so that a number never lies in the sea or in a neighbour.
import { feature } from "topojson-client";

/** Grid lines across a country when its land is searched for room. */
const GRID = 18;
/** Points a country gets at most: the roomiest first, then those far from it. */
const SPOTS = 6;

/**
 * Of a country of a topology: `spots`, points `[longitude, latitude]` on the land of its main part, and
 * `bounds`, `[west, south, east, north]` of that part and of what belongs near to it; east may exceed 180.
 */
export function roomOf(topology, country) {
  const parts = polygons(feature(topology, country)).map(part).sort((a, b) => b.area - a.area);
  if (parts.length === 0) return null;
  return { spots: spots(parts[0]), bounds: bounds(parts) };
}

/** Whether a point is inside a polygon's first ring and outside its others. Longitudes may be a turn apart. */
export function inside(rings, [lon, lat]) {
  return [lon - 360, lon, lon + 360].some((x) => rings.reduce((odd, ring) => odd !== crossings(ring, [x, lat]), false));
}

/** The polygons of a geometry, with longitudes that do not leap at the antimeridian. */
export function polygons({ geometry }) {
  if (!geometry) return [];
  const all = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  return all.map((rings) => rings.map(unwound));
}

function part(rings) {
  const [xs, ys] = [0, 1].map((axis) => rings[0].map((point) => point[axis]));
  const [west, south, east, north] = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
  const area = Math.abs(shoelace(rings[0])) * Math.cos(((south + north) / 2) * (Math.PI / 180));
  return { rings, area, box: [west, south, east, north] };
}

/** The roomiest point and others on land, each far from those before it. */
function spots({ rings, box }) {
  const roomy = candidates(rings, box);
  const [best] = roomy;
  const chosen = [refined(rings, best)];
  const enough = roomy.filter(({ room }) => room >= best.room * 0.45);
  while (chosen.length < SPOTS) {
    const next = enough.reduce((far, each) => (apart(each, chosen) > apart(far, chosen) ? each : far), enough[0]);
    if (apart(next, chosen) < best.room * 0.8) break;
    chosen.push(next);
  }
  // Of a very small country two digits would not be on the land any more.
  const digits = Math.max(2, Math.ceil(1 - Math.log10(best.room || 0.001)));
  return chosen.map(({ at: [x, y] }) => [round(wrapped(x), digits), round(latitude(y), digits)]);
}

/** Points of a grid inside the land, the roomiest first. */
function candidates(rings, [west, south, east, north]) {
  const flat = rings.map((ring) => ring.map(([x, y]) => [x, mercator(y)]));
  const [bottom, top] = [mercator(south), mercator(north)];
  const points = [];
  for (let line = 1; line < 2 * GRID; line += 2) {
    for (let column = 1; column < 2 * GRID; column += 2) {
      const at = [west + ((east - west) * column) / (2 * GRID), bottom + ((top - bottom) * line) / (2 * GRID)];
      if (crossed(flat, at)) points.push({ at, room: room(flat, at) });
    }
  }
  if (points.length === 0) points.push({ at: flat[0][0], room: 0 });
  return points.sort((a, b) => b.room - a.room);
}

/** The point moved to where there is most room around, in ever smaller steps. */
function refined(rings, start) {
  const flat = rings.map((ring) => ring.map(([x, y]) => [x, mercator(y)]));
  let best = start;
  for (let step = start.room / 2; step > start.room / 64; step /= 2) {
    for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
      const at = [best.at[0] + dx * step, best.at[1] + dy * step];
      const found = crossed(flat, at) ? room(flat, at) : 0;
      if (found > best.room) best = { at, room: found };
    }
  }
  return best;
}

function crossed(rings, point) {
  return rings.reduce((odd, ring) => odd !== crossings(ring, point), false);
}

/** Whether a ray to the east crosses a ring an odd number of times. */
function crossings(ring, [x, y]) {
  let odd = false;
  for (let at = 0, before = ring.length - 1; at < ring.length; before = at++) {
    const [[x0, y0], [x1, y1]] = [ring[before], ring[at]];
    if (y0 > y !== y1 > y && x < x0 + ((y - y0) / (y1 - y0)) * (x1 - x0)) odd = !odd;
  }
  return odd;
}

/** How far it is to the nearest edge. */
function room(rings, [x, y]) {
  let least = Infinity;
  for (const ring of rings) {
    for (let at = 1; at < ring.length; at++) {
      const [[x0, y0], [x1, y1]] = [ring[at - 1], ring[at]];
      const [dx, dy] = [x1 - x0, y1 - y0];
      const t = Math.min(Math.max(((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy || 1), 0), 1);
      least = Math.min(least, (x - x0 - t * dx) ** 2 + (y - y0 - t * dy) ** 2);
    }
  }
  return Math.sqrt(least);
}

function apart({ at: [x, y] }, chosen) {
  return Math.min(...chosen.map(({ at }) => Math.hypot(at[0] - x, at[1] - y)));
}

/** The box of the main part and of the larger parts that lie near it. */
function bounds([main, ...others]) {
  let box = main.box;
  for (const { area, box: other } of others) {
    const moved = near(box, other);
    if (area >= main.area * 0.05 && gap(box, moved) < 12) box = union(box, moved);
  }
  const [west, south, east, north] = box;
  return [round(west - 0.005), round(south - 0.005), round(east + 0.005), round(north + 0.005)];
}

/** The same box on the copy of the world that is nearest. */
function near(box, other) {
  const turn = Math.round((box[0] + box[2] - other[0] - other[2]) / 720);
  return [other[0] + 360 * turn, other[1], other[2] + 360 * turn, other[3]];
}

function gap(a, b) {
  return Math.max(a[0] - b[2], b[0] - a[2], a[1] - b[3], b[1] - a[3], 0);
}

function union(a, b) {
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
}

function unwound(ring) {
  let turn = 0;
  return ring.map(([lon, lat], at) => {
    const step = at ? lon - ring[at - 1][0] : 0;
    if (step > 180) turn -= 360;
    if (step < -180) turn += 360;
    return [lon + turn, lat];
  });
}

function shoelace(ring) {
  return ring.reduce((sum, [x, y], at) => {
    const [nextX, nextY] = ring[(at + 1) % ring.length];
    return sum + (x * nextY - nextX * y) / 2;
  }, 0);
}

function mercator(lat) {
  return (Math.log(Math.tan(Math.PI / 4 + (Math.max(-85, Math.min(85, lat)) * Math.PI) / 360)) * 180) / Math.PI;
}

function latitude(y) {
  return (Math.atan(Math.sinh((y * Math.PI) / 180)) * 180) / Math.PI;
}

function wrapped(lon) {
  return ((((lon + 180) % 360) + 360) % 360) - 180;
}

function round(degrees, digits = 2) {
  return Number(degrees.toFixed(digits));
}
