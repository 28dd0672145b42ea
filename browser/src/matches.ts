// The rows that match a text or cite a source: the two things a filter may ask that the columns
// can't answer. The answers come from our own origin and hold for one edition's columns.

import type { Filter } from "./filter.ts";
import type { Matches } from "./select.ts";

export class StaleEdition extends Error {}

export class MatchFinder {
  private readonly answers = new Map<string, Promise<Uint32Array>>();

  /** With `named`, there is no server: names are searched here, and the rows of each source lie in a file. */
  constructor(
    private readonly url: string,
    private readonly named: ((text: string) => Promise<Uint32Array>) | null = null,
  ) {}

  needed(filter: Filter): boolean {
    return filter.hasKey("source") || filter.hasKey("q");
  }

  async of(filter: Filter): Promise<Matches> {
    const asked = (["source", "q"] as const).filter((key) => filter.hasKey(key));
    const found = await Promise.all(asked.map((key) => this.rows(key, filter.values(key))));
    return Object.fromEntries(asked.map((key, at) => [key, found[at]]));
  }

  private rows(key: "source" | "q", values: string[]): Promise<Uint32Array> {
    const query = values.map((value) => `${key}=${encodeURIComponent(value)}`).join("&");
    const rows = this.answers.get(query) ?? (this.named ? this.united(key, values, this.named) : this.load(query));
    this.answers.set(query, rows);
    rows.catch(() => this.answers.delete(query));
    return rows;
  }

  private async united(key: "source" | "q", values: string[], named: (text: string) => Promise<Uint32Array>): Promise<Uint32Array> {
    const each = await Promise.all(values.map((value) => (key === "q" ? named(value) : this.loadFile(value))));
    return Uint32Array.from(new Set(each.flatMap((rows) => [...rows]))).sort();
  }

  private async loadFile(source: string): Promise<Uint32Array> {
    const url = `${this.url}/source/${encodeURIComponent(source)}.json`;
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${url}: ${response.status}`);
    return Uint32Array.from((await response.json()) as number[]);
  }

  private async load(query: string): Promise<Uint32Array> {
    const response = await fetch(`${this.url}?${query}`);
    if (response.status === 409) throw new StaleEdition();
    if (!response.ok) throw new Error(`${this.url}: ${response.status}`);
    return Uint32Array.from((await response.json()) as number[]);
  }
}
