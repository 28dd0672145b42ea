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

/** Pixels between the middles of two badges, across and down. */
const APART = { x: 34, y: 24 };

/** One badge per country that has such links, or per few neighbours at a small zoom. */
export function makeBadges(counts: Uint32Array, countries: Country[], lands: Map<string, Land>, zoom: number, marks: Spot[] = []): Badge[] {
  const pixels = 512 * 2 ** Math.floor(zoom);
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

/** Each stands on the first of its points that nothing covers; where all are covered, on the roomiest. */
function stepAside(badges: Placed[], marks: Spot[], pixels: number): Badge[] {
  const taken = [...marks];
  return badges.map(({ spots, ...badge }) => {
    const spot = spots.find((each) => !taken.some((other) => close(each, other, pixels))) ?? spots[0];
    taken.push(spot);
    return { ...badge, ...spot };
  });
}

function close(a: Spot, b: Spot, pixels: number): boolean {
  return Math.abs(a.x - b.x) * pixels < APART.x && Math.abs(a.y - b.y) * pixels < APART.y;
}
