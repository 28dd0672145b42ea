// Where a position falls on the map's grid: the same arithmetic, in the same order, as
// crates/edition/src/morton.rs. Only + − × ÷ are used, which every machine rounds alike, so that the
// browser and the server draw the edge of a bbox through the same cells.

/** Bits of a grid coordinate. */
export const BITS = 20;

/** Cells a side. */
export const SIDE = 1 << BITS;

const EDGE = 85.0511287798066;

/** Grid column of a longitude in degrees. */
export function column(lon: number): number {
  return along((lon + 180) / 360);
}

/** Grid row of a latitude in degrees, counted southward. */
export function row(lat: number): number {
  return along(mercator(lat));
}

/** The fraction of the Web-Mercator square north of a latitude in degrees. */
export function mercator(lat: number): number {
  const sine = sin((Math.min(Math.max(lat, -EDGE), EDGE) * Math.PI) / 180);
  return 0.5 - ln((1 + sine) / (1 - sine)) / (4 * Math.PI);
}

/** Longitude in degrees of a fraction of the square's width. Only for drawing. */
export function longitude(fraction: number): number {
  return fraction * 360 - 180;
}

/** Latitude in degrees of a fraction of the square's height. Only for drawing. */
export function latitude(fraction: number): number {
  return (Math.atan(Math.sinh(Math.PI * (1 - 2 * fraction))) * 180) / Math.PI;
}

/** The place of a cell on the Morton curve, below 2^40; the bit of y stands above that of x. */
export function code(x: number, y: number): number {
  return interleave(x >>> 10, y >>> 10) * 1048576 + interleave(x & 1023, y & 1023);
}

function interleave(x: number, y: number): number {
  return spread(x) | (spread(y) << 1);
}

function spread(v: number): number {
  v = (v | (v << 8)) & 0x00ff00ff;
  v = (v | (v << 4)) & 0x0f0f0f0f;
  v = (v | (v << 2)) & 0x33333333;
  return (v | (v << 1)) & 0x55555555;
}

function along(fraction: number): number {
  return Math.min(Math.max(Math.floor(fraction * SIDE), 0), SIDE - 1);
}

function sin(x: number): number {
  const square = x * x;
  let sum = 0;
  for (let k = 12; k >= 0; k--) {
    const n = 2 * k;
    sum = 1 - (square / ((n + 2) * (n + 3))) * sum;
  }
  return x * sum;
}

function ln(x: number): number {
  let rest = x;
  let halvings = 0;
  while (rest > Math.SQRT2) {
    rest *= 0.5;
    halvings += 1;
  }
  while (rest < Math.SQRT1_2) {
    rest *= 2;
    halvings -= 1;
  }
  const t = (rest - 1) / (rest + 1);
  const square = t * t;
  let sum = 0;
  for (let k = 13; k >= 0; k--) sum = sum * square + 1 / (2 * k + 1);
  return halvings * Math.LN2 + 2 * t * sum;
}
