// The counts beside the choices of a filter, from the states that its keys have left.

import type { Key } from "./filter.ts";
import type { DictionaryKey } from "./names.ts";
import type { Table } from "./table.ts";

/** How many rows a filter lets through, and how many each choice gives under all other keys. */
export interface Counts {
  total: number;
  located: number;
  /** Selected rows without a position, by index of their country. */
  badges: Uint32Array;
  /** Selected rows with neither position nor country. */
  placeless: number;
  facets: Record<DictionaryKey, Uint32Array>;
  /** Rows per year from the first year of the edition on; a row counts in every year of its span. */
  years: { first: number; counts: Uint32Array };
  undated: number;
  poi: number;
}

/** The columns of classes that rows are counted by. */
const CLASSES = ["link", "kinds", "categories", "topics", "lists", "country", "quality", "years"] as const;

type Class = (typeof CLASSES)[number];
type Histograms = Record<Class, Int32Array>;

/** Which class answers for a key. */
const CLASS_OF: Partial<Record<Key, Class>> = {
  "item-kind": "kinds",
  link: "link",
  category: "categories",
  topic: "topics",
  list: "lists",
  country: "country",
  status: "quality",
  confidence: "quality",
  precision: "quality",
  poi: "quality",
  from: "years",
};

const everything = new WeakMap<Table, Histograms>();

export class Tally {
  private readonly passing: Histograms;
  private readonly failing: Partial<Record<Key, Int32Array>> = {};
  private readonly total: number;
  private readonly located: number;

  /** `state` is 0 for every row that passes. */
  constructor(
    private readonly table: Table,
    private readonly state: Uint16Array,
  ) {
    this.located = zeros(state, 0, table.located);
    this.total = this.located + zeros(state, table.located, table.rows);
    this.passing = this.countPassing();
  }

  /** Adds the rows that fail only this key, which has this bit in the states. */
  addFailing(key: Key, bit: number): void {
    const name = CLASS_OF[key];
    if (!name) return;
    const { table, state } = this;
    const [of, histogram] = [columnOf(table, name), new Int32Array(sizeOf(table, name))];
    for (let row = 0; row < state.length; row++) if (state[row] === bit) histogram[of[row]]++;
    this.failing[key] = histogram;
  }

  finish(): Counts {
    const { table, total, located } = this;
    const badges = this.countBadges();
    const years = this.histogram("from");
    return {
      total,
      located,
      badges: badges.slice(1),
      placeless: badges[0],
      facets: {
        "item-kind": this.kinds(),
        link: Uint32Array.from(this.histogram("link")),
        category: this.halves("category", table.categorySets),
        topic: sumBits(this.histogram("topic"), table.topicSets, table.names.topic.length),
        list: this.halves("list", table.lists),
        country: Uint32Array.from(this.histogram("country")).slice(1),
        status: this.quality("status"),
        confidence: this.quality("confidence"),
        precision: this.quality("precision"),
      },
      years: { first: table.span?.first ?? 0, counts: perYear(table, years) },
      undated: years[0],
      poi: this.quality("poi")[1],
    };
  }

  /** The rows that pass, by class; counted over the smaller side, passing or not. */
  private countPassing(): Histograms {
    const { table, state, total } = this;
    const all = everything.get(table) ?? count(table, new Uint16Array(table.rows), true);
    everything.set(table, all);
    if (total === table.rows) return all;
    if (total * 2 <= table.rows) return count(table, state, true);
    const others = count(table, state, false);
    const rest = CLASSES.map((name) => [name, all[name].map((count, at) => count - others[name][at])]);
    return Object.fromEntries(rest) as Histograms;
  }

  /** By class: the rows that pass and those that fail only this key. */
  private histogram(key: Key): Int32Array {
    const passing = this.passing[CLASS_OF[key]!];
    const failing = this.failing[key];
    return failing ? passing.map((count, at) => count + failing[at]) : passing;
  }

  /** Selected rows without a position, by country + 1. */
  private countBadges(): Uint32Array {
    const { table, state } = this;
    const badges = new Uint32Array(table.names.country.length + 1);
    for (let row = table.located; row < table.rows; row++) if (state[row] === 0) badges[table.country[row]]++;
    return badges;
  }

