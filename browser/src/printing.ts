// On paper the map is a copy of what is on the screen: a WebGL canvas is empty by the time it is printed.

import type { Map as MapLibre } from "maplibre-gl";
import { element } from "./dom.ts";

/** Keeps a canvas beside the map that print style shows instead of it, and draws the map into it when it is needed. */
export function printable(map: MapLibre, root: HTMLElement): void {
  const paper = element("canvas", { class: "map-print", "aria-hidden": "true" });
  root.append(paper);
  addEventListener("beforeprint", () => {
    map.redraw();
    const shown = map.getCanvas();
    Object.assign(paper, { width: shown.width, height: shown.height });
    paper.getContext("2d")?.drawImage(shown, 0, 0);
  });
}
