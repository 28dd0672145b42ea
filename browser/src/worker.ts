// The worker that holds the columns: it decodes, selects, groups and lists, so that the page never
// waits for a million rows.

import { clusters, level, members } from "./cluster.ts";
import { decode } from "./decode.ts";
import { Filter } from "./filter.ts";
import { SIDE } from "./grid.ts";
import { newest } from "./newest.ts";
import { DICTIONARY_KEYS, label } from "./names.ts";
import type { Dictionaries, Lang, Names } from "./names.ts";
import type { Answer, Kind, Mark, Question, Questions, RowText, Subset } from "./protocol.ts";
import { select } from "./select.ts";
import { makeTable } from "./table.ts";
import type { Table } from "./table.ts";

let table: Table;
let lang: Lang = "en";
let collective = new Set<number>();
let state: Uint16Array = new Uint16Array(0);

const handlers: { [K in Kind]: (ask: Questions[K]["ask"]) => Questions[K]["answer"] | Promise<Questions[K]["answer"]> } = {
  async open(ask) {
    const [columns, names] = await Promise.all([fetched(ask.columns), fetched(ask.names)]);
    const bytes = await columns.arrayBuffer();
    const known = (await names.json()) as Names;
    const start = performance.now();
    table = makeTable(decode(bytes), known);
    lang = ask.lang;
    collective = new Set(known.items.collective);
    state = new Uint16Array(table.rows);
    const decoding = performance.now() - start;
    return { dictionaries: dictionaries(known), rows: table.rows, years: table.span, items: itemNames(), decoding };
  },
  select(ask) {
    const selection = select(table, Filter.ofQuery(ask.query), ask.matches, state);
    state = selection.state;
    return selection.counts;
  },
  list(ask) {
    const rows = subset(ask.of);
    const page = newest(table, rows, ask.offset, ask.limit);
    return { total: rows.length, rows: page.map(rowText) };
  },
  named(ask) {
    const { id, en, zh } = table.names.items;
    const wanted = folded(ask.text);
    const hits = id.map((each, at) => [each, en[at], zh[at]].some((name) => folded(name).includes(wanted)));
    const rows = Array.from({ length: table.rows }, (_, row) => row);
    return Uint32Array.from(rows.filter((row) => hits[table.subject[row]] || hits[table.object[row]]));
  },
  touched(ask) {
    const flags = new Uint8Array(table.items);
    for (let row = 0; row < table.rows; row++) if (state[row] === 0) flags[table.subject[row]] = flags[table.object[row]] = 1;
    const wanted = new Set(ask.items);
    return table.names.items.id.filter((id, item) => flags[item] === 1 && wanted.has(id));
  },
  describe({ level, cells }) {
    return cells.map((each) => {
      const rows = members(table, state, each, level);
      return { countries: commonest(rows), first: rows.length === 1 ? rowText(rows[0]) : null };
    });
  },
  draw(view) {
    const marks = clusters(table, state, view).map(
      ({ id, x, y, count, poi, row, cells }): Mark => ({ id, x, y, count, poi, row, cells, category: firstCategory(row) }),
    );
    return { level: level(view.zoom), marks };
  },
};

addEventListener("message", (event: MessageEvent<Question>) => void answer(event.data));

async function answer({ number, kind, ask }: Question): Promise<void> {
  const reply = (message: Answer) => postMessage(message);
  try {
    reply({ number, answer: await handlers[kind](ask as never) });
  } catch (error) {
    reply({ number, error: String(error) });
  }
}

async function fetched(url: string): Promise<Response> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response;
}

function dictionaries(names: Names): Dictionaries {
  return Object.fromEntries(DICTIONARY_KEYS.map((key) => [key, names[key]])) as unknown as Dictionaries;
}

function itemNames(): Record<string, string> {
  const { id, en, zh } = table.names.items;
  return Object.fromEntries(id.map((each, at) => [each, label({ en: en[at], zh: zh[at] }, lang)]));
}

function subset(of: Subset): number[] | Uint32Array {
  switch (of.kind) {
    case "cells":
      return members(table, state, of.cells, of.level);
    case "countries":
      return unlocated((row) => of.countries.includes(table.country[row] - 1));
    case "placeless":
      return unlocated((row) => table.country[row] === 0);
    case "row":
      return of.row < table.rows ? [of.row] : [];
    case "item":
      return naming(table.names.items.id.indexOf(of.id));
    case "all":
      return selected();
  }
}

function naming(item: number): Uint32Array {
  return selected().filter((row) => table.subject[row] === item || table.object[row] === item);
}

/** The two countries that most of these rows are in. */
function commonest(rows: ArrayLike<number>): number[] {
  const counts = new Map<number, number>();
  for (let at = 0; at < rows.length; at++) {
    const country = table.country[rows[at]];
    if (country > 0) counts.set(country - 1, (counts.get(country - 1) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 2).map(([country]) => country);
}

function selected(): Uint32Array {
  const rows = new Uint32Array(table.rows);
  let count = 0;
  for (let row = 0; row < table.rows; row++) if (state[row] === 0) rows[count++] = row;
  return rows.subarray(0, count);
}

function unlocated(wanted: (row: number) => boolean): number[] {
  const rows: number[] = [];
  for (let row = table.located; row < table.rows; row++) if (state[row] === 0 && wanted(row)) rows.push(row);
  return rows;
}

function rowText(row: number): RowText {
  const { en, zh } = table.names.items;
  const name = (item: number) => label({ en: en[item], zh: zh[item] }, lang) + (collective.has(item) ? "*" : "");
  const dated = table.firstYear[row] <= table.lastYear[row];
  return {
    row,
    x: row < table.located ? (table.x[row] + 0.5) / SIDE : null,
    y: row < table.located ? (table.y[row] + 0.5) / SIDE : null,
    subject: name(table.subject[row]),
    object: name(table.object[row]),
    link: table.link[row],
    country: table.country[row] - 1,
    status: table.status[row],
    confidence: table.confidence[row],
    precision: table.precision[row],
    categories: categories(row),
    first: dated ? table.firstYear[row] : null,
    last: dated ? table.lastYear[row] : null,
    poi: table.poi[row] === 1,
    offered: table.offered[row] === 1,
  };
}

function categories(row: number): number[] {
  const set = table.categories[row];
  const [low, high] = [table.categorySets.low[set], table.categorySets.high[set]];
  const all = Array.from(table.names.category, (_, at) => at);
  return all.filter((at) => ((at < 32 ? low >>> at : high >>> (at - 32)) & 1) === 1);
}

/** A name without accents and in small letters. */
function folded(name: string): string {
  return name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

function firstCategory(row: number): number {
  return categories(row)[0] ?? -1;
}