  private kinds(): Uint32Array {
    const size = this.table.names["item-kind"].length;
    const counts = new Uint32Array(size);
    this.histogram("item-kind").forEach((count, pair) => {
      const [subject, object] = [Math.floor(pair / size), pair % size];
      counts[subject] += count;
      if (object !== subject) counts[object] += count;
    });
    return counts;
  }

  /** The counts of the choices whose masks are in two halves. */
  private halves(key: "category" | "list", { low, high }: { low: Uint32Array; high: Uint32Array }): Uint32Array {
    const histogram = this.histogram(key);
    const length = this.table.names[key].length;
    const counts = sumBits(histogram, low, length);
    sumBits(histogram, high, Math.max(0, length - 32)).forEach((count, bit) => (counts[32 + bit] += count));
    return counts;
  }

  private quality(key: "status" | "confidence" | "precision" | "poi"): Uint32Array {
    const { names } = this.table;
    const [confidences, precisions] = [names.confidence.length, names.precision.length];
    const shape = {
      poi: [1, 2],
      precision: [2, precisions],
      confidence: [2 * precisions, confidences],
      status: [2 * precisions * confidences, names.status.length],
    };
    const [step, size] = shape[key];
    const counts = new Uint32Array(size);
    this.histogram(key).forEach((count, at) => (counts[Math.floor(at / step) % size] += count));
    return counts;
  }
}

function columnOf(table: Table, name: Class): Uint8Array | Uint16Array | Uint32Array {
  const column = table[name];
  return ArrayBuffer.isView(column) ? column : column.of;
}

function sizeOf(table: Table, name: Class): number {
  const column = table[name];
  if (!ArrayBuffer.isView(column)) return column.size;
  const sizes: Partial<Record<Class, number>> = {
    link: table.names.link.length,
    categories: table.categorySets.low.length,
    topics: table.topicSets.length,
    country: table.names.country.length + 1,
  };
  return sizes[name]!;
}

/** Histograms of the rows that pass, or of those that do not: eight counts a row, no branch between. */
function count(table: Table, state: Uint16Array, passing: boolean): Histograms {
  const make = (name: Class) => new Int32Array(sizeOf(table, name));
  const [links, kinds, categories, topics] = [make("link"), make("kinds"), make("categories"), make("topics")];
  const [lists, country, quality, years] = [make("lists"), make("country"), make("quality"), make("years")];
  const { kinds: kindOf, lists: listsOf, quality: qualityOf, years: yearsOf } = table;
  for (let row = 0; row < state.length; row++) {
    if ((state[row] === 0) !== passing) continue;
    links[table.link[row]]++;
    kinds[kindOf.of[row]]++;
    categories[table.categories[row]]++;
    topics[table.topics[row]]++;
    lists[listsOf.of[row]]++;
    country[table.country[row]]++;
    quality[qualityOf.of[row]]++;
    years[yearsOf.of[row]]++;
  }
  return { link: links, kinds, categories, topics, lists, country, quality, years };
}

function zeros(state: Uint16Array, from: number, to: number): number {
  let count = 0;
  for (let row = from; row < to; row++) if (state[row] === 0) count++;
  return count;
}

/** The count of each bit, from the counts of the masks that hold it. */
function sumBits(histogram: Int32Array, masks: ArrayLike<number>, bits: number): Uint32Array {
  const counts = new Uint32Array(bits);
  histogram.forEach((count, set) => {
    for (let bit = 0; bit < Math.min(bits, 32); bit++) if ((masks[set] >>> bit) & 1) counts[bit] += count;
  });
  return counts;
}

function perYear(table: Table, histogram: Int32Array): Uint32Array {
  if (!table.span) return new Uint32Array(0);
  const { first, last } = table.span;
  const counts = new Uint32Array(last - first + 1);
  for (let pair = 1; pair < histogram.length; pair++) {
    for (let year = table.years.first[pair]; year <= table.years.last[pair]; year++) counts[year - first] += histogram[pair];
  }
  return counts;
}
