// The map on the screen: MapLibre with our own ground, the groups and points of the selection,
// cables, country badges and the tray of links whose place is unknown.

import { AttributionControl, Map as MapLibre, NavigationControl, Popup, setWorkerUrl } from "maplibre-gl";
import type { GeoJSONSource, MapGeoJSONFeature, MapMouseEvent } from "maplibre-gl";
import type { FeatureCollection, GeoJSON } from "geojson";
import { badgeFeatures, makeBadges } from "./badges.ts";
import type { Badge } from "./badges.ts";
import { assemble, labels } from "./basemap.ts";
import type { BasemapFile } from "./basemap.ts";
import { CablePicker } from "./cables.ts";
import { element } from "./dom.ts";
import { Drawer } from "./drawer.ts";
import type { Engine } from "./engine.ts";
import * as grid from "./grid.ts";
import { resultItem } from "./list.ts";
import type { Writing } from "./list.ts";
import { MarkPainter, RATIO, badgePlate, poiFlag } from "./marks.ts";
import { label } from "./names.ts";
import type { Mark } from "./protocol.ts";
import { CLICKABLE, SOURCES, mapStyle } from "./style.ts";
import type { SourceName } from "./style.ts";
import type { Counts } from "./tally.ts";
import { grouped, text } from "./text.ts";
import { onThemeChange, readTheme } from "./theme.ts";
import { readPlace, replacePlace } from "./url.ts";

declare const MAPLIBRE_WORKER_FILE: string;
declare const MAPLIBRE_STYLE_FILE: string;

/** From here on the finer basemap is worth its bytes. */
const DETAIL_ZOOM = 3.2;

type Data = Partial<Record<SourceName, GeoJSON>>;

export class MapView {
  private readonly data: Data = {};
  private readonly painter: MarkPainter;
  private readonly drawer: Drawer;
  private readonly cables: CablePicker;
  private readonly tray: HTMLButtonElement;
  private marks: Mark[] = [];
  private badges: Badge[] = [];
  private level = 0;
  private counts: Counts | null = null;
  private detail: string | null = null;

  static async open(root: HTMLElement, engine: Engine, writing: Writing): Promise<MapView> {
    setWorkerUrl(new URL(MAPLIBRE_WORKER_FILE, import.meta.url).href);
    await loadStyle(new URL(MAPLIBRE_STYLE_FILE, import.meta.url).href);
    const container = element("div", { class: "map-canvas" });
    root.replaceChildren(container);
    const map = makeMap(container, root, writing);
    await map.once("load");
    const view = new MapView(root, map, engine, writing);
    await view.loadGround();
    return view;
  }

  private constructor(
    private readonly root: HTMLElement,
    private readonly map: MapLibre,
    private readonly engine: Engine,
    private readonly writing: Writing,
  ) {
    this.painter = new MarkPainter(writing.dictionaries.category, writing.icons);
    this.drawer = new Drawer(root, engine, writing);
    this.cables = new CablePicker(map, writing.lang, root.dataset.base ?? "");
    this.tray = element("button", { type: "button", class: "map-tray", hidden: true });
    root.append(this.tray);
    this.tray.addEventListener("click", () => void this.drawer.open({ kind: "placeless" }, text(writing.lang).placeless));
    map.on("moveend", () => void this.moved());
    map.on("click", (event) => this.clicked(event));
    map.on("mousemove", (event) => (map.getCanvas().style.cursor = this.featureAt(event) ? "pointer" : ""));
    onThemeChange(() => this.repaint());
  }

  /** Shows a new selection. */
  async update(counts: Counts): Promise<void> {
    this.counts = counts;
    this.drawer.close();
    this.tray.hidden = counts.placeless === 0;
    this.tray.textContent = text(this.writing.lang).placeless(counts.placeless);
    await Promise.all([this.showCables(), this.draw()]);
  }

