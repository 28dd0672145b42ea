// The order of the result list: the latest last year first, undated links at the end, then by row.

import type { Table } from "./table.ts";

/** Rows `offset` to `offset + limit` of these ascending rows in the list's order. */
export function newest(table: Table, rows: ArrayLike<number>, offset: number, limit: number): number[] {
  const perYear = new Map<number, number>();
  for (let at = 0; at < rows.length; at++) {
    const year = table.lastYear[rows[at]];
    perYear.set(year, (perYear.get(year) ?? 0) + 1);
  }
  const page: number[] = [];
  let before = 0;
  for (const [year, count] of [...perYear].sort((a, b) => b[0] - a[0])) {
    const from = Math.max(0, offset - before);
    if (from < count && page.length < limit) page.push(...ofYear(table, rows, year, from, limit - page.length));
    before += count;
  }
  return page;
}

function ofYear(table: Table, rows: ArrayLike<number>, year: number, from: number, limit: number): number[] {
  const found: number[] = [];
  let seen = 0;
  for (let at = 0; at < rows.length && found.length < limit; at++) {
    if (table.lastYear[rows[at]] === year && seen++ >= from) found.push(rows[at]);
  }
  return found;
}
