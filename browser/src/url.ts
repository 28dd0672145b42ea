// The address bar: the query holds the filter, the fragment the view. Whatever else the query
// holds is kept, but not the page of the list, which a new filter makes meaningless.

import { Filter, isKey } from "./filter.ts";

/** What the address asks for. */
export function readFilter(): Filter {
  return Filter.ofQuery(location.search);
}

/** The address of this page under another filter. */
export function address(filter: Filter): string {
  const others = [...new URLSearchParams(location.search)].filter(([key]) => !isKey(key) && key !== "page");
  const query = [filter.query(), new URLSearchParams(others).toString()].filter(Boolean).join("&");
  return location.pathname + (query && `?${query}`) + location.hash;
}

export function pushFilter(filter: Filter): void {
  const next = address(filter);
  if (next !== location.pathname + location.search + location.hash) history.pushState(null, "", next);
}

export interface Place {
  zoom: number;
  lat: number;
  lon: number;
}

/** The view in the fragment, `#map=zoom/lat/lon`. */
export function readPlace(): Place | null {
  const parts = /^#map=([\d.]+)\/(-?[\d.]+)\/(-?[\d.]+)$/.exec(location.hash);
  const [zoom, lat, lon] = (parts ?? []).slice(1).map(Number);
  return parts && [zoom, lat, lon].every(Number.isFinite) && Math.abs(lat) <= 90 ? { zoom, lat, lon } : null;
}

export function replacePlace({ zoom, lat, lon }: Place): void {
  const digits = Math.max(1, Math.round(zoom / 2.5));
  const hash = `#map=${zoom.toFixed(1)}/${lat.toFixed(digits)}/${lon.toFixed(digits)}`;
  if (hash !== location.hash) history.replaceState(history.state, "", hash);
}
