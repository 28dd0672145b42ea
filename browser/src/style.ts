// The map's style: which layers there are, in which order, in the colours of the theme. There are
// no glyphs, sprites or tiles to fetch: text is drawn with the reader's own fonts.

import type { ExpressionSpecification, LayerSpecification, SourceSpecification, StyleSpecification } from "maplibre-gl";
import type { Theme } from "./theme.ts";

const nothing = { type: "FeatureCollection" as const, features: [] };

/** Sources that the page fills. */
export const SOURCES = ["land", "lines", "names", "cables", "badges", "marks", "picked"] as const;
export type SourceName = (typeof SOURCES)[number];

/** Layers that answer a click, the topmost first. */
export const CLICKABLE = ["points", "groups", "badges", "landings", "cables"] as const;

export function mapStyle(theme: Theme): StyleSpecification {
  const source: SourceSpecification = { type: "geojson", data: nothing };
  return {
    version: 8,
    sources: Object.fromEntries(SOURCES.map((name) => [name, name === "land" ? { ...source, maxzoom: 8, buffer: 16 } : source])),
    layers: [...ground(theme), ...cableLayers(theme), ...nameLayers(theme), ...badgeLayers(theme), ...markLayers(theme), picked(theme)],
  };
}

function ground(theme: Theme): LayerSpecification[] {
  const kind = (name: string): ExpressionSpecification => ["==", ["get", "kind"], name];
  const line = (id: string, color: string, width: number, dash?: number[]): LayerSpecification => ({
    id,
    type: "line",
    source: "lines",
    filter: kind(id),
    layout: { "line-join": "round" },
    paint: { "line-color": color, "line-width": width, ...(dash && { "line-dasharray": dash }) },
  });
  return [
    { id: "water", type: "background", paint: { "background-color": theme.water } },
    { id: "land", type: "fill", source: "land", paint: { "fill-color": theme.land, "fill-antialias": false } },
    line("coast", theme.border, 0.7),
    line("borders", theme.border, 0.8),
    line("disputed", theme.disputed, 1, [3, 2.5]),
  ];
}

/** Routes carry their cable's id as `id`, landing points as `cable`. */
const CABLE_ID: ExpressionSpecification = ["coalesce", ["get", "cable"], ["get", "id"]];

/** All cables alike, or one bright and the others faded. */
export function cableOpacity(selected: string | null): ExpressionSpecification | number {
  return selected === null ? 0.75 : ["case", ["==", CABLE_ID, selected], 1, 0.12];
}

/** The layers of the source `cables`; the one of that name is wide and unseen, to be hit. */
export const CABLE_LAYERS = ["cables-schematic", "cables-surveyed", "cables", "landings"] as const;
type CableLayer = (typeof CABLE_LAYERS)[number];

/** The zoom at which landing points come in; those of a picked cable show always. */
export const LANDINGS_FROM = 2;

/** What stands back while a cable is picked: the layer, its property, and its opacity at other times. */
export const BEHIND_CABLE = [
  ["groups", "circle-opacity", 0.92],
  ["groups", "circle-stroke-opacity", 1],
  ["group-counts", "text-opacity", 1],
  ["group-poi", "icon-opacity", 1],
  ["points", "icon-opacity", 1],
  ["badges", "icon-opacity", 1],
  ["badges", "text-opacity", 1],
] as const;

/** What a layer of cables draws: its kind of feature, of all cables or of these. */
export function cableFilter(layer: CableLayer, ids?: string[]): ExpressionSpecification {
  const schematic: ExpressionSpecification = ["==", ["get", "accuracy"], "schematic"];
  const parts: ExpressionSpecification[] = [["==", ["geometry-type"], layer === "landings" ? "Point" : "LineString"]];
  if (layer === "cables-schematic") parts.push(schematic);
  if (layer === "cables-surveyed") parts.push(["!", schematic]);
  if (ids) parts.push(["in", CABLE_ID, ["literal", ids]]);
  return ["all", ...parts];
}

/** The names of landing points, of the picked cable alone. */
export function landingFilter(picked: string | null): ExpressionSpecification {
  return ["all", ["==", ["geometry-type"], "Point"], ["==", ["get", "cable"], picked ?? ""]];
}

