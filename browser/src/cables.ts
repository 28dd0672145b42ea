// Selecting a cable: it stays bright, all others fade, and its record is one step away.

import { Popup } from "maplibre-gl";
import type { LngLatLike, Map as MapLibre, MapGeoJSONFeature } from "maplibre-gl";
import type { FeatureCollection } from "geojson";
import { element } from "./dom.ts";
import type { Lang } from "./names.ts";
import { CABLE_LAYERS, cableFilter, cableOpacity } from "./style.ts";
import { text } from "./text.ts";

/** What `/lines.geojson` says of a route. */
interface Route {
  id: string;
  name: string;
  name_zh?: string;
  accuracy?: string;
}

/** What it says of a landing point: its own name and its cable's id. */
interface Landing {
  cable: string;
  name: string;
}

export class CablePicker {
  private popup: Popup | null = null;
  private readonly routes = new Map<string, Route>();

  constructor(
    private readonly map: MapLibre,
    private readonly lang: Lang,
    private readonly base: string,
  ) {}

  /** Brightens the cable of a feature, or none. */
  select(feature: MapGeoJSONFeature | null, at?: LngLatLike): void {
    this.popup?.remove();
    this.popup = null;
    const properties = feature?.properties as Route | Landing | undefined;
    const landing = properties && "cable" in properties ? properties : null;
    const route = landing ? this.routes.get(landing.cable) : (properties as Route | undefined);
    this.fade(route?.id ?? null);
    if (!route || !at) return;
    const content = this.content(route, landing?.name);
    this.popup = new Popup({ closeButton: false, maxWidth: "18rem" }).setLngLat(at).setDOMContent(content).addTo(this.map);
    this.popup.once("close", () => this.fade(null));
  }

  /** The ids of all cables. */
  get ids(): string[] {
    return [...this.routes.keys()];
  }

  /** Draws these cables alone. */
  showOnly(ids: string[]): void {
    for (const layer of CABLE_LAYERS) this.map.setFilter(layer, cableFilter(layer, ids));
  }

  /** Learns the cables, so that a landing point can name its own. */
  learn(lines: FeatureCollection): void {
    for (const { properties } of lines.features) if (properties?.id) this.routes.set(properties.id, properties as Route);
  }

  private fade(selected: string | null): void {
    for (const layer of ["cables-schematic", "cables-surveyed"]) {
      this.map.setPaintProperty(layer, "line-opacity", cableOpacity(selected));
    }
    this.map.setPaintProperty("landings", "circle-opacity", cableOpacity(selected));
    this.map.setPaintProperty("landings", "circle-stroke-opacity", cableOpacity(selected));
  }

  private content(cable: Route, landing: string | undefined): HTMLElement {
    const words = text(this.lang);
    const name = (this.lang === "zh" && cable.name_zh) || cable.name;
    const href = `${this.base}/item/${encodeURIComponent(cable.id)}`;
    return element(
      "div",
      { class: "map-popup" },
      element("p", {}, element("a", { href }, name)),
      landing ? element("p", {}, `${words.landing}: ${landing}`) : null,
      element("p", { class: "soft" }, cable.accuracy === "surveyed" ? words.surveyed : words.schematic),
    );
  }
}
