// The panel inside the map that lists what a group, a country badge or the tray holds.

import { element } from "./dom.ts";
import type { Engine } from "./engine.ts";
import { resultItem } from "./list.ts";
import type { Writing } from "./list.ts";
import type { Subset } from "./protocol.ts";
import { text } from "./text.ts";

const PAGE = 50;

export class Drawer {
  private readonly root: HTMLElement;
  private readonly title = element("h2", { class: "map-drawer-title", id: "map-drawer-title", tabindex: "-1" });
  private readonly list = element("ol", { class: "results" });
  private readonly more: HTMLButtonElement;
  private subset: Subset | null = null;
  private returnTo: Element | null = null;

  constructor(
    container: HTMLElement,
    private readonly engine: Engine,
    private readonly writing: Writing,
  ) {
    const words = text(writing.lang);
    const close = element("button", { type: "button", class: "map-drawer-close", "aria-label": words.close }, "×");
    this.more = element("button", { type: "button", hidden: true }, words.more);
    const attributes = { class: "map-drawer", hidden: true, "aria-labelledby": "map-drawer-title" };
    this.root = element("section", attributes, close, this.title, this.list, this.more);
    container.append(this.root);
    close.addEventListener("click", () => this.close());
    this.more.addEventListener("click", () => void this.append());
    this.root.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
  }

  /** Lists these rows of the selection under a title made from their number. */
  async open(subset: Subset, title: (total: number) => string): Promise<void> {
    if (this.root.hidden) this.returnTo = document.activeElement;
    this.subset = subset;
    this.list.replaceChildren();
    const total = await this.append();
    this.title.textContent = title(total);
    this.root.hidden = false;
    this.root.scrollTop = 0;
    this.title.focus({ preventScroll: true });
  }

  close(): void {
    if (this.root.hidden) return;
    this.root.hidden = true;
    this.subset = null;
    if (this.returnTo instanceof HTMLElement) this.returnTo.focus({ preventScroll: true });
  }

  private async append(): Promise<number> {
    const { subset } = this;
    if (!subset) return 0;
    const answer = await this.engine.ask("list", { of: subset, offset: this.list.children.length, limit: PAGE });
    if (subset !== this.subset) return answer.total;
    this.list.append(...answer.rows.map((row) => resultItem(row, this.writing)));
    this.more.hidden = this.list.children.length >= answer.total;
    return answer.total;
  }
}
