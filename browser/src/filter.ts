// The filter: the same grammar as crates/model/src/filter.rs. Repeated values of a key mean or,
// different keys mean and; equal filters have equal queries. Values of dictionaries are not checked
// here: the server has answered 400 before this code sees an unknown one.

/** The keys, in the order of the canonical query. */
export const KEYS = [
  "item", "item-kind", "link", "category", "topic", "list", "source", "country", "status", "confidence",
  "precision", "from", "to", "poi", "bbox", "q",
] as const;

export type Key = (typeof KEYS)[number];

/** A box in millionths of a degree; west > east when it crosses the antimeridian. */
export interface Bbox {
  west: number;
  south: number;
  east: number;
  north: number;
}

const LONGEST_TEXT = 200;

export function isKey(name: string): name is Key {
  return (KEYS as readonly string[]).includes(name);
}

/** What a reader asks for. Values never change in place. */
export class Filter {
  private constructor(private readonly sets: ReadonlyMap<Key, ReadonlySet<string>>) {}

  static readonly empty = new Filter(new Map());

  /** Reads decoded pairs; what has no meaning is left out. */
  static parse(pairs: Iterable<readonly [string, string]>): Filter {
    let filter = Filter.empty;
    for (const [key, value] of pairs) if (isKey(key)) filter = filter.with(key, value);
    return filter;
  }

  /** Reads a query with or without its `?`. */
  static ofQuery(query: string): Filter {
    return Filter.parse(new URLSearchParams(query));
  }

  get isEmpty(): boolean {
    return this.sets.size === 0;
  }

  hasKey(key: Key): boolean {
    return this.sets.has(key);
  }

  has(key: Key, value: string): boolean {
    return this.sets.get(key)?.has(value) ?? false;
  }

  values(key: Key): string[] {
    return [...(this.sets.get(key) ?? [])].sort(byCodePoint);
  }

  pairs(): [Key, string][] {
    return KEYS.flatMap((key) => this.values(key).map((value): [Key, string] => [key, value]));
  }

  with(key: Key, value: string): Filter {
    const canonical = canonicalValue(key, trimmed(value));
    if (!canonical) return this;
    return this.replaced(key, new Set(this.sets.get(key)).add(canonical));
  }

  without(key: Key, value: string): Filter {
    const values = new Set(this.sets.get(key));
    values.delete(value);
    return this.replaced(key, values);
  }

  withoutKey(key: Key): Filter {
    return this.replaced(key, new Set());
  }

  /** The earliest `from` and the latest `to`. */
  years(): { from: number | null; to: number | null } {
    const years = (key: Key) => this.values(key).map(Number);
    return {
      from: this.hasKey("from") ? Math.min(...years("from")) : null,
      to: this.hasKey("to") ? Math.max(...years("to")) : null,
    };
  }

  boxes(): Bbox[] {
    return this.values("bbox").map((value) => parseBox(value)!);
  }

  /** The canonical query without its `?`. */
  query(): string {
    return this.pairs().map(([key, value]) => `${key}=${encode(value)}`).join("&");
  }

  private replaced(key: Key, values: ReadonlySet<string>): Filter {
    const sets = new Map(this.sets);
    if (values.size) sets.set(key, values);
    else sets.delete(key);
    return new Filter(sets);
  }
}

function canonicalValue(key: Key, value: string): string | null {
  switch (key) {
    case "from":
    case "to":
      return canonicalYear(value);
    case "poi":
      return value === "1" ? value : null;
    case "bbox":
      return canonicalBox(value);
    case "q":
      return [...value].length <= LONGEST_TEXT ? value : null;
    default:
      return value;
  }
}

function canonicalYear(value: string): string | null {
  const year = /^[0-9]{1,6}$/.test(value) ? Number(value) : 0;
  return year >= 1 && year <= 9999 ? String(year) : null;
}

function canonicalBox(value: string): string | null {
  const box = parseBox(value);
  return box && [box.west, box.south, box.east, box.north].map(degrees).join(",");
}

function parseBox(value: string): Bbox | null {
  const parts = value.split(",").map(trimmed);
  if (parts.length !== 4) return null;
  const [west, south, east, north] = parts.map((part, at) => microdegrees(part, at % 2 ? 90 : 180));
  if (west === null || south === null || east === null || north === null || south > north) return null;
  return { west, south, east, north };
}

function microdegrees(text: string, limit: number): number | null {
  const parts = /^(-?)([0-9]{1,3})(?:\.([0-9]{1,20}))?$/.exec(text);
  if (!parts) return null;
  const value = Number(parts[2]) * 1_000_000 + Number((parts[3] ?? "0").padEnd(6, "0").slice(0, 6));
  if (value > limit * 1_000_000) return null;
  return parts[1] && value ? -value : value;
}

function degrees(micro: number): string {
  const value = Math.abs(micro);
  const text = `${Math.floor(value / 1_000_000)}.${String(value % 1_000_000).padStart(6, "0")}`;
  return (micro < 0 ? "-" : "") + text.replace(/\.?0+$/, "");
}

function trimmed(value: string): string {
  return value.replace(/^[ \t\n\r]+|[ \t\n\r]+$/g, "");
}

/** JavaScript compares UTF-16 units; the server sorts by code point. */
function byCodePoint(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  for (let at = 0; at < left.length && at < right.length; at++) {
    const difference = left[at].codePointAt(0)! - right[at].codePointAt(0)!;
    if (difference) return difference;
  }
  return left.length - right.length;
}

function encode(value: string): string {
  return encodeURIComponent(value.toWellFormed())
    .replace(/[!*'()]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/%2C/g, ",")
    .replace(/%3A/g, ":")
    .replace(/%2F/g, "/");
}
