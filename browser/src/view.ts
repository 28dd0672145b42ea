// The map on the screen: MapLibre with our own ground, the groups and points of the selection, cables,
// country badges and the tray of links whose place is unknown; and what of them a reader has picked.

import type { GeoJSONSource, Map as MapLibre, MapGeoJSONFeature, MapMouseEvent } from "maplibre-gl";
import type { GeoJSON } from "geojson";
import { readFragment, writeFragment } from "./address.ts";
import type { Fragment, Opening } from "./address.ts";
import { badgeFeatures, makeBadges } from "./badges.ts";
import type { Badge } from "./badges.ts";
import { assemble, labels, lands } from "./basemap.ts";
import type { BasemapFile, Land } from "./basemap.ts";
import { Cables } from "./cables.ts";
import { CENTRES, makeMap } from "./camera.ts";
import { Controls } from "./controls.ts";
import { element } from "./dom.ts";
import type { Engine } from "./engine.ts";
import { FeatureLayer } from "./features.ts";
import type { Feature } from "./features.ts";
import { Filter } from "./filter.ts";
import { Framing } from "./framing.ts";
import * as grid from "./grid.ts";
import { json } from "./ground.ts";
import type { Ground } from "./ground.ts";
import { legend } from "./legend.ts";
import type { Writing } from "./list.ts";
import { MarkPainter, RATIO, badgePlate, poiFlag } from "./marks.ts";
import { label } from "./names.ts";
import { Openings, markName } from "./openings.ts";
import type { Mark } from "./protocol.ts";
import { Sheet } from "./sheet.ts";
import { CLICKABLE, SOURCES, mapStyle } from "./style.ts";
import type { SourceName } from "./style.ts";
import type { Counts } from "./tally.ts";
import { grouped, text } from "./text.ts";
import type { Text } from "./text.ts";
import { printable } from "./printing.ts";
import { onThemeChange, readTheme } from "./theme.ts";

/** From here on the finer basemap is worth its bytes. */
const DETAIL_ZOOM = 3.2;

type Data = Partial<Record<SourceName, GeoJSON>>;

export class MapView {
  private readonly data: Data = {};
  private readonly words: Text;
  private readonly painter: MarkPainter;
  private readonly sheet: Sheet;
  private readonly framing: Framing;
  private readonly cables: Cables;
  private readonly features: FeatureLayer;
  private readonly openings: Openings;
  private readonly controls: Controls;
  private readonly tray: HTMLButtonElement;
  /** Whether the address shows this map; a small map on a record's page has a filter of its own instead. */
  private readonly addressed: boolean;
  private lands = new Map<string, Land>();
  private marks: Mark[] = [];
  private badges: Badge[] = [];
  private level = 0;
  private counts: Counts | null = null;
  private detail: string | null = null;
  private picked: string | null = null;
  private drawing = 0;

  /** `kept` is called with the area (as a filter's `bbox`) that a reader wants to see alone. */
  static async open(root: HTMLElement, engine: Engine, writing: Writing, ground: Promise<Ground>, kept: (box: string) => void): Promise<MapView> {
    const container = element("div", { class: "map-canvas" });
    root.replaceChildren(container);
    const map = makeMap(container, root, writing.lang, root.dataset.filter === undefined ? readFragment() : null);
    await map.once("load");
    const view = new MapView(root, map, engine, writing, kept);
    await view.lay(await ground);
    return view;
  }

  private constructor(
    private readonly root: HTMLElement,
    private readonly map: MapLibre,
    private readonly engine: Engine,
    private readonly writing: Writing,
    kept: (box: string) => void,
  ) {
    const { lang, icons } = writing;
    this.words = text(lang);
    this.addressed = root.dataset.filter === undefined;
    this.painter = new MarkPainter(writing.dictionaries.category, icons);
    this.features = new FeatureLayer(map, root, this.words.features);
    const wishes = { whole: () => this.whole(), turn: () => this.turn(), legend: () => void this.openLegend(), area: () => kept(this.area()) };
    this.controls = new Controls(map, root, lang, icons, wishes, !this.addressed);
    this.tray = element("button", { type: "button", class: "map-tray", hidden: true });
    root.append(this.tray, element("p", { class: "map-credit" }, this.words.credit));
    this.sheet = new Sheet(root, engine, writing, () => this.unpick());
    this.framing = new Framing(map, root, this.sheet.element);
    this.cables = new Cables(map);
    this.openings = new Openings(engine, writing, this.cables, (at) => this.fly(at));
    root.addEventListener("keydown", (event) => event.key === "Escape" && this.sheet.isOpen && this.unpick());
    this.tray.addEventListener("click", () => void this.pick({ kind: "unplaced" }));
    map.on("moveend", () => void this.moved());
    map.on("click", (event) => this.clicked(event));
    map.on("mousemove", (event) => (map.getCanvas().style.cursor = this.featureAt(event) ? "pointer" : ""));
    onThemeChange(() => this.repaint());
    printable(map, root);
  }

