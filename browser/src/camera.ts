// Makes MapLibre as the map needs it: flat, without fonts or tiles to fetch, never smaller than the world
// is once, and moved with two fingers or Ctrl where the page scrolls around it.

import { Map as MapLibre, setWorkerUrl } from "maplibre-gl";
import type { Centre, Fragment } from "./address.ts";
import type { Lang } from "./names.ts";
import { mapStyle } from "./style.ts";
import { text } from "./text.ts";
import { readTheme } from "./theme.ts";

declare const MAPLIBRE_WORKER_FILE: string;

/** What is in the middle of the whole map. */
export const CENTRES: Record<Centre, [number, number]> = { atlantic: [20, 28], pacific: [160, 28] };

/** `fragment` is null for a map that does not follow the address. */
export function makeMap(container: HTMLElement, root: HTMLElement, lang: Lang, fragment: Fragment | null): MapLibre {
  setWorkerUrl(new URL(MAPLIBRE_WORKER_FILE, import.meta.url).href);
  const { place = null, centre = "atlantic" } = fragment ?? {};
  const map = new MapLibre({
    container,
    style: mapStyle(readTheme(root)),
    center: place ? [place.lon, place.lat] : CENTRES[centre],
    zoom: place?.zoom ?? leastZoom(container),
    minZoom: leastZoom(container),
    maxZoom: 14,
    attributionControl: false,
    cooperativeGestures: matchMedia("(max-width: 63.99rem)").matches,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    fadeDuration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 150,
    locale: locale(lang),
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.on("resize", () => map.setMinZoom(leastZoom(container)));
  return map;
}

/** Where the world is as wide as the map, so that nothing is seen twice. */
function leastZoom(container: HTMLElement): number {
  return Math.max(0, Math.log2(container.clientWidth / 512));
}

function locale(lang: Lang): Record<string, string> {
  const words = text(lang);
  return {
    "Map.Title": words.map,
    "CooperativeGesturesHandler.WindowsHelpText": words.wheel,
    "CooperativeGesturesHandler.MacHelpText": words.wheelMac,
    "CooperativeGesturesHandler.MobileHelpText": words.fingers,
  };
}
