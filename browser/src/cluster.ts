// Groups the selected points of a view so that marks on the map do not cover each other.
//
// Cells of the grid are squares of 32 to 64 pixels. Rows stand in Morton order, so the rows of a
// cell follow each other and one pass finds all cells without a table. Cells whose middles are near
// are then joined, the fullest first. All this hangs on the whole zoom alone: the same selection
// gives the same groups, with the same ids, however the reader came there.

import * as grid from "./grid.ts";
import type { Table } from "./table.ts";

/** What the reader sees, in fractions of the world's square; west may be below 0 and east above 1. */
export interface View {
  west: number;
  east: number;
  north: number;
  south: number;
  zoom: number;
}

export interface Group {
  /** Stable for the same selection and whole zoom. */
  id: string;
  /** Mean position, in fractions of the world's square. */
  x: number;
  y: number;
  count: number;
  /** How many of them are points of particular interest. */
  poi: number;
  /** The first row. */
  row: number;
  /** The cells it is made of. */
  cells: number[];
}

interface Cell extends Group {
  column: number;
  line: number;
}

/** Pixels of the world's square at zoom 0, as MapLibre counts. */
const WORLD = 512;
const NEAR = 44;

export function level(zoom: number): number {
  return Math.min(Math.max(Math.floor(zoom) + 4, 0), grid.BITS);
}

export function clusters(table: Table, state: Uint16Array, view: View): Group[] {
  const cells = cellsInView(table, state, level(view.zoom), view);
  return joined(cells, NEAR / (WORLD * 2 ** Math.floor(view.zoom)));
}

/** The selected rows in these cells of the level, ascending. */
export function members(table: Table, state: Uint16Array, cells: number[], at: number): number[] {
  const size = 4 ** (grid.BITS - at);
  const rows: number[] = [];
  for (const cell of [...cells].sort((a, b) => a - b)) {
    const end = firstAtOrAfter(table, (cell + 1) * size);
    for (let row = firstAtOrAfter(table, cell * size); row < end; row++) if (state[row] === 0) rows.push(row);
  }
  return rows;
}

function cellsInView(table: Table, state: Uint16Array, at: number, view: View): Cell[] {
  const { x, y, poi } = table;
  const shift = grid.BITS - at;
  const seen = viewTest(at, view);
  const cells: Cell[] = [];
  let cell: Cell | null = null;
  let [column, line] = [-1, -1];
  for (let row = 0; row < table.located; row++) {
    if (state[row] !== 0) continue;
    const [rowColumn, rowLine] = [x[row] >>> shift, y[row] >>> shift];
    if (rowColumn !== column || rowLine !== line) {
      [column, line] = [rowColumn, rowLine];
      cell = seen(column, line) ? newCell(column, line, at, row) : null;
      if (cell) cells.push(cell);
    }
    if (!cell) continue;
    cell.count++;
    cell.poi += poi[row];
    cell.x += x[row];
    cell.y += y[row];
  }
  for (const each of cells) {
    each.x = (each.x / each.count + 0.5) / grid.SIDE;
    each.y = (each.y / each.count + 0.5) / grid.SIDE;
  }
  return cells;
}

function newCell(column: number, line: number, at: number, row: number): Cell {
  const code = grid.code(column, line);
  return { id: `${at}-${code}`, x: 0, y: 0, count: 0, poi: 0, row, cells: [code], column, line };
}

/** Whether a cell lies in the view, or so near that a group reaching into it may. */
function viewTest(at: number, view: View): (column: number, line: number) => boolean {
  const count = 2 ** at;
  const [west, east] = [Math.floor(view.west * count) - 2, Math.floor(view.east * count) + 2];
  const [north, south] = [Math.floor(view.north * count) - 2, Math.floor(view.south * count) + 2];
  const everywhere = east - west >= count;
  return (column, line) => {
    if (line < north || line > south) return false;
    return everywhere || (((column - west) % count) + count) % count <= east - west;
  };
}

/** Joins each cell with the neighbours whose middles are within `near`, the fullest cells first. */
function joined(cells: Cell[], near: number): Group[] {
  const at = new Map(cells.map((cell) => [cell.line * 2 ** grid.BITS + cell.column, cell]));
  const groups: Group[] = [];
  for (const cell of [...cells].sort((a, b) => b.count - a.count || a.row - b.row)) {
    if (!at.delete(cell.line * 2 ** grid.BITS + cell.column)) continue;
    const group: Group = { ...cell, cells: [...cell.cells] };
    for (const other of neighbours(at, cell)) {
      if ((other.x - cell.x) ** 2 + (other.y - cell.y) ** 2 > near ** 2) continue;
      at.delete(other.line * 2 ** grid.BITS + other.column);
      absorb(group, other);
    }
    groups.push(group);
  }
  return groups;
}

function neighbours(at: Map<number, Cell>, cell: Cell): Cell[] {
  const found: Cell[] = [];
  for (let line = cell.line - 2; line <= cell.line + 2; line++) {
    for (let column = cell.column - 2; column <= cell.column + 2; column++) {
      const other = at.get(line * 2 ** grid.BITS + column);
      if (other) found.push(other);
    }
  }
  return found;
}

function absorb(group: Group, other: Group): void {
  const count = group.count + other.count;
  group.x = (group.x * group.count + other.x * other.count) / count;
  group.y = (group.y * group.count + other.y * other.count) / count;
  group.count = count;
  group.poi += other.poi;
  group.row = Math.min(group.row, other.row);
  group.cells.push(...other.cells);
}

function firstAtOrAfter(table: Table, code: number): number {
  let [low, high] = [0, table.located];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (grid.code(table.x[middle], table.y[middle]) < code) low = middle + 1;
    else high = middle;
  }
  return low;
}
