// The cables: their routes and landing points, which of them the selection speaks of, and the one that is
// picked, which stays bright while the others fade.

import type { Map as MapLibre, MapGeoJSONFeature } from "maplibre-gl";
import type { FeatureCollection, Position } from "geojson";
import { BEHIND_CABLE, CABLE_LAYERS, LANDINGS_FROM, cableFilter, cableOpacity, landingFilter } from "./style.ts";

export interface Landing {
  name: string;
  at: [number, number];
}

/** A cable as `/lines.geojson` gives it. */
export interface Cable {
  id: string;
  name: string;
  name_zh?: string;
  /** `surveyed`, or `schematic`: then the line only joins the landing points. */
  accuracy?: string;
  lines: Position[][];
  landings: Landing[];
}

/** What a view of the map covers, in degrees; east may be beyond 180. */
interface Bounds {
  west: number;
  east: number;
  north: number;
  south: number;
}

export class Cables {
  private readonly all = new Map<string, Cable>();
  private shown: string[] = [];
  private picked: string | null = null;

  constructor(private readonly map: MapLibre) {}

  learn({ features }: FeatureCollection): void {
    for (const { properties, geometry } of features) {
      if (geometry.type !== "MultiLineString" || !properties) continue;
      this.all.set(properties.id, { ...(properties as Cable), lines: geometry.coordinates, landings: [] });
    }
    for (const { properties, geometry } of features) {
      if (geometry.type !== "Point") continue;
      const [lon, lat] = geometry.coordinates;
      this.all.get(properties?.cable)?.landings.push({ name: properties?.name, at: [lon, lat] });
    }
  }

  get(id: string): Cable | undefined {
    return this.all.get(id);
  }

  get ids(): string[] {
    return [...this.all.keys()];
  }

  /** Draws these cables alone, and the picked one. */
  showOnly(ids: string[]): void {
    this.shown = ids;
    this.draw();
  }

  /** Makes one bright, or all of them equal. */
  pick(id: string | null): void {
    this.picked = id !== null && this.all.has(id) ? id : null;
    this.draw();
  }

  /** The cable that a feature of the map belongs to. */
  idOf({ properties }: MapGeoJSONFeature): string {
    return properties.cable ?? properties.id;
  }

  /** Every shown cable that crosses a view, with a point of it there. */
  inView(bounds: Bounds): { cable: Cable; at: Position }[] {
    return this.drawn().flatMap((id) => {
      const cable = this.all.get(id)!;
      const points = cable.lines.flatMap(inSteps).map((point) => into(point, bounds)).filter((point) => point !== null);
      return points.length ? [{ cable, at: points[Math.floor(points.length / 2)] }] : [];
    });
  }

  private drawn(): string[] {
    return this.picked === null || this.shown.includes(this.picked) ? this.shown : [...this.shown, this.picked];
  }

  private draw(): void {
    const { map, picked } = this;
    for (const layer of CABLE_LAYERS) map.setFilter(layer, cableFilter(layer, this.drawn()));
    map.setFilter("landing-names", landingFilter(picked));
    map.setLayerZoomRange("landings", picked === null ? LANDINGS_FROM : 0, 24);
    for (const layer of ["cables-schematic", "cables-surveyed"]) map.setPaintProperty(layer, "line-opacity", cableOpacity(picked));
    map.setPaintProperty("landings", "circle-opacity", cableOpacity(picked));
    map.setPaintProperty("landings", "circle-stroke-opacity", cableOpacity(picked));
    for (const [layer, property, opacity] of BEHIND_CABLE) map.setPaintProperty(layer, property, picked === null ? opacity : 0.25);
  }
}

/** A line's points at most five degrees apart. */
function inSteps(line: Position[]): Position[] {
  return line.flatMap(([lon, lat], at) => {
    if (at === 0) return [[lon, lat]];
    const [fromLon, fromLat] = line[at - 1];
    const steps = Math.max(1, Math.ceil(Math.hypot(lon - fromLon, lat - fromLat) / 5));
    return Array.from({ length: steps }, (_, step) => {
      const t = (step + 1) / steps;
      return [fromLon + t * (lon - fromLon), fromLat + t * (lat - fromLat)];
    });
  });
}

/** The point on the copy of the world that lies in the bounds. */
function into([lon, lat]: Position, { west, east, north, south }: Bounds): Position | null {
  const turned = lon + 360 * Math.ceil((west - lon) / 360);
  return turned <= east && lat <= north && lat >= south ? [turned, lat] : null;
}
