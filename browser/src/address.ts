// The address bar. The query holds the filter, which the server can answer too; the fragment holds what
// only the screen shows and what never leaves the reader's machine:
//
//   #map=3.2/10.1/20.3     zoom, latitude, longitude
//   &centre=pacific        the Pacific in the middle; without it the Atlantic's side
//   &open=cable/peace      what is picked, see Opening
//
// Whatever else the query holds is kept, but not the page of the list, which a new filter makes meaningless.

import { Filter, isKey } from "./filter.ts";

export type Centre = "atlantic" | "pacific";

export interface Place {
  zoom: number;
  lat: number;
  lon: number;
}

/** What a reader has picked: a record by its id, countries by their codes, a group by the map's own id. */
export type Opening =
  | { kind: "link" | "cable" | "group"; id: string }
  | { kind: "country"; codes: string[] }
  | { kind: "unplaced" };

export interface Fragment {
  place: Place | null;
  centre: Centre;
  open: Opening | null;
}

/** What the address asks for. */
export function readFilter(): Filter {
  return Filter.ofQuery(location.search);
}

/** The address of this page under another filter: the view stays, what was picked does not. */
export function address(filter: Filter): string {
  const others = [...new URLSearchParams(location.search)].filter(([key]) => !isKey(key) && key !== "page");
  const query = [filter.query(), new URLSearchParams(others).toString()].filter(Boolean).join("&");
  return location.pathname + (query && `?${query}`) + fragmentText({ ...readFragment(), open: null });
}

export function writeFilter(filter: Filter, how: "push" | "replace"): void {
  const next = address(filter);
  if (next === location.pathname + location.search + location.hash) return;
  if (how === "push") history.pushState(null, "", next);
  else history.replaceState(history.state, "", next);
}

export function readFragment(hash: string = location.hash): Fragment {
  const parts = new Map(hash.slice(1).split("&").map((part) => [part.split("=", 1)[0], part.slice(part.indexOf("=") + 1)]));
  return {
    place: readPlace(parts.get("map") ?? ""),
    centre: parts.get("centre") === "pacific" ? "pacific" : "atlantic",
    open: readOpening(parts.get("open") ?? ""),
  };
}

/** Writes what changed; a pick is a step back can undo, a movement of the map is none. */
export function writeFragment(change: Partial<Fragment>, how: "push" | "replace"): void {
  const hash = fragmentText({ ...readFragment(), ...change });
  if (hash === location.hash) return;
  const next = location.pathname + location.search + hash;
  if (how === "push") history.pushState(null, "", next);
  else history.replaceState(history.state, "", next);
}

export function fragmentText({ place, centre, open }: Fragment): string {
  const parts = [place && `map=${placeText(place)}`, centre === "pacific" && "centre=pacific", open && `open=${openingText(open)}`];
  const text = parts.filter(Boolean).join("&");
  return text && `#${text}`;
}

export function openingText(open: Opening): string {
  switch (open.kind) {
    case "unplaced":
      return "unplaced";
    case "country":
      return `country/${open.codes.join(",")}`;
    default:
      return `${open.kind}/${encodeURIComponent(open.id)}`;
  }
}

function readOpening(text: string): Opening | null {
  if (text === "unplaced") return { kind: "unplaced" };
  const [, kind, rest] = /^(link|cable|group|country)\/(.+)$/.exec(text) ?? [];
  if (!kind) return null;
  if (kind === "country") return { kind, codes: rest.split(",") };
  const id = decoded(rest);
  return id === null ? null : { kind: kind as "link" | "cable" | "group", id };
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

function readPlace(text: string): Place | null {
  const parts = /^(-?[\d.]+)\/(-?[\d.]+)\/(-?[\d.]+)$/.exec(text);
  const [zoom, lat, lon] = (parts ?? []).slice(1).map(Number);
  return parts && [zoom, lat, lon].every(Number.isFinite) && Math.abs(lat) <= 90 ? { zoom, lat, lon } : null;
}

/** As many digits as the zoom can show. */
function placeText({ zoom, lat, lon }: Place): string {
  const digits = Math.max(1, Math.round(zoom / 2.5));
  return [zoom.toFixed(1), lat.toFixed(digits), lon.toFixed(digits)].map((each) => (Number(each) === 0 ? "0" : each)).join("/");
}
