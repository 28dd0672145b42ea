// What a filter lets through, and how many rows every choice of every key would: the same answers
// as crates/edition/src/select.rs.
//
// Each key that the filter asks for makes one pass over its column, without a branch, and sets its
// bit in the state of every row that fails it. A row that fails one key still counts for the choices
// of that key, since the count beside a choice is what it gives under all others.

import * as grid from "./grid.ts";
import type { Filter, Key } from "./filter.ts";
import type { DictionaryKey } from "./names.ts";
import type { Table } from "./table.ts";
import { Tally } from "./tally.ts";
import type { Counts } from "./tally.ts";

export type { Counts } from "./tally.ts";

/** Row numbers that match a key which the columns can't answer. */
export type Matches = Partial<Record<"source" | "q", Uint32Array>>;

export interface Selection {
  /** 0 for every row that the filter lets through; else a bit per key that the row fails. */
  state: Uint16Array;
  counts: Counts;
}

/** `state` may be an array of an earlier selection, to be overwritten. */
export function select(table: Table, filter: Filter, matches: Matches = {}, state?: Uint16Array): Selection {
  const marks = state?.length === table.rows ? state.fill(0) : new Uint16Array(table.rows);
  const asked = FACETS.filter((facet) => facet.keys.some((key) => filter.hasKey(key)));
  asked.forEach((facet, at) => facet.mark(table, filter, new Marker(marks, 1 << at), matches));
  const tally = new Tally(table, marks);
  asked.forEach((facet, at) => tally.addFailing(facet.keys[0], 1 << at));
  return { state: marks, counts: tally.finish() };
}

/** Writes down which rows fail one key. */
class Marker {
  constructor(
    readonly state: Uint16Array,
    readonly bit: number,
  ) {}

  /** Fails the rows whose class is not wanted. */
  byClass(of: Uint8Array | Uint16Array | Uint32Array, wanted: Uint8Array): void {
    const { state } = this;
    const bits = this.bits(wanted);
    for (let row = 0; row < state.length; row++) state[row] |= bits[of[row]];
  }

  /** Fails the rows neither of whose ends is wanted. */
  byEnds({ subject, object }: Table, wanted: Uint8Array): void {
    const { state } = this;
    const bits = this.bits(wanted);
    for (let row = 0; row < state.length; row++) state[row] |= bits[subject[row]] & bits[object[row]];
  }

  byRow(wanted: Uint8Array): void {
    const { state } = this;
    const bits = this.bits(wanted);
    for (let row = 0; row < state.length; row++) state[row] |= bits[row];
  }

  private bits(wanted: Uint8Array): Uint16Array {
    const bits = new Uint16Array(wanted.length);
    for (let at = 0; at < bits.length; at++) bits[at] = wanted[at] === 0 ? this.bit : 0;
    return bits;
  }
}

/** One key (or two that count as one), and how its failing rows are found. */
interface Facet {
  keys: readonly Key[];
  mark(table: Table, filter: Filter, marker: Marker, matches: Matches): void;
}

const FACETS: readonly Facet[] = [
  { keys: ["item"], mark: (table, filter, marker) => marker.byEnds(table, wantedItems(table, filter)) },
  { keys: ["item-kind"], mark: markKinds },
  { keys: ["link"], mark: (table, filter, marker) => marker.byClass(table.link, wanted(table, filter, "link")) },
  { keys: ["category"], mark: markCategories },
  { keys: ["topic"], mark: markTopics },
  { keys: ["list"], mark: markLists },
  { keys: ["source"], mark: (_, __, marker, matches) => marker.byRow(rowFlags(marker, matches.source)) },
  { keys: ["country"], mark: markCountries },
  { keys: ["status"], mark: (table, filter, marker) => marker.byClass(table.status, wanted(table, filter, "status")) },
  {
    keys: ["confidence"],
    mark: (table, filter, marker) => marker.byClass(table.confidence, wanted(table, filter, "confidence")),
  },
  {
    keys: ["precision"],
    mark: (table, filter, marker) => marker.byClass(table.precision, wanted(table, filter, "precision")),
  },
  { keys: ["from", "to"], mark: markYears },
  { keys: ["poi"], mark: (table, _, marker) => marker.byClass(table.poi, Uint8Array.of(0, 1)) },
  { keys: ["bbox"], mark: markBoxes },
  { keys: ["q"], mark: (_, __, marker, matches) => marker.byRow(rowFlags(marker, matches.q)) },
];

