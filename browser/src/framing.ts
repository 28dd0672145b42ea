// Brings what is picked into the part of the map that the sheet leaves free, moving no more than needed.

import type { Map as MapLibre } from "maplibre-gl";

/** Pixels kept clear around. */
const [NEAR, WIDE] = [24, 40];

type Point = [number, number];

export class Framing {
  constructor(
    private readonly map: MapLibre,
    private readonly root: HTMLElement,
    private readonly sheet: HTMLElement,
  ) {}

  /** One point, given as longitude and latitude. */
  reveal([lon, lat]: Point): void {
    const [across, down] = this.covered();
    const { clientWidth: width, clientHeight: height } = this.map.getContainer();
    const center: Point = [lon + 360 * Math.round((this.map.getCenter().lng - lon) / 360), lat];
    const { x, y } = this.map.project(center);
    const [left, right] = [Math.max(across, 0) + NEAR, width + Math.min(across, 0) - NEAR];
    const free = x > left && x < right && y > NEAR && y < height - down - NEAR;
    if (!free) this.map.easeTo({ center, offset: [across / 2, -down / 2] });
  }

  /** All of these points together. */
  frame(points: Point[]): void {
    if (points.length === 0) return;
    const [across, down] = this.covered();
    const [lons, lats] = [points.map(([lon]) => lon), points.map(([, lat]) => lat)];
    const padding = { left: WIDE + Math.max(across, 0), right: WIDE - Math.min(across, 0), top: WIDE, bottom: WIDE + down };
    const bounds: [number, number, number, number] = [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
    this.map.fitBounds(bounds, { padding, maxZoom: Math.max(4, this.map.getZoom()) });
  }

  /** Pixels of the map under the sheet: at its left (below zero: at its right), and at its bottom. */
  private covered(): Point {
    if (getComputedStyle(this.sheet).position === "fixed") this.root.scrollIntoView({ block: "start" });
    const map = this.map.getContainer().getBoundingClientRect();
    const sheet = this.sheet.getBoundingClientRect();
    const below = sheet.width > map.width * 0.7;
    if (below) return [0, Math.min(Math.max(0, map.bottom - sheet.top), map.height * 0.6)];
    return [sheet.left > map.left + map.width / 2 ? -sheet.width : sheet.width, 0];
  }
}
