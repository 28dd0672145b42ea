// What page and worker say to each other. Every question has a number, and its answer the same one.

import type { Group, View } from "./cluster.ts";
import type { Dictionaries } from "./names.ts";
import type { Counts } from "./tally.ts";

/** A link as a list shows it: names in the reader's language (a collective item's with a star), indices into the dictionaries. */
export interface RowText {
  row: number;
  /** Its place in fractions of the world's square; null without one. */
  x: number | null;
  y: number | null;
  subject: string;
  object: string;
  link: number;
  /** Index of the country of the fact; −1 for none. */
  country: number;
  status: number;
  confidence: number;
  precision: number;
  categories: number[];
  first: number | null;
  last: number | null;
  poi: boolean;
  /** An offer that is no proven sale. */
  offered: boolean;
}

/** A group as the map draws it. */
export interface Mark extends Pick<Group, "id" | "x" | "y" | "count" | "poi" | "row" | "cells"> {
  /** Index of the first category of its first row; −1 for none. */
  category: number;
}

export interface Questions {
  /** Fetches the columns and the names. */
  open: { ask: { columns: string; names: string; lang: "en" | "zh" }; answer: Opened };
  /** Makes this the selection. */
  select: { ask: { query: string; matches: Partial<Record<"source" | "q", Uint32Array>> }; answer: Counts };
  /** The newest links of the selection, or of some rows of it. */
  list: { ask: { of: Subset; offset: number; limit: number }; answer: { total: number; rows: RowText[] } };
  /** The rows with an end whose name holds this text: the search of a copy without a server. */
  named: { ask: { text: string }; answer: Uint32Array };
  /** Which of these items (ids) a link of the selection names. */
  touched: { ask: { items: string[] }; answer: string[] };
  /** What groups of a level hold, for their names: the countries with most links, and the only link of a single one. */
  describe: { ask: { level: number; cells: number[][] }; answer: { countries: number[]; first: RowText | null }[] };
  /** The groups of the selection in a view. */
  draw: { ask: View; answer: { level: number; marks: Mark[] } };
}

export interface Opened {
  dictionaries: Dictionaries;
  rows: number;
  /** The earliest and the latest year of any link; null if none has a date. */
  years: { first: number; last: number } | null;
  /** Names of these items, for the filter's chips. */
  items: Record<string, string>;
  /** Milliseconds spent on decoding, for the bench. */
  decoding: number;
}

/** Which rows of the selection to list. */
export type Subset =
  | { kind: "all" }
  /** One row, also when the selection does not hold it. */
  | { kind: "row"; row: number }
  /** Rows that name an item (id). */
  | { kind: "item"; id: string }
  | { kind: "cells"; cells: number[]; level: number }
  /** Rows without a position, in these countries (indices). */
  | { kind: "countries"; countries: number[] }
  /** Rows with neither position nor country. */
  | { kind: "placeless" };

export type Kind = keyof Questions;

export interface Question<K extends Kind = Kind> {
  number: number;
  kind: K;
  ask: Questions[K]["ask"];
}

export type Answer = { number: number; answer: unknown } | { number: number; error: string };