/** A flag per choice of the key: whether the filter asks for it. */
function wanted(table: Table, filter: Filter, key: DictionaryKey): Uint8Array {
  return Uint8Array.from(table.names[key], (choice) => Number(filter.has(key, choice.id)));
}

function wantedItems(table: Table, filter: Filter): Uint8Array {
  const flags = new Uint8Array(table.items);
  for (const id of filter.values("item")) {
    const item = table.names.items.id.indexOf(id);
    if (item >= 0) flags[item] = 1;
  }
  return flags;
}

function markKinds(table: Table, filter: Filter, marker: Marker): void {
  const kinds = wanted(table, filter, "item-kind");
  const count = kinds.length;
  const pairs = new Uint8Array(table.kinds.size);
  for (let pair = 0; pair < pairs.length; pair++) pairs[pair] = kinds[Math.floor(pair / count)] | kinds[pair % count];
  marker.byClass(table.kinds.of, pairs);
}

function markCategories(table: Table, filter: Filter, marker: Marker): void {
  const { low, high } = table.categorySets;
  const flags = wanted(table, filter, "category");
  const [lowMask, highMask] = [mask(flags.subarray(0, 32)), mask(flags.subarray(32))];
  const sets = Uint8Array.from(low, (bits, set) => Number((bits & lowMask) !== 0 || (high[set] & highMask) !== 0));
  marker.byClass(table.categories, sets);
}

function markTopics(table: Table, filter: Filter, marker: Marker): void {
  const topics = mask(wanted(table, filter, "topic"));
  marker.byClass(table.topics, Uint8Array.from(table.topicSets, (bits) => Number((bits & topics) !== 0)));
}

function markLists(table: Table, filter: Filter, marker: Marker): void {
  const { of, low, high } = table.lists;
  const flags = wanted(table, filter, "list");
  const [lowMask, highMask] = [mask(flags.subarray(0, 32)), mask(flags.subarray(32))];
  marker.byClass(of, Uint8Array.from(low, (bits, set) => Number((bits & lowMask) !== 0 || (high[set] & highMask) !== 0)));
}

function markCountries(table: Table, filter: Filter, marker: Marker): void {
  marker.byClass(table.country, Uint8Array.of(0, ...wanted(table, filter, "country")));
}

/** An undated row fails whichever of the two keys is asked for; both are one facet. */
function markYears(table: Table, filter: Filter, marker: Marker): void {
  const { from, to } = filter.years();
  const { first, last } = table.years;
  const inside = (pair: number) => pair > 0 && last[pair] >= (from ?? -Infinity) && first[pair] <= (to ?? Infinity);
  marker.byClass(table.years.of, Uint8Array.from(first, (_, pair) => Number(inside(pair))));
}

function markBoxes(table: Table, filter: Filter, marker: Marker): void {
  const flags = new Uint8Array(table.rows);
  for (const box of filter.boxes()) {
    const [west, east] = [grid.column(box.west / 1e6), grid.column(box.east / 1e6)];
    const [north, south] = [grid.row(box.north / 1e6), grid.row(box.south / 1e6)];
    const crosses = box.west > box.east;
    for (let row = 0; row < table.located; row++) {
      const x = table.x[row];
      const across = crosses ? x >= west || x <= east : x >= west && x <= east;
      if (across && table.y[row] >= north && table.y[row] <= south) flags[row] = 1;
    }
  }
  marker.byRow(flags);
}

function rowFlags(marker: Marker, rows: Uint32Array | undefined): Uint8Array {
  const flags = new Uint8Array(marker.state.length);
  for (const row of rows ?? []) if (row < flags.length) flags[row] = 1;
  return flags;
}

function mask(flags: Uint8Array): number {
  return flags.reduce((bits, flag, at) => bits | (flag << at), 0);
}
