// Selecting a cable: it stays bright, all others fade, and its record is one step away.

import { Popup } from "maplibre-gl";
import type { LngLatLike, Map as MapLibre, MapGeoJSONFeature } from "maplibre-gl";
import { element } from "./dom.ts";
import type { Lang } from "./names.ts";
import { cableOpacity } from "./style.ts";
import { text } from "./text.ts";

interface Properties {
  id: string;
  name: string;
  name_zh?: string;
  accuracy?: string;
  landing?: string;
}

export class CablePicker {
  private popup: Popup | null = null;

  constructor(
    private readonly map: MapLibre,
    private readonly lang: Lang,
    private readonly base: string,
  ) {}

  /** Brightens the cable of a feature, or none. */
  select(feature: MapGeoJSONFeature | null, at?: LngLatLike): void {
    this.popup?.remove();
    this.popup = null;
    const cable = feature?.properties as Properties | undefined;
    this.fade(cable?.id ?? null);
    if (!cable || !at) return;
    this.popup = new Popup({ closeButton: false, maxWidth: "18rem" }).setLngLat(at).setDOMContent(this.content(cable)).addTo(this.map);
    this.popup.once("close", () => this.fade(null));
  }

  private fade(selected: string | null): void {
    for (const layer of ["cables-schematic", "cables-surveyed"]) {
      this.map.setPaintProperty(layer, "line-opacity", cableOpacity(selected));
    }
    this.map.setPaintProperty("landings", "circle-opacity", cableOpacity(selected));
    this.map.setPaintProperty("landings", "circle-stroke-opacity", cableOpacity(selected));
  }

  private content(cable: Properties): HTMLElement {
    const words = text(this.lang);
    const name = (this.lang === "zh" && cable.name_zh) || cable.name;
    const href = `${this.base}/item/${encodeURIComponent(cable.id)}`;
    return element(
      "div",
      { class: "map-popup" },
      element("p", {}, element("a", { href }, name)),
      cable.landing ? element("p", {}, `${words.landing}: ${cable.landing}`) : null,
      element("p", { class: "soft" }, cable.accuracy === "surveyed" ? words.surveyed : words.schematic),
    );
  }
}
