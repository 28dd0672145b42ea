// Reads the columns file (docs/columns-format.md) into typed arrays.

/** Every link of an edition, column by column. Located rows come first. */
export interface Columns {
  rows: number;
  located: number;
  items: number;
  /** Grid column and row of each located row. */
  x: Uint32Array;
  y: Uint32Array;
  precision: Uint8Array;
  /** Index + 1 of the country of the fact; 0 for none. */
  country: Uint16Array;
  subject: Uint32Array;
  object: Uint32Array;
  link: Uint8Array;
  /** Index of the row's set of categories. */
  categories: Uint32Array;
  /** Index of the row's set of topics. */
  topics: Uint32Array;
  status: Uint8Array;
  confidence: Uint8Array;
  /** Undated rows have first year 32767 and last year −32768, so that no span holds them. */
  firstYear: Int16Array;
  lastYear: Int16Array;
  poi: Uint8Array;
  /** 1 for an offer that is no proven sale. */
  offered: Uint8Array;
  /** Masks of categories: bits 0 to 31, then 32 to 63. */
  categorySets: { low: Uint32Array; high: Uint32Array };
  topicSets: Uint32Array;
}

interface Entry {
  coding: number;
  width: number;
  base: number;
  data: Uint8Array;
}

const MAGIC = "atlascol";
const [HEADER, ENTRY] = [24, 16];

/** Throws on bytes that are no columns file of version 1. */
export function decode(buffer: ArrayBuffer): Columns {
  const view = new DataView(buffer);
  const magic = String.fromCharCode(...new Uint8Array(buffer, 0, 8));
  const version = view.getUint16(8, true);
  if (magic !== MAGIC || version !== 1) throw new Error(`not a columns file of version 1: \`${magic}\` ${version}`);
  const [rows, located, items] = [12, 16, 20].map((at) => view.getUint32(at, true));
  const table = readTable(view, buffer);
  const column = (number: number): Entry => {
    const entry = table.get(number);
    if (!entry) throw new Error(`column \`${number}\` is missing`);
    return entry;
  };
  const bytes = (number: number) => fill(column(number), rows, new Uint8Array(rows));
  const words = (number: number) => fill(column(number), rows, new Uint32Array(rows));
  const sets = (number: number, from: number) => {
    const entry = column(number);
    const count = entry.data.length / entry.width;
    return fill(entry, count, new Uint32Array(count), from);
  };
  return {
    rows,
    located,
    items,
    ...positions(column(1), located),
    precision: bytes(2),
    country: fill(column(3), rows, new Uint16Array(rows)),
    ...mentions(words(4), words(5)),
    link: bytes(6),
    categories: words(7),
    topics: words(8),
    status: bytes(9),
    confidence: bytes(10),
    ...years(column(11), column(12), rows),
    poi: bytes(13),
    offered: bytes(16),
    categorySets: { low: sets(14, 0), high: sets(14, 4) },
    topicSets: sets(15, 0),
  };
}

function readTable(view: DataView, buffer: ArrayBuffer): Map<number, Entry> {
  const table = new Map<number, Entry>();
  for (let line = 0; line < view.getUint16(10, true); line++) {
    const at = HEADER + ENTRY * line;
    const data = new Uint8Array(buffer, view.getUint32(at + 8, true), view.getUint32(at + 12, true));
    const [coding, width, base] = [view.getUint8(at + 1), view.getUint8(at + 2), view.getInt32(at + 4, true)];
    table.set(view.getUint8(at), { coding, width, base, data });
  }
  return table;
}

/** Puts up to four planes together, beginning with plane `from`. */
function fill<A extends Uint8Array | Uint16Array | Uint32Array>(entry: Entry, count: number, out: A, from = 0): A {
  if (entry.coding !== 0 || entry.data.length !== count * entry.width) throw new Error("a column has a wrong length");
  for (let plane = from; plane < Math.min(entry.width, from + 4); plane++) {
    const shift = 8 * (plane - from);
    const start = plane * count;
    for (let at = 0; at < count; at++) out[at] |= entry.data[start + at] << shift;
  }
  return out;
}

function positions(entry: Entry, located: number): { x: Uint32Array; y: Uint32Array } {
  const [x, y] = [new Uint32Array(located), new Uint32Array(located)];
  const data = entry.data;
  let at = located;
  let high = 0;
  let low = 0;
  for (let row = 0; row < located; row++) {
    const length = data[row];
    let stepLow = 0;
    let stepHigh = 0;
    for (let byte = 0; byte < length; byte++) {
      if (byte < 2) stepLow |= data[at++] << (8 * byte);
      else stepHigh += data[at++] * (byte === 2 ? 1 : byte === 3 ? 256 : 65536);
    }
    // The code is kept as two halves of 20 bits; a step as 16 and 24.
    const sum = low + stepLow + (stepHigh & 15) * 65536;
    low = sum & 1048575;
    high += (stepHigh >>> 4) + (sum >>> 20);
    x[row] = (gather(high) << 10) | gather(low);
    y[row] = (gather(high >>> 1) << 10) | gather(low >>> 1);
  }
  return { x, y };
}

function gather(v: number): number {
  v &= 0x55555555;
  v = (v | (v >>> 1)) & 0x33333333;
  v = (v | (v >>> 2)) & 0x0f0f0f0f;
  v = (v | (v >>> 4)) & 0x00ff00ff;
  return (v | (v >>> 8)) & 0x0000ffff;
}

/** Turns mentions (0: the next item not named before) into item numbers, in place. */
function mentions(subject: Uint32Array, object: Uint32Array): { subject: Uint32Array; object: Uint32Array } {
  let next = 0;
  for (let row = 0; row < subject.length; row++) {
    subject[row] = subject[row] === 0 ? next++ : subject[row] - 1;
    object[row] = object[row] === 0 ? next++ : object[row] - 1;
  }
  return { subject, object };
}

function years(first: Entry, span: Entry, rows: number): { firstYear: Int16Array; lastYear: Int16Array } {
  const above = fill(first, rows, new Uint16Array(rows));
  const more = fill(span, rows, new Uint16Array(rows));
  const [firstYear, lastYear] = [new Int16Array(rows).fill(32767), new Int16Array(rows).fill(-32768)];
  for (let row = 0; row < rows; row++) {
    if (above[row] === 0) continue;
    firstYear[row] = first.base + above[row] - 1;
    lastYear[row] = firstYear[row] + more[row];
  }
  return { firstYear, lastYear };
}
