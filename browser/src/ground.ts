// What lies under the links: basemap and cables. They are asked for while MapLibre is still on its way.

import type { FeatureCollection } from "geojson";
import type { BasemapFile } from "./basemap.ts";

export interface Ground {
  basemap: BasemapFile | null;
  /** The address of the finer basemap; null if there is none. */
  detail: string | null;
  cables: FeatureCollection | null;
}

export async function fetchGround({ basemap, lines }: DOMStringMap): Promise<Ground> {
  const [coarse, cables] = await Promise.all([basemap ? json<BasemapFile>(basemap) : null, lines ? json<FeatureCollection>(lines) : null]);
  const detail = basemap && coarse?.detail ? new URL(coarse.detail, new URL(basemap, location.href)).href : null;
  return { basemap: coarse, detail, cables };
}

/** The file, or null if it can't be had: a map without it is better than none. */
export async function json<T>(url: string): Promise<T | null> {
  const response = await fetch(url).catch(() => null);
  return response?.ok ? ((await response.json()) as T) : null;
}
