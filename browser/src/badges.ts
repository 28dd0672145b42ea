// Badges count the links that are known only to their country. They stand about where the country's
// name does, which is no place of any fact; badges that would cover each other are drawn as one, and
// one that would cover a mark steps aside.

import type { FeatureCollection, Point } from "geojson";
import * as grid from "./grid.ts";
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

/** Pixels between the middles of two badges, across and down. */
const APART = { x: 34, y: 24 };

/** Where a badge may stand, in pixels from its country's name: under it if it can. */
const STEPS: Spot[] = [
  { x: 0, y: 17 }, { x: 0, y: -17 }, { x: 0, y: 34 }, { x: 30, y: 0 }, { x: -30, y: 0 }, { x: 26, y: 20 }, { x: -26, y: 20 },
  { x: 26, y: -20 }, { x: -26, y: -20 },
];

/** One badge per country that has such links, or per few neighbours at a small zoom. */
export function makeBadges(counts: Uint32Array, countries: Country[], zoom: number, marks: Spot[] = []): Badge[] {
  const pixels = 512 * 2 ** Math.floor(zoom);
  const badges: Badge[] = [];
  for (const next of single(counts, countries)) {
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

function single(counts: Uint32Array, countries: Country[]): Badge[] {
  const badges = countries.map(({ lon, lat }, at) => ({
    countries: [at],
    count: counts[at],
    x: (lon + 180) / 360,
    y: grid.mercator(lat),
  }));
  return badges.filter((badge) => badge.count > 0).sort((a, b) => b.count - a.count || a.countries[0] - b.countries[0]);
}

function stepAside(badges: Badge[], marks: Spot[], pixels: number): Badge[] {
  const taken = [...marks];
  return badges.map((badge) => {
    const spots = STEPS.map((step) => ({ x: badge.x + step.x / pixels, y: badge.y + step.y / pixels }));
    const spot = spots.find((each) => !taken.some((other) => close(each, other, pixels))) ?? spots[0];
    taken.push(spot);
    return { ...badge, ...spot };
  });
}

function close(a: Spot, b: Spot, pixels: number): boolean {
  return Math.abs(a.x - b.x) * pixels < APART.x && Math.abs(a.y - b.y) * pixels < APART.y;
}
