// The part of the map that needs no page: what tests and benches in node load.

export { decode } from "./decode.ts";
export { Filter, KEYS } from "./filter.ts";
export { select } from "./select.ts";
export { makeTable } from "./table.ts";
export * as grid from "./grid.ts";
export { clusters, members } from "./cluster.ts";
export { assemble } from "./basemap.ts";
export { makeBadges } from "./badges.ts";
export { newest } from "./newest.ts";
export { SHAPES } from "./marks.ts";
export { readFragment, fragmentText } from "./address.ts";
export { folded } from "./choices.ts";
