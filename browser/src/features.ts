// Everything on the map for the keyboard and for screen readers: a button over each mark, badge and cable
// in view, in reading order. One of them is in the tab order; arrow keys go from one to the next, Enter opens.
// They are made anew when the map has come to rest, and lie over the canvas without catching the pointer.

import type { Map as MapLibre } from "maplibre-gl";
import { element } from "./dom.ts";

/** One thing to be opened. */
export interface Feature {
  /** Stable from one drawing to the next. */
  id: string;
  lon: number;
  lat: number;
  name: string;
  open: () => void;
}

interface Placed {
  feature: Feature;
  x: number;
  y: number;
}

/** Things in one band of this height are read in the direction of the script. */
const BAND = 56;

export class FeatureLayer {
  private readonly root: HTMLElement;
  private readonly buttons = new Map<string, HTMLButtonElement>();
  private placed: Placed[] = [];
  private current = 0;

  constructor(
    private readonly map: MapLibre,
    container: HTMLElement,
    private readonly label: (count: number) => string,
  ) {
    this.root = element("div", { class: "map-features", role: "toolbar", "aria-label": label(0) });
    container.append(this.root);
    this.root.addEventListener("keydown", (event) => this.key(event));
    map.on("move", () => this.follow());
  }

  /** Shows what lies in view of these. */
  show(features: Feature[]): void {
    const before = this.placed[this.current];
    const had = this.root.contains(document.activeElement);
    this.placed = this.inOrder(features);
    const ids = new Set(this.placed.map(({ feature }) => feature.id));
    this.current = Math.max(0, this.nearest(before));
    this.root.replaceChildren(...this.placed.map((each, at) => this.button(each, at)));
    for (const id of this.buttons.keys()) if (!ids.has(id)) this.buttons.delete(id);
    this.root.setAttribute("aria-label", this.label(this.placed.length));
    this.root.hidden = this.placed.length === 0;
    if (had) this.focus(this.current);
  }

  /** Names that came later than the things. */
  rename(names: Map<string, string>): void {
    for (const { feature } of this.placed) {
      feature.name = names.get(feature.id) ?? feature.name;
      this.buttons.get(feature.id)?.setAttribute("aria-label", feature.name);
    }
  }

  private inOrder(features: Feature[]): Placed[] {
    const { clientWidth: width, clientHeight: height } = this.map.getContainer();
    const turned = getComputedStyle(this.root).direction === "rtl" ? -1 : 1;
    const all = features.map((feature) => ({ feature, ...this.point(feature) }));
    const seen = all.filter(({ x, y }) => x >= 0 && y >= 0 && x <= width && y <= height);
    return seen.sort((a, b) => Math.floor(a.y / BAND) - Math.floor(b.y / BAND) || turned * (a.x - b.x));
  }

  /** Where it is on the screen: on the copy of the world that is nearest to the middle. */
  private point({ lon, lat }: Feature): { x: number; y: number } {
    const turn = Math.round((this.map.getCenter().lng - lon) / 360);
    const { x, y } = this.map.project([lon + 360 * turn, lat]);
    return { x, y };
  }

  private button({ feature, x, y }: Placed, at: number): HTMLButtonElement {
    const button = this.buttons.get(feature.id) ?? element("button", { type: "button" });
    this.buttons.set(feature.id, button);
    button.setAttribute("aria-label", feature.name);
    button.tabIndex = at === this.current ? 0 : -1;
    button.dataset.feature = feature.id;
    button.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
    button.onclick = () => feature.open();
    button.onfocus = () => this.settle(at);
    return button;
  }

  /** While the map moves, the thing that has the focus keeps its ring. */
  private follow(): void {
    const each = this.placed[this.current];
    const button = each && this.buttons.get(each.feature.id);
    if (!button || document.activeElement !== button) return;
    const { x, y } = this.point(each.feature);
    button.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
  }

  private nearest(before: Placed | undefined): number {
    if (!before) return 0;
    const same = this.placed.findIndex(({ feature }) => feature.id === before.feature.id);
    if (same >= 0) return same;
    const far = ({ feature: { lon, lat } }: Placed) => (lon - before.feature.lon) ** 2 + (lat - before.feature.lat) ** 2;
    return this.placed.reduce((best, each, at) => (far(each) < far(this.placed[best]) ? at : best), 0);
  }

  private settle(at: number): void {
    const buttons = [...this.root.children] as HTMLButtonElement[];
    buttons[this.current]?.setAttribute("tabindex", "-1");
    buttons[at]?.setAttribute("tabindex", "0");
    this.current = at;
  }

  private focus(at: number): void {
    (this.root.children[at] as HTMLElement | undefined)?.focus({ preventScroll: true });
  }

  private key(event: KeyboardEvent): void {
    const turned = getComputedStyle(this.root).direction === "rtl" ? -1 : 1;
    const steps: Record<string, number> = { ArrowRight: turned, ArrowLeft: -turned, ArrowDown: 1, ArrowUp: -1 };
    const last = this.placed.length - 1;
    const here = this.placed[this.current]?.feature;
    if (event.key in steps) this.focus(Math.min(Math.max(this.current + steps[event.key], 0), last));
    else if (event.key === "Home") this.focus(0);
    else if (event.key === "End") this.focus(last);
    else if (["+", "=", "-"].includes(event.key) && here) this.zoom(here, event.key === "-" ? -1 : 1);
    else return;
    event.preventDefault();
  }

  private zoom({ lon, lat }: Feature, step: number): void {
    this.map.easeTo({ zoom: this.map.getZoom() + step, around: [lon, lat], animate: false });
  }
}