  /** Shows a new selection; what was picked of the old one is let go. */
  async update(counts: Counts): Promise<void> {
    if (this.counts && this.counts !== counts) this.letGo();
    this.counts = counts;
    this.tray.hidden = counts.placeless === 0;
    this.tray.textContent = this.words.placeless(counts.placeless);
    await Promise.all([this.showCables(), this.draw()]);
  }

  /** Goes where the address says, and opens what it says; at the start and after a step back or forward. */
  async follow(moved: boolean): Promise<void> {
    if (!this.addressed) return;
    const { place, centre, open } = readFragment();
    this.controls.showCentre(centre);
    if (moved && place) this.map.jumpTo({ center: [place.lon, place.lat], zoom: place.zoom });
    const wanted = open && JSON.stringify(open);
    if (wanted === this.picked) return;
    if (open) await this.pick(open, false);
    else this.letGo();
  }

  /** Where the address names no view, a filter's area is what is seen first. */
  seek(filter: Filter): void {
    const [box] = filter.boxes();
    if (!box || readFragment().place) return;
    const east = box.east < box.west ? box.east + 360e6 : box.east;
    this.map.fitBounds([box.west / 1e6, box.south / 1e6, east / 1e6, box.north / 1e6], { padding: 24, animate: false });
  }

  /** Moves to where the selection is: to the country, if it is one country's. */
  async fit(): Promise<void> {
    const countries = Filter.ofQuery(this.root.dataset.filter ?? "").values("country");
    const land = countries.length === 1 ? this.lands.get(countries[0]) : undefined;
    const padding = { padding: 28, animate: false };
    if (land?.bounds) return void this.map.fitBounds(land.bounds, padding);
    const { marks } = await this.engine.ask("draw", { west: 0, east: 1, north: 0, south: 1, zoom: 0 });
    if (marks.length === 0) return;
    const [lons, lats] = [marks.map((mark) => grid.longitude(mark.x)), marks.map((mark) => grid.latitude(mark.y))];
    this.map.fitBounds([Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)], { ...padding, padding: 48, maxZoom: 6 });
  }

  private async lay({ basemap, detail, cables }: Ground): Promise<void> {
    this.detail = detail;
    if (basemap) {
      this.lands = lands(basemap);
      this.ground(basemap);
      this.show("names", labels(basemap, this.writing.lang));
    }
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
    this.write({ place: { zoom: this.map.getZoom(), lat, lon: lng } }, "replace");
    void this.refine();
    await this.draw();
  }

  private write(change: Partial<Fragment>, how: "push" | "replace"): void {
    if (this.addressed) writeFragment(change, how);
  }

  private async draw(): Promise<void> {
    if (!this.counts) return;
    const turn = ++this.drawing;
    const bounds = this.map.getBounds();
    const [west, east] = [bounds.getWest(), bounds.getEast()].map((lon) => (lon + 180) / 360);
    const [north, south] = [bounds.getNorth(), bounds.getSouth()].map(grid.mercator);
    const { level, marks } = await this.engine.ask("draw", { west, east, north, south, zoom: this.map.getZoom() });
    await this.paintMissing(marks);
    if (turn !== this.drawing) return;
    [this.level, this.marks] = [level, marks];
    this.showBadges();
    this.show("marks", { type: "FeatureCollection", features: marks.map(feature) });
    this.root.dataset.drawn = String(marks.reduce((sum, mark) => sum + mark.count, 0));
    await this.showFeatures(turn);
  }

  private showBadges(): void {
    if (!this.counts) return;
    const { country } = this.writing.dictionaries;
    this.badges = makeBadges(this.counts.badges, country, this.lands, this.map.getZoom(), this.marks);
    this.show("badges", badgeFeatures(this.badges));
  }

  /** Everything to be reached by keys; the names of groups come a moment later. */
  private async showFeatures(turn: number): Promise<void> {
    this.features.show([...this.marks.map((mark) => this.markFeature(mark)), ...this.badgeFeatures(), ...this.cableFeatures()]);
    const { marks, level } = this;
    const described = await this.engine.ask("describe", { level, cells: marks.map(({ cells }) => cells) });
    if (turn !== this.drawing) return;
    this.features.rename(new Map(marks.map((mark, at) => [mark.id, markName(mark, described[at], this.writing)])));
    this.root.dataset.named = String(turn);
  }

  private markFeature(mark: Mark): Feature {
    const [lon, lat] = [grid.longitude(mark.x), grid.latitude(mark.y)];
    return { id: mark.id, lon, lat, name: this.words.here(mark.count), open: () => void this.openMark(mark) };
  }

  private badgeFeatures(): Feature[] {
    const { dictionaries, lang } = this.writing;
    return this.badges.map((badge) => {
      const names = badge.countries.map((country) => label(dictionaries.country[country], lang));
      const [lon, lat] = [grid.longitude(badge.x), grid.latitude(badge.y)];
      return { id: `badge-${badge.countries[0]}`, lon, lat, name: this.words.countries(names, badge.count), open: () => this.openBadge(badge) };
    });
  }

  private cableFeatures(): Feature[] {
    const bounds = this.map.getBounds();
    const box = { west: bounds.getWest(), east: bounds.getEast(), north: bounds.getNorth(), south: bounds.getSouth() };
    return this.cables.inView(box).map(({ cable, at: [lon, lat] }) => {
      const name = (this.writing.lang === "zh" && cable.name_zh) || cable.name;
      return { id: `cable-${cable.id}`, lon, lat, name: this.words.cable(name), open: () => void this.pick({ kind: "cable", id: cable.id }) };
    });
  }

  /** Only the cables that the selection speaks of. */
  private async showCables(): Promise<void> {
    this.cables.showOnly(await this.engine.ask("touched", { items: this.cables.ids }));
  }

  private clicked(event: MapMouseEvent): void {
    const feature = this.featureAt(event);
    if (!feature) return this.unpick();
    switch (feature.layer.id) {
      case "badges":
        return this.openBadge(this.badges[feature.properties.at]);
      case "cables":
      case "landings":
        return void this.pick({ kind: "cable", id: this.cables.idOf(feature) });
      default: {
        const mark = this.marks.find(({ id }) => id === feature.properties.id);
        if (mark) void this.openMark(mark);
      }
    }
  }

  private openBadge({ countries }: Badge): void {
    const codes = countries.map((country) => this.writing.dictionaries.country[country].id);
    void this.pick({ kind: "country", codes });
  }

  private async openMark(mark: Mark): Promise<void> {
    if (mark.count > 1) return this.pick({ kind: "group", id: mark.id });
    await this.pick({ kind: "link", id: await this.writing.records.id(mark.row) });
  }

  /** Shows what is picked, in the sheet and by a ring; and in the address, unless it comes from there. */
  private async pick(open: Opening, write = true): Promise<void> {
    const key = JSON.stringify(open);
    this.picked = key;
    const found = await this.openings.find(open);
    if (this.picked !== key) return;
    if (!found) return this.letGo();
    if (write) this.write({ open }, "push");
    this.cables.pick(open.kind === "cable" ? open.id : null);
    this.ring(found.at, open.kind === "group");
    await this.sheet.open(found.content);
    if (found.at) this.framing.reveal(found.at);
    if (found.all) this.framing.frame(found.all);
  }

  private unpick(): void {
    this.letGo();
    this.write({ open: null }, "push");
  }

  private letGo(): void {
    this.picked = null;
    this.sheet.close();
    this.cables.pick(null);
    this.ring(null, false);
  }

  private async openLegend(): Promise<void> {
    this.letGo();
    const present = this.counts ? (category: number) => this.counts!.facets.category[category] > 0 : () => true;
    await this.sheet.open(await legend(this.writing, this.painter, readTheme(this.root), present));
  }

  private ring(at: [number, number] | null, group: boolean): void {
    const features = at ? [{ type: "Feature" as const, properties: { radius: group ? 22 : 17 }, geometry: { type: "Point" as const, coordinates: at } }] : [];
    this.show("picked", { type: "FeatureCollection", features });
  }

  /** West, south, east and north of the view, as wide as the world at most. */
  private area(): string {
    const bounds = this.map.getBounds();
    const [west, east] = [bounds.getWest(), bounds.getEast()];
    const turned = (lon: number) => ((((lon + 180) % 360) + 360) % 360) - 180;
    const across = east - west >= 360 ? [-180, 180] : [turned(west), turned(east)];
    return [across[0], bounds.getSouth(), across[1], bounds.getNorth()].map((degrees) => degrees.toFixed(2)).join(",");
  }

  private fly(at: [number, number]): void {
    this.map.easeTo({ center: at, zoom: Math.max(this.map.getZoom() + 2, 5) });
  }

  private whole(): void {
    this.map.easeTo({ center: CENTRES[readFragment().centre], zoom: this.map.getMinZoom() });
  }

  /** The other ocean in the middle. */
  private turn(): void {
    const centre = readFragment().centre === "pacific" ? "atlantic" : "pacific";
    this.write({ centre }, "push");
    this.controls.showCentre(centre);
    this.map.easeTo({ center: [CENTRES[centre][0], this.map.getCenter().lat], animate: false });
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