  /** Moves to where the selection is. */
  async fit(): Promise<void> {
    const { marks } = await this.engine.ask("draw", { west: 0, east: 1, north: 0, south: 1, zoom: 0 });
    if (marks.length === 0) return;
    const [lons, lats] = [marks.map((mark) => grid.longitude(mark.x)), marks.map((mark) => grid.latitude(mark.y))];
    const bounds: [number, number, number, number] = [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
    this.map.fitBounds(bounds, { padding: 48, maxZoom: 6, animate: false });
  }

  private async loadGround(): Promise<void> {
    const { basemap, lines } = this.root.dataset;
    const coarse = basemap ? await json<BasemapFile>(basemap) : null;
    if (coarse && basemap) {
      this.detail = coarse.detail ? new URL(coarse.detail, new URL(basemap, location.href)).href : null;
      this.ground(coarse);
      this.show("names", labels(coarse, this.writing.lang));
    }
    const cables = lines ? await json<FeatureCollection>(lines) : null;
    if (cables) {
      this.cables.learn(cables);
      this.show("cables", cables);
    }
    this.addFixedImages();
    await this.refine();
  }

  private ground(file: BasemapFile): void {
    const basemap = assemble(file);
    this.show("land", { type: "Feature", properties: {}, geometry: basemap.land });
    this.show("lines", basemap.lines);
  }

  private async refine(): Promise<void> {
    if (!this.detail || this.map.getZoom() < DETAIL_ZOOM) return;
    const url = this.detail;
    this.detail = null;
    const fine = await json<BasemapFile>(url);
    if (fine) this.ground(fine);
  }

  private async moved(): Promise<void> {
    const { lat, lng } = this.map.getCenter().wrap();
    if (this.root.dataset.filter === undefined) replacePlace({ zoom: this.map.getZoom(), lat, lon: lng });
    void this.refine();
    await this.draw();
  }

  private async draw(): Promise<void> {
    if (!this.counts) return;
    const bounds = this.map.getBounds();
    const [west, east] = [bounds.getWest(), bounds.getEast()].map((lon) => (lon + 180) / 360);
    const [north, south] = [bounds.getNorth(), bounds.getSouth()].map(grid.mercator);
    const { level, marks } = await this.engine.ask("draw", { west, east, north, south, zoom: this.map.getZoom() });
    await this.paintMissing(marks);
    [this.level, this.marks] = [level, marks];
    this.showBadges();
    this.show("marks", { type: "FeatureCollection", features: marks.map(feature) });
    this.root.dataset.drawn = String(marks.reduce((sum, mark) => sum + mark.count, 0));
  }

  private showBadges(): void {
    if (!this.counts) return;
    this.badges = makeBadges(this.counts.badges, this.writing.dictionaries.country, this.map.getZoom(), this.marks);
    this.show("badges", badgeFeatures(this.badges));
  }

  /** Only the cables that the selection speaks of. */
  private async showCables(): Promise<void> {
    this.cables.showOnly(await this.engine.ask("touched", { items: this.cables.ids }));
  }

  private openBadge({ countries }: Badge): void {
    const { dictionaries, lang } = this.writing;
    const words = text(lang);
    const names = countries.map((country) => label(dictionaries.country[country], lang)).join(words.comma);
    void this.drawer.open({ kind: "countries", countries }, (total) => words.countries(names, total));
  }

  private clicked(event: MapMouseEvent): void {
    const feature = this.featureAt(event);
    this.cables.select(null);
    if (!feature) return this.drawer.close();
    switch (feature.layer.id) {
      case "badges":
        this.openBadge(this.badges[feature.properties.at]);
        break;
      case "cables":
      case "landings":
        this.cables.select(feature, event.lngLat);
        break;
      default: {
        const mark = this.marks.find(({ id }) => id === feature.properties.id);
        if (mark?.count === 1) void this.openPoint(mark);
        else if (mark) void this.drawer.open({ kind: "cells", cells: mark.cells, level: this.level }, text(this.writing.lang).here);
      }
    }
  }

  private async openPoint(mark: Mark): Promise<void> {
    const subset = { kind: "cells" as const, cells: mark.cells, level: this.level };
    const { rows } = await this.engine.ask("list", { of: subset, offset: 0, limit: 1 });
    const content = element("ul", { class: "map-popup" }, ...rows.map((row) => resultItem(row, this.writing)));
    const place: [number, number] = [grid.longitude(mark.x), grid.latitude(mark.y)];
    const popup = new Popup({ closeButton: false, maxWidth: "20rem", offset: 14 }).setLngLat(place).setDOMContent(content);
    content.addEventListener("keydown", (event) => event.key === "Escape" && popup.remove());
    popup.addTo(this.map);
  }

  private featureAt(event: MapMouseEvent): MapGeoJSONFeature | undefined {
    const { x, y } = event.point;
    const near: [[number, number], [number, number]] = [[x - 3, y - 3], [x + 3, y + 3]];
    const found = this.map.queryRenderedFeatures(near, { layers: [...CLICKABLE] });
    return found.sort((a, b) => rank(a) - rank(b))[0];
  }

  private show(name: SourceName, data: GeoJSON): void {
    this.data[name] = data;
    (this.map.getSource(name) as GeoJSONSource | undefined)?.setData(data);
  }

  private addFixedImages(): void {
    const theme = readTheme(this.root);
    const middle: [number, number][] = [[14, 26]];
    this.map.addImage("badge", badgePlate(theme), { pixelRatio: RATIO, stretchX: middle, stretchY: middle, content: [8, 8, 32, 32] });
    this.map.addImage("poi-flag", poiFlag(theme), { pixelRatio: RATIO });
  }

  private async paintMissing(marks: Mark[]): Promise<void> {
    const singles = marks.filter((mark) => mark.count === 1 && !this.map.hasImage(imageName(mark)));
    const byName = new Map(singles.map((mark) => [imageName(mark), mark]));
    const theme = readTheme(this.root);
    await Promise.all(
      [...byName].map(async ([name, mark]) => {
        const image = await this.painter.paint(mark.category, mark.poi > 0, theme);
        if (!this.map.hasImage(name)) this.map.addImage(name, image, { pixelRatio: RATIO });
      }),
    );
  }

  /** Draws everything anew in the colours of another theme. */
  private repaint(): void {
    this.map.setStyle(mapStyle(readTheme(this.root)), { diff: false });
    this.map.once("style.load", () => {
      this.addFixedImages();
      for (const name of SOURCES) if (this.data[name]) this.show(name, this.data[name]);
      void Promise.all([this.showCables(), this.draw()]);
    });
  }
}

function makeMap(container: HTMLElement, root: HTMLElement, { lang }: Writing): MapLibre {
  const words = text(lang);
  const place = root.dataset.filter === undefined ? readPlace() : null;
  const map = new MapLibre({
    container,
    style: mapStyle(readTheme(root)),
    center: place ? [place.lon, place.lat] : [40, 22],
    zoom: place?.zoom ?? Math.max(0, Math.log2(container.clientWidth / 560)),
    maxZoom: 14,
    attributionControl: false,
    cooperativeGestures: matchMedia("(max-width: 63.99rem)").matches,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    fadeDuration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 150,
    locale: {
      "Map.Title": words.map,
      "NavigationControl.ZoomIn": words.zoomIn,
      "NavigationControl.ZoomOut": words.zoomOut,
      "CooperativeGesturesHandler.WindowsHelpText": words.wheel,
      "CooperativeGesturesHandler.MacHelpText": words.wheelMac,
      "CooperativeGesturesHandler.MobileHelpText": words.fingers,
    },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new AttributionControl({ compact: false, customAttribution: words.credit }), "bottom-right");
  return map;
}

function feature(mark: Mark) {
  const { id, count, poi } = mark;
  return {
    type: "Feature" as const,
    properties: { id, count, poi, label: grouped(count), image: imageName(mark) },
    geometry: { type: "Point" as const, coordinates: [grid.longitude(mark.x), grid.latitude(mark.y)] },
  };
}

function imageName(mark: Mark): string {
  return `${mark.poi ? "poi" : "mark"}-${mark.category}`;
}

function rank(feature: MapGeoJSONFeature): number {
  return (CLICKABLE as readonly string[]).indexOf(feature.layer.id);
}

async function json<T>(url: string): Promise<T | null> {
  const response = await fetch(url).catch(() => null);
  return response?.ok ? ((await response.json()) as T) : null;
}

function loadStyle(href: string): Promise<void> {
  const link = element("link", { rel: "stylesheet", href });
  const loaded = new Promise<void>((resolve) => {
    link.addEventListener("load", () => resolve());
    link.addEventListener("error", () => resolve());
  });
  // Before the page's own styles, so that these may change what MapLibre's say.
  document.head.prepend(link);
  return loaded;
}
