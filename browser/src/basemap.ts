// Puts the basemap's arcs (build/basemap.mjs) together into what MapLibre draws.

import type { FeatureCollection, LineString, MultiPolygon, Point } from "geojson";
import type { Lang } from "./names.ts";

export interface BasemapFile {
  scale: [number, number];
  translate: [number, number];
  /** Per arc: x and y of the first point, then the differences from point to point. */
  arcs: number[][];
  /** Per polygon, per ring: arc numbers; ~n is arc n backwards. */
  land: number[][][];
  coast: number[];
  borders: number[];
  disputed: number[];
  /**
   * Code, English and Chinese name, height in degrees, longitudes and latitudes of points on its land (the
   * roomiest first), and west, south, east, north. Only in the coarse file.
   */
  labels?: [string, string, string, number, number[], [number, number, number, number] | null][];
  /** The file name of the finer basemap. Only in the coarse file. */
  detail?: string;
}

type Line = [number, number][];

export interface Basemap {
  land: MultiPolygon;
  /** Coast, borders and disputed borders, told apart by the property `kind`. */
  lines: FeatureCollection<LineString>;
}

export function assemble(file: BasemapFile): Basemap {
  const arcs = file.arcs.map((arc) => unfolded(arc, file));
  // The topology is one of the globe: nothing in it is cut at the antimeridian.
  const lines = (kind: "coast" | "borders" | "disputed") =>
    file[kind].flatMap((arc) => (kind === "coast" ? withoutSeams(arcs[arc]) : [unwound(arcs[arc])])).map((line) => feature(line, { kind }));
  return {
    land: { type: "MultiPolygon", coordinates: file.land.map((polygon) => polygon.map((ring) => closed(unwound(joined(ring, arcs))))) },
    lines: { type: "FeatureCollection", features: [...lines("coast"), ...lines("borders"), ...lines("disputed")] },
  };
}

/** What the basemap knows of a country. */
export interface Land {
  /** Points on its land, the roomiest first. */
  spots: [number, number][];
  /** West, south, east (which may exceed 180) and north; null for a country too small to be drawn. */
  bounds: [number, number, number, number] | null;
}

export function lands(file: BasemapFile): Map<string, Land> {
  return new Map((file.labels ?? []).map(([code, , , , spots, bounds]) => [code, { spots: pairs(spots), bounds }]));
}

/** Country names at their label points; `size` decides from which zoom on a name is shown. */
export function labels(file: BasemapFile, lang: Lang): FeatureCollection<Point> {
  const features = (file.labels ?? []).map(([code, en, zh, size, [lon, lat]]) => ({
    type: "Feature" as const,
    properties: { code, name: lang === "zh" ? zh : en, size },
    geometry: { type: "Point" as const, coordinates: [lon, lat] },
  }));
  return { type: "FeatureCollection", features };
}

function pairs(flat: number[]): [number, number][] {
  return Array.from({ length: flat.length / 2 }, (_, at) => [flat[2 * at], flat[2 * at + 1]]);
}

function unfolded(arc: number[], { scale, translate }: BasemapFile): Line {
  let [x, y] = [0, 0];
  const line: Line = [];
  for (let at = 0; at < arc.length; at += 2) {
    x += arc[at];
    y += arc[at + 1];
    line.push([x * scale[0] + translate[0], y * scale[1] + translate[1]]);
  }
  return line;
}

function joined(ring: number[], arcs: Line[]): Line {
  return ring.flatMap((arc, at) => {
    const line = arc < 0 ? [...arcs[~arc]].reverse() : arcs[arc];
    return at ? line.slice(1) : line;
  });
}

/** The line with longitudes beyond ±180 where it crosses the antimeridian, so that no step is long. */
function unwound(line: Line): Line {
  let turn = 0;
  return line.map(([lon, lat], at) => {
    const step = at ? lon - line[at - 1][0] : 0;
    if (step > 180) turn -= 360;
    if (step < -180) turn += 360;
    return [lon + turn, lat];
  });
}

/** A ring that goes round the South Pole ends a world away from its start: it is closed below the map. */
function closed(ring: Line): Line {
  const [first, last] = [ring[0], ring.at(-1)!];
  return Math.abs(first[0] - last[0]) < 180 ? ring : [...ring, [last[0], -90], [first[0], -90], first];
}

/** A coast without the edges along the antimeridian and the pole, where the map is cut and no sea begins. */
function withoutSeams(line: Line): Line[] {
  const parts: Line[] = [[]];
  line.forEach((point, at) => {
    if (at && onSeam(point) && onSeam(line[at - 1])) parts.push([]);
    parts.at(-1)!.push(point);
  });
  return parts.filter((part) => part.length > 1).map(unwound);
}

function onSeam([lon, lat]: [number, number]): boolean {
  return Math.abs(lon) > 179.99 || lat < -89.9;
}

function feature(line: Line, properties: Record<string, string>) {
  return { type: "Feature" as const, properties, geometry: { type: "LineString" as const, coordinates: line } };
}
