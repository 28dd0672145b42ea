// The columns made ready for counting. Columns with few distinct values are joined into classes
// (say, status × confidence × precision × interest), so that a row costs one count per class
// instead of one per key; the counts of the single keys are sums over classes.

import type { Columns } from "./decode.ts";
import type { Names } from "./names.ts";

/** A column of classes, and the number of distinct ones. */
export interface Classes<A extends Uint8Array | Uint16Array | Uint32Array = Uint16Array | Uint32Array> {
  of: A;
  size: number;
}

export interface Table extends Columns {
  names: Names;
  itemKind: Uint8Array;
  /** Kind of the subject × number of kinds + kind of the object. */
  kinds: Classes<Uint16Array>;
  /** Masks of the lists that subject or object are on: lists 0 to 31, then 32 to 63. */
  lists: Classes & { low: Uint32Array; high: Uint32Array };
  /** Pairs of first and last year; pair 0 is "undated". */
  years: Classes & { first: number[]; last: number[] };
  /** ((status × confidences + confidence) × precisions + precision) × 2 + interest. */
  quality: Classes<Uint16Array>;
  /** The earliest and the latest year of any row; null if all are undated. */
  span: { first: number; last: number } | null;
}

export function makeTable(columns: Columns, names: Names): Table {
  const itemKind = Uint8Array.from(names.items.kind);
  const years = yearPairs(columns);
  return {
    ...columns,
    names,
    itemKind,
    kinds: kindPairs(columns, itemKind, names["item-kind"].length),
    lists: listMasks(columns, names.items),
    years,
    quality: qualities(columns, names),
    span: years.size > 1 ? { first: Math.min(...years.first.slice(1)), last: Math.max(...years.last.slice(1)) } : null,
  };
}

function kindPairs(columns: Columns, kind: Uint8Array, kinds: number): Classes<Uint16Array> {
  const of = new Uint16Array(columns.rows);
  for (let row = 0; row < columns.rows; row++) {
    of[row] = kind[columns.subject[row]] * kinds + kind[columns.object[row]];
  }
  return { of, size: kinds * kinds };
}

function listMasks(columns: Columns, items: Names["items"]): Classes & { low: Uint32Array; high: Uint32Array } {
  const { sets, of: setOf } = itemLists(items);
  const pair = (row: number) => setOf[columns.subject[row]] * sets.length + setOf[columns.object[row]];
  const { of, values } = intern(columns.rows, pair, 0);
  const half = (at: 0 | 1) =>
    Uint32Array.from(values, (value) => sets[Math.floor(value / sets.length)][at] | sets[value % sets.length][at]);
  return { of, size: values.length, low: half(0), high: half(1) };
}

/** The distinct sets of lists that items are on, none first, and the number of each item's. */
function itemLists({ lists, "more-lists": more = [] }: Names["items"]): { sets: [number, number][]; of: Uint32Array } {
  const sets: [number, number][] = [[0, 0]];
  const numbers = new Map<number | string, number>([[0, 0]]);
  const of = Uint32Array.from(lists, (low, item) => {
    const high = more[item] ?? 0;
    const key = high === 0 ? low : `${low} ${high}`;
    const number = numbers.get(key) ?? sets.push([low, high]) - 1;
    numbers.set(key, number);
    return number;
  });
  return { sets, of };
}

function yearPairs(columns: Columns): Classes & { first: number[]; last: number[] } {
  const { firstYear, lastYear } = columns;
  const undated = 65535 * 65536;
  const pair = (row: number) => (firstYear[row] + 32768) * 65536 + (lastYear[row] + 32768);
  const { of, values } = intern(columns.rows, pair, undated);
  return {
    of,
    size: values.length,
    first: values.map((value) => Math.floor(value / 65536) - 32768),
    last: values.map((value) => (value % 65536) - 32768),
  };
}

function qualities(columns: Columns, names: Names): Classes<Uint16Array> {
  const [confidences, precisions] = [names.confidence.length, names.precision.length];
  const of = new Uint16Array(columns.rows);
  for (let row = 0; row < columns.rows; row++) {
    const level = columns.status[row] * confidences + columns.confidence[row];
    of[row] = (level * precisions + columns.precision[row]) * 2 + columns.poi[row];
  }
  return { of, size: names.status.length * confidences * precisions * 2 };
}

/** Numbers the distinct values in order of appearance, after `zero`. */
function intern(rows: number, at: (row: number) => number, zero: number): { of: Uint32Array; values: number[] } {
  const of = new Uint32Array(rows);
  const numbers = new Map<number, number>([[zero, 0]]);
  const values = [zero];
  let [before, number] = [zero, 0];
  for (let row = 0; row < rows; row++) {
    const value = at(row);
    if (value !== before) {
      before = value;
      number = numbers.get(value) ?? values.length;
      if (number === values.length) {
        numbers.set(value, number);
        values.push(value);
      }
    }
    of[row] = number;
  }
  return { of, values };
}