function cableLayers(theme: Theme): LayerSpecification[] {
  type Value = number | ExpressionSpecification;
  const line = (id: CableLayer, opacity: Value, width: Value, dash?: number[]): LayerSpecification => ({
    id,
    type: "line",
    source: "cables",
    filter: cableFilter(id),
    layout: { "line-join": "round", "line-cap": dash ? "butt" : "round" },
    paint: { "line-color": theme.accent, "line-opacity": opacity, "line-width": width, ...(dash && { "line-dasharray": dash }) },
  });
  const width: ExpressionSpecification = ["interpolate", ["linear"], ["zoom"], 0, 1.1, 6, 2.4];
  return [
    line("cables-schematic", cableOpacity(null), width, [4, 1.6]),
    line("cables-surveyed", cableOpacity(null), width),
    line("cables", 0, 12),
    {
      id: "landings",
      type: "circle",
      source: "cables",
      minzoom: LANDINGS_FROM,
      filter: cableFilter("landings"),
      paint: {
        "circle-radius": ["interpolate", ["linear"], ["zoom"], 2, 2, 8, 4.5],
        "circle-color": theme.paper,
        "circle-stroke-color": theme.accent,
        "circle-stroke-width": 1.3,
        "circle-opacity": cableOpacity(null),
        "circle-stroke-opacity": cableOpacity(null),
      },
    },
    {
      id: "landing-names",
      type: "symbol",
      source: "cables",
      filter: landingFilter(null),
      layout: {
        "text-field": ["get", "name"],
        "text-font": [theme.font],
        "text-size": 11.5,
        "text-variable-anchor": ["left", "right", "top", "bottom"],
        "text-radial-offset": 0.7,
        "text-overlap": "always",
        "text-ignore-placement": true,
      },
      paint: { "text-color": theme.ink, "text-halo-color": theme.paper, "text-halo-width": 1.5 },
    },
  ];
}

/** A ring round what is picked. */
function picked(theme: Theme): LayerSpecification {
  return {
    id: "picked",
    type: "circle",
    source: "picked",
    paint: {
      "circle-radius": ["get", "radius"],
      "circle-color": "rgba(0, 0, 0, 0)",
      "circle-stroke-color": theme.focus,
      "circle-stroke-width": 3,
    },
  };
}

function nameLayers(theme: Theme): LayerSpecification[] {
  return [
    {
      id: "names",
      type: "symbol",
      source: "names",
      // A name comes in when its country is about as tall as the line of text.
      filter: [">=", ["*", ["get", "size"], ["^", 2, ["zoom"]]], 34],
      layout: {
        "text-field": ["get", "name"],
        "text-font": [theme.font],
        "text-size": ["interpolate", ["linear"], ["zoom"], 1, 10.5, 5, 14],
        "text-max-width": 7,
        "text-padding": 4,
        // A badge may stand where the name would.
        "text-variable-anchor": ["center", "top", "bottom", "left", "right"],
        "text-radial-offset": 1.1,
        "symbol-sort-key": ["-", 0, ["get", "size"]],
      },
      paint: { "text-color": theme.soft, "text-halo-color": theme.land, "text-halo-width": 1.4 },
    },
  ];
}

function badgeLayers(theme: Theme): LayerSpecification[] {
  return [
    {
      id: "badges",
      type: "symbol",
      source: "badges",
      layout: {
        "icon-image": "badge",
        "icon-text-fit": "both",
        "icon-text-fit-padding": [2, 5, 1, 5],
        "text-field": ["get", "label"],
        "text-font": [theme.font],
        "text-size": 11,
        "icon-allow-overlap": true,
        "text-allow-overlap": true,
      },
      paint: { "text-color": theme.ink },
    },
  ];
}

function markLayers(theme: Theme): LayerSpecification[] {
  const group: ExpressionSpecification = [">", ["get", "count"], 1];
  const radius: ExpressionSpecification = ["interpolate", ["linear"], ["log10", ["get", "count"]], 0.3, 11, 2, 16, 4, 23, 6, 30];
  return [
    {
      id: "groups",
      type: "circle",
      source: "marks",
      filter: group,
      paint: {
        "circle-radius": radius,
        "circle-color": theme.accent,
        "circle-stroke-color": theme.paper,
        "circle-stroke-width": 1.6,
        "circle-opacity": 0.92,
      },
    },
    {
      id: "group-counts",
      type: "symbol",
      source: "marks",
      filter: group,
      layout: {
        "text-field": ["get", "label"],
        "text-font": [theme.font],
        "text-size": 11.5,
        "text-allow-overlap": true,
        // Names keep clear of the circle.
        "text-padding": 9,
      },
      paint: { "text-color": theme.onAccent },
    },
    {
      id: "group-poi",
      type: "symbol",
      source: "marks",
      filter: ["all", group, [">", ["get", "poi"], 0]],
      layout: { "icon-image": "poi-flag", "icon-offset": [11, -11], "icon-allow-overlap": true, "icon-ignore-placement": true },
    },
    {
      id: "points",
      type: "symbol",
      source: "marks",
      filter: ["!", group],
      layout: { "icon-image": ["get", "image"], "icon-allow-overlap": true },
    },
  ];
}
