// Badges count the links that are known only to their country. They stand where the country's name
// does, which is no place of any fact; badges that would cover each other are drawn as one.

import type { FeatureCollection, Point } from "geojson";
import * as grid from "./grid.ts";
import type { Country } from "./names.ts";
import { grouped } from "./text.ts";

export interface Badge {
  /** Indices of the countries, that with most links first. */
  countries: number[];
  count: number;
  lon: number;
  lat: number;
}

/** Pixels between the middles of two badges, across and down. */
const APART = { x: 34, y: 24 };

/** One badge per country that has such links, or per few neighbours at a small zoom. */
export function makeBadges(counts: Uint32Array, countries: Country[], zoom: number): Badge[] {
  const world = 512 * 2 ** Math.floor(zoom);
  const across = (badge: Badge, other: Badge) => (Math.abs(badge.lon - other.lon) / 360) * world < APART.x;
  const down = (badge: Badge, other: Badge) => Math.abs(grid.mercator(badge.lat) - grid.mercator(other.lat)) * world < APART.y;
  const badges: Badge[] = [];
  for (const next of single(counts, countries)) {
    const near = badges.find((badge) => across(badge, next) && down(badge, next));
    if (near) {
      near.countries.push(...next.countries);
      near.count += next.count;
    } else badges.push(next);
  }
  return badges;
}

export function badgeFeatures(badges: Badge[]): FeatureCollection<Point> {
  const features = badges.map(({ count, lon, lat }, at) => ({
    type: "Feature" as const,
    properties: { at, count, label: grouped(count) },
    geometry: { type: "Point" as const, coordinates: [lon, lat] },
  }));
  return { type: "FeatureCollection", features };
}

function single(counts: Uint32Array, countries: Country[]): Badge[] {
  const badges = countries.map(({ lon, lat }, at) => ({ countries: [at], count: counts[at], lon, lat }));
  return badges.filter((badge) => badge.count > 0).sort((a, b) => b.count - a.count || a.countries[0] - b.countries[0]);
}
