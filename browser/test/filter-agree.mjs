// Answers filters with the browser's own code, for tests that compare it with the server's.
//
//   node browser/test/filter-agree.mjs FOLDER < questions > answers
//
// FOLDER holds `columns.bin` and `names.json` as the site serves them. Each line of the input is
//   {"query": "category=5g&q=x", "matches": {"q": [row…], "source": [row…]}}
// where `matches` says which rows match the keys that the columns can't answer. Each line of the
// output answers the line of the input at its place:
//   {"query", "total", "located", "badges", "placeless", "poi", "undated", "years": [[year, count]…],
//    "counts": {key: [count…]}, "rows": [row…]}
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { core, openTable } from "./core.mjs";

/** The answer to one question, as above. */
export function answer(table, { query, matches = {} }) {
  const filter = core.Filter.ofQuery(query);
  const rowsOf = Object.entries(matches).map(([key, rows]) => [key, Uint32Array.from(rows)]);
  const { state, counts } = core.select(table, filter, Object.fromEntries(rowsOf));
  const { total, located, placeless, poi, undated, badges, years, facets } = counts;
  return {
    query: filter.query(),
    total,
    located,
    badges: [...badges],
    placeless,
    poi,
    undated,
    years: [...years.counts].map((count, at) => [years.first + at, count]),
    counts: Object.fromEntries(Object.entries(facets).map(([key, each]) => [key, [...each]])),
    rows: [...state.keys()].filter((row) => state[row] === 0),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const table = await openTable(process.argv[2]);
  for await (const line of createInterface({ input: process.stdin })) {
    if (line) process.stdout.write(`${JSON.stringify(answer(table, JSON.parse(line)))}\n`);
  }
}
