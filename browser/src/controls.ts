// The buttons of the map: nearer, farther, the whole of it, which ocean in the middle, the legend, and the
// address of exactly this view. Each is named in words or for screen readers.

import type { Map as MapLibre } from "maplibre-gl";
import { element } from "./dom.ts";
import type { Centre } from "./address.ts";
import type { Icons } from "./icons.ts";
import type { Lang } from "./names.ts";
import { text } from "./text.ts";

export interface Wishes {
  whole: () => void;
  turn: () => void;
  legend: () => void;
  /** Keeps what lies in view alone. */
  area: () => void;
}

export class Controls {
  private readonly words;
  private readonly turn: HTMLButtonElement | null;

  /** A small map, which has no address of its own, gets only what moves it. */
  constructor(map: MapLibre, root: HTMLElement, lang: Lang, icons: Icons, wishes: Wishes, small: boolean) {
    const words = (this.words = text(lang));
    const zoom = element(
      "div",
      { class: "map-zoom", role: "group", "aria-label": words.controls },
      iconButton("+", words.zoomIn, () => map.zoomIn()),
      iconButton("−", words.zoomOut, () => map.zoomOut()),
      iconButton(icons.element("globe") ?? "○", words.world, wishes.whole),
    );
    root.append(zoom);
    this.turn = small ? null : wordButton(words.pacific, wishes.turn);
    if (!this.turn) return;
    const copied = element("span", { role: "status", class: "map-copied" });
    const copy = wordButton(words.copy, () => void copyAddress(copied, words));
    const tools = [wordButton(words.legend, wishes.legend), this.turn, wordButton(words.area, wishes.area)];
    root.append(element("div", { class: "map-tools" }, ...tools, copy, copied));
  }

  /** The button offers the other view. */
  showCentre(centre: Centre): void {
    if (this.turn) this.turn.textContent = centre === "pacific" ? this.words.atlantic : this.words.pacific;
  }
}

async function copyAddress(said: HTMLElement, words: ReturnType<typeof text>): Promise<void> {
  try {
    await navigator.clipboard.writeText(location.href);
    said.textContent = words.copied;
    setTimeout(() => (said.textContent = ""), 4000);
  } catch {
    // Without permission, the address stands there to be copied by hand.
    const field = element("input", { type: "text", readonly: true, value: location.href, "aria-label": words.copyByHand });
    said.replaceChildren(field);
    field.select();
  }
}

function iconButton(sign: Node | string, name: string, pressed: () => void): HTMLButtonElement {
  const button = element("button", { type: "button", "aria-label": name, title: name }, sign);
  button.addEventListener("click", pressed);
  return button;
}

function wordButton(words: string, pressed: () => void): HTMLButtonElement {
  const button = element("button", { type: "button" }, words);
  button.addEventListener("click", pressed);
  return button;
}
