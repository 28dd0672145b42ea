// Badges count the links that are known only to their country. They stand on its land, at a point that is
// no place of any fact; badges that would cover each other are drawn as one, and one that would cover a
// mark goes to another point of its land.

import type { FeatureCollection, Point } from "geojson";
import * as grid from "./grid.ts";
import type { Land } from "./basemap.ts";
import type { Country } from "./names.ts";
import { grouped } from "./text.ts";

export interface Badge {
  /** Indices of the countries, that with most links first. */
  countries: number[];
  count: number;
  /** Fractions of the world's square. */
  x: number;
  y: number;
}

interface Spot {
  x: number;
  y: number;
}

interface Placed extends Badge {
  /** Where else it may stand. */
  spots: Spot[];
}

/** Pixels between the middles of two badges, across and down; and of a badge and a mark, which may be larger. */
const APART = { x: 40, y: 30 };
const CLEAR = { x: 40, y: 34 };

/** One badge per country that has such links, or per few neighbours at a small zoom. */
export function makeBadges(counts: Uint32Array, countries: Country[], lands: Map<string, Land>, zoom: number, marks: Spot[] = []): Badge[] {
  // In steps, so that a small movement of the map changes nothing.
  const pixels = 512 * 2 ** (Math.floor(zoom * 4) / 4);
  const badges: Placed[] = [];
  for (const next of single(counts, countries, lands)) {
    const near = badges.find((badge) => close(badge, next, pixels));
    if (near) {
      near.countries.push(...next.countries);
      near.count += next.count;
    } else badges.push(next);
  }
  return stepAside(badges, marks, pixels);
}

export function badgeFeatures(badges: Badge[]): FeatureCollection<Point> {
  const features = badges.map(({ count, x, y }, at) => ({
    type: "Feature" as const,
    properties: { at, count, label: grouped(count) },
    geometry: { type: "Point" as const, coordinates: [grid.longitude(x), grid.latitude(y)] },
  }));
  return { type: "FeatureCollection", features };
}

function single(counts: Uint32Array, countries: Country[], lands: Map<string, Land>): Placed[] {
  const badges = countries.map(({ id, lon, lat }, at) => {
    const spots = (lands.get(id)?.spots ?? [[lon, lat]]).map(([lon, lat]) => ({ x: (lon + 180) / 360, y: grid.mercator(lat) }));
    return { countries: [at], count: counts[at], ...spots[0], spots };
  });
  return badges.filter((badge) => badge.count > 0).sort((a, b) => b.count - a.count || a.countries[0] - b.countries[0]);
}

/** Each stands on the first of its points that nothing covers; where all are covered, on the freest. */
function stepAside(badges: Placed[], marks: Spot[], pixels: number): Badge[] {
  const standing: Badge[] = [];
  for (const { spots, ...badge } of badges) {
    const freedom = (spot: Spot) =>
      Math.min(1, ...marks.map((mark) => apart(spot, mark, pixels, CLEAR)), ...standing.map((other) => apart(spot, other, pixels, APART)));
    const spot = spots.reduce((best, each) => (freedom(each) > freedom(best) ? each : best));
    standing.push({ ...badge, ...spot });
  }
  return standing;
}

function close(a: Spot, b: Spot, pixels: number): boolean {
  return apart(a, b, pixels, APART) < 1;
}

/** 1 or more where two do not touch. */
function apart(a: Spot, b: Spot, pixels: number, size: Spot): number {
  return Math.max((Math.abs(a.x - b.x) * pixels) / size.x, (Math.abs(a.y - b.y) * pixels) / size.y);
}
