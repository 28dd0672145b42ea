// The sheet beside the map (from below on a small screen) that says what a mark stands for: the links of
// a group, a badge or the tray, one link, a cable, the legend. Nothing on the map is said by hovering alone.

import { element } from "./dom.ts";
import type { Engine } from "./engine.ts";
import { resultItem } from "./list.ts";
import type { Writing } from "./list.ts";
import type { Subset } from "./protocol.ts";
import { text } from "./text.ts";

const PAGE = 50;

/** What a sheet shows: a title made from the number of links, parts above them, and the links. */
export interface Content {
  title: (total: number) => string;
  lead?: (HTMLElement | null)[];
  subset?: Subset;
}

export class Sheet {
  readonly element: HTMLElement;
  private readonly title = element("h2", { class: "map-sheet-title", id: "map-sheet-title", tabindex: "-1" });
  private readonly lead = element("div", { class: "map-sheet-lead" });
  private readonly list = element("ol", { class: "results" });
  private readonly more: HTMLButtonElement;
  private content: Content | null = null;
  private returnTo: Element | null = null;

  /** `closed` is called when the reader closes it, not when the map does. */
  constructor(
    container: HTMLElement,
    private readonly engine: Engine,
    private readonly writing: Writing,
    closed: () => void,
  ) {
    const words = text(writing.lang);
    const close = element("button", { type: "button", class: "map-sheet-close" }, words.close);
    this.more = element("button", { type: "button", class: "quiet", hidden: true }, words.more);
    const head = element("div", { class: "map-sheet-head" }, this.title, close);
    const body = element("div", { class: "map-sheet-body" }, this.lead, this.list, this.more);
    this.element = element("section", { class: "map-sheet", hidden: true, "aria-labelledby": this.title.id }, head, body);
    container.append(this.element);
    close.addEventListener("click", closed);
    this.more.addEventListener("click", () => void this.append());
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  async open(content: Content): Promise<void> {
    if (this.element.hidden) this.returnTo = document.activeElement;
    this.content = content;
    this.list.replaceChildren();
    this.lead.replaceChildren(...(content.lead ?? []).filter((part) => part !== null));
    const total = await this.append();
    if (this.content !== content) return;
    this.title.textContent = content.title(total);
    this.element.hidden = false;
    this.element.scrollTop = 0;
    this.title.focus({ preventScroll: true });
  }

  /** Gives the focus back to what had it. */
  close(): void {
    if (this.element.hidden) return;
    const had = this.element.contains(document.activeElement);
    this.element.hidden = true;
    this.content = null;
    if (had && this.returnTo instanceof HTMLElement && this.returnTo.isConnected) this.returnTo.focus({ preventScroll: true });
  }

  private async append(): Promise<number> {
    const { content } = this;
    this.list.hidden = this.more.hidden = true;
    if (!content?.subset) return 0;
    const answer = await this.engine.ask("list", { of: content.subset, offset: this.list.children.length, limit: PAGE });
    if (content !== this.content) return answer.total;
    this.list.append(...answer.rows.map((row) => resultItem(row, this.writing)));
    this.list.hidden = answer.total === 0;
    this.more.hidden = this.list.children.length >= answer.total;
    return answer.total;
  }
}
