// Years over the map: a bar for each year, and a range that can be drawn with the pointer, moved by its two
// handles, or set by keys. It drives the filter's `from` and `to`. Links without a date are counted and
// named, because any range leaves them out. Without this script the server's bars and fields stand here.

import { element } from "./dom.ts";
import type { Filter } from "./filter.ts";
import type { Lang } from "./names.ts";
import type { Counts } from "./tally.ts";
import { text } from "./text.ts";

const SVG = "http://www.w3.org/2000/svg";
/** Bars at most; what is older stands in the first one. */
const MOST = 60;
const [WIDTH, HEIGHT] = [10, 100];

interface Span {
  first: number;
  last: number;
}

/** A range of years; null where it is open. */
export interface Range {
  from: number | null;
  to: number | null;
}

export class Timeline {
  private readonly span: Span;
  private readonly from: HTMLInputElement;
  private readonly to: HTMLInputElement;
  private readonly bars: SVGRectElement[] = [];
  private readonly track: HTMLElement;
  private readonly range = element("output", { class: "time-range" });
  private readonly undated = element("p", { class: "time-undated soft" });
  private readonly all: HTMLButtonElement;
  private heights: number[] = [];
  private anchor: number | null = null;

  /** The timeline of a page that has one and an edition that has dates. */
  static open(lang: Lang, years: Span | null, changed: (range: Range, done: boolean) => void): Timeline | null {
    const root = document.querySelector<HTMLElement>("[data-time]");
    return root && years ? new Timeline(root, lang, years, changed) : null;
  }

  private constructor(
    root: HTMLElement,
    private readonly lang: Lang,
    whole: Span,
    private readonly changed: (range: Range, done: boolean) => void,
  ) {
    const words = text(lang);
    this.span = { first: Math.max(whole.first, whole.last - MOST + 1), last: whole.last };
    [this.from, this.to] = [this.handle(words.firstYear), this.handle(words.lastYear)];
    this.all = element("button", { type: "button", class: "quiet" }, words.allYears);
    this.track = element("div", { class: "time-track" }, this.picture(), this.from, this.to);
    const head = element("div", { class: "time-head" }, this.range, this.all);
    root.querySelector(".time-plain")?.replaceWith(head, this.track, this.scale(), this.undated);
    this.all.addEventListener("click", () => this.changed({ from: null, to: null }, true));
    this.track.addEventListener("pointerdown", (event) => this.press(event));
    this.track.addEventListener("pointermove", (event) => this.drag(event));
    for (const end of ["pointerup", "pointercancel"] as const) this.track.addEventListener(end, () => this.release());
  }

  show(filter: Filter, counts: Counts): void {
    const { from, to } = filter.years();
    if (this.anchor === null) this.setHandles(from ?? this.span.first, to ?? this.span.last);
    this.measure(counts);
    this.say({ from, to }, counts.undated);
  }

  /** Keys first: each handle is a slider of its own. */
  private handle(label: string): HTMLInputElement {
    const { first, last } = this.span;
    const input = element("input", { type: "range", min: String(first), max: String(last), step: "1", "aria-label": label });
    // A browser keeps the whole handle inside; here its middle shall stand under the middle of its bar.
    const bar = 100 / (last - first + 1);
    input.style.insetInlineStart = `calc(${bar / 2}% - var(--handle) / 2)`;
    input.style.width = `calc(${100 - bar}% + var(--handle))`;
    input.addEventListener("input", () => this.slid(input, false));
    input.addEventListener("change", () => this.slid(input, true));
    return input;
  }

  private slid(moved: HTMLInputElement, done: boolean): void {
    const [from, to] = [this.from.valueAsNumber, this.to.valueAsNumber];
    if (from > to) moved.value = String(moved === this.from ? to : from);
    this.tell(done);
  }

  private press(event: PointerEvent): void {
    if (event.button !== 0 || event.target instanceof HTMLInputElement) return;
    event.preventDefault();
    this.track.setPointerCapture(event.pointerId);
    this.anchor = this.yearAt(event);
    this.drag(event);
  }

  private drag(event: PointerEvent): void {
    if (this.anchor === null) return;
    const year = this.yearAt(event);
    this.setHandles(Math.min(year, this.anchor), Math.max(year, this.anchor));
    this.tell(false);
  }

  private release(): void {
    if (this.anchor === null) return;
    this.anchor = null;
    this.tell(true);
  }

  private yearAt({ clientX }: PointerEvent): number {
    const { left, right, width } = this.track.getBoundingClientRect();
    const along = getComputedStyle(this.track).direction === "rtl" ? right - clientX : clientX - left;
    const count = this.span.last - this.span.first + 1;
    return this.span.first + Math.min(Math.max(Math.floor((along / width) * count), 0), count - 1);
  }

  /** At its ends the range is open, and what has no date is in again once both are. */
  private tell(done: boolean): void {
    const [from, to] = [this.from.valueAsNumber, this.to.valueAsNumber];
    this.mark(from, to);
    this.changed({ from: from > this.span.first ? from : null, to: to < this.span.last ? to : null }, done);
  }

  private setHandles(from: number, to: number): void {
    [this.from.value, this.to.value] = [String(from), String(to)];
    this.mark(this.from.valueAsNumber, this.to.valueAsNumber);
  }

  private mark(from: number, to: number): void {
    this.bars.forEach((bar, at) => bar.classList.toggle("out", this.span.first + at < from || this.span.first + at > to));
    this.from.setAttribute("aria-valuetext", this.yearText(from));
    this.to.setAttribute("aria-valuetext", this.yearText(to));
  }

  private yearText(year: number): string {
    return text(this.lang).yearCount(String(year), this.heights[year - this.span.first] ?? 0);
  }

  private measure({ years }: Counts): void {
    const heights = this.bars.map(() => 0);
    years.counts.forEach((count, at) => (heights[Math.max(0, years.first + at - this.span.first)] += count));
    this.heights = heights;
    const most = Math.max(1, ...heights);
    heights.forEach((count, at) => {
      const height = count === 0 ? 0 : Math.max(2, (count / most) * HEIGHT);
      this.bars[at].setAttribute("y", String(HEIGHT - height));
      this.bars[at].setAttribute("height", String(height));
    });
    this.mark(this.from.valueAsNumber, this.to.valueAsNumber);
  }

  private say({ from, to }: Range, undated: number): void {
    const words = text(this.lang);
    const open = from === null && to === null;
    this.range.textContent = open ? words.everyYear : words.years(from, to);
    this.all.hidden = open;
    this.undated.textContent = undated === 0 ? "" : open ? words.undatedIn(undated) : words.undatedOut(undated);
  }

  private picture(): SVGSVGElement {
    const svg = document.createElementNS(SVG, "svg");
    const count = this.span.last - this.span.first + 1;
    const attributes = { viewBox: `0 0 ${count * WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true" };
    for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, value);
    for (let at = 0; at < count; at++) {
      const bar = document.createElementNS(SVG, "rect");
      bar.setAttribute("x", String(at * WIDTH + 1));
      bar.setAttribute("width", String(WIDTH - 2));
      this.bars.push(bar);
      svg.append(bar);
    }
    return svg;
  }

  private scale(): HTMLElement {
    const { first, last } = this.span;
    const middle = Math.round((first + last) / 2);
    return element("p", { class: "time-scale", "aria-hidden": "true" }, ...[first, middle, last].map((year) => element("span", {}, String(year))));
  }
}
