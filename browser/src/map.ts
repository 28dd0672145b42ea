// The script of every page with a map: it fetches the columns once, and from then on a change of
// filter changes map, list, counts and address together, without a request.
//
// What it finds in the page (all but the first may be missing):
//   #atlas-map         data-columns, -names, -ids, -texts, -matches, -lines, -basemap: addresses of files, as
//                      seen from the page; data-icons: the sprite; data-lang: language; data-base and
//                      data-ending: what stands before and after "/link/ID" in a record's address ("", "/zh");
//                      data-filter: a filter of its own, for a map that does not follow the address;
//                      data-static: there is no server, only files
//   form#filter        inputs named by filter key; hidden ones for keys without a field
//   [data-time]        the years over the map; its .time-plain gives way to them
//   [data-count]       "key=value", or "undated": takes the count
//   [data-total], [data-located]                  take the totals
//   [data-results]     the list; [data-pager] is hidden once the list follows the filter,
//                      [data-empty] shown when it is empty, [data-more] when it is not the whole
//   [data-chips], a[data-reset]                   the active filters
//   a[data-filtered]   links that carry the filter in their query

import type { MapView } from "./view.ts";
import { address, readFilter, writeFilter } from "./address.ts";
import { addSearch } from "./choices.ts";
import { element } from "./dom.ts";
import { Engine } from "./engine.ts";
import { Filter } from "./filter.ts";
import { fetchGround } from "./ground.ts";
import { Icons } from "./icons.ts";
import { resultItem } from "./list.ts";
import type { Writing } from "./list.ts";
import { MatchFinder, StaleEdition } from "./matches.ts";
import { DICTIONARY_KEYS } from "./names.ts";
import type { Choice, DictionaryKey, Lang } from "./names.ts";
import { FilterPanel } from "./panel.ts";
import type { Opened } from "./protocol.ts";
import { Records } from "./records.ts";
import type { Counts } from "./tally.ts";
import { text } from "./text.ts";
import { Timeline } from "./timeline.ts";
import type { Range } from "./timeline.ts";

declare const WORKER_FILE: string;

/** Links in the page's own list. */
const LISTED = 50;

/** How a filter comes about: by a choice, by a range of years still being drawn, or from the address. */
type Cause = "choice" | "drag" | "address";

class Atlas {
  private readonly matches: MatchFinder;
  private readonly panel: FilterPanel;
  private readonly timeline: Timeline | null;
  private readonly results = document.querySelector<HTMLElement>("[data-results]");
  private view: MapView | null = null;
  private counts: Counts | null = null;
  private filter = Filter.empty;
  private turn = 0;
  private dragging = false;
  private dragged: Filter | null = null;

  constructor(
    private readonly root: HTMLElement,
    private readonly engine: Engine,
    private readonly writing: Writing,
    opened: Opened,
  ) {
    const named = root.dataset.static === undefined ? null : (text: string) => engine.ask("named", { text });
    this.matches = new MatchFinder(root.dataset.matches ?? "", named);
    this.panel = new FilterPanel(opened, writing.lang, writing.icons, (filter) => void this.apply(filter, "choice"));
    this.timeline = Timeline.open(writing.lang, opened.years, (range, done) => this.range(range, done));
    addEventListener("popstate", () => void this.stepped());
  }

  /** Counts and draws what the page was opened with; its list is already there. */
  async start(): Promise<void> {
    await this.apply(this.asked(), "address", false);
    const kept = (box: string) => void this.apply(this.filter.withoutKey("bbox").with("bbox", box), "choice");
    this.view = await openView(this.root, this.engine, this.writing, kept);
    if (this.counts) await this.view?.update(this.counts);
    if (this.root.dataset.filter !== undefined) await this.view?.fit();
    else {
      this.view?.seek(this.filter);
      await this.view?.follow(false);
    }
    this.root.dataset.ready = "";
  }

  /** A small map on a record's page shows a filter of its own; elsewhere the address says it. */
  private asked(): Filter {
    const own = this.root.dataset.filter;
    return own === undefined ? readFilter() : Filter.ofQuery(own);
  }

  /** Back or forward, or another fragment: the filter, then the view and what is open. */
  private async stepped(): Promise<void> {
    const filter = this.asked();
    if (filter.query() !== this.filter.query()) await this.apply(filter, "address");
    await this.view?.follow(true);
  }

  /** While a range is drawn, one selection at a time: the newest is made when the last one stands. */
  private range({ from, to }: Range, done: boolean): void {
    const others = this.filter.withoutKey("from").withoutKey("to");
    const withFrom = from === null ? others : others.with("from", String(from));
    const filter = to === null ? withFrom : withFrom.with("to", String(to));
    if (done) void this.apply(filter, "choice");
    else if (this.dragging) this.dragged = filter;
    else void this.drag(filter);
  }

  private async drag(filter: Filter): Promise<void> {
    this.dragging = true;
    await this.apply(filter, "drag");
    this.dragging = false;
    const next = this.dragged;
    this.dragged = null;
    if (next) await this.drag(next);
  }

  private async apply(filter: Filter, cause: Cause, list = cause !== "drag"): Promise<void> {
    const turn = ++this.turn;
    try {
      this.filter = filter;
      if (cause !== "drag") this.dragged = null;
      // The worker counts while the page shows the filter.
      const counting = this.select(filter);
      this.panel.showFilter(filter);
      const counts = await counting;
      if (turn !== this.turn) return;
      this.counts = counts;
      this.panel.showCounts(counts);
      this.timeline?.show(filter, counts);
      this.tell("atlas-counted");
      // Writing the address takes longer than counting, so it comes behind.
      if (cause === "choice") writeFilter(filter, "push");
      await Promise.all([list && this.list(turn), this.view?.update(counts)]);
      this.tell("atlas-shown");
    } catch (error) {
      if (error instanceof StaleEdition) location.assign(address(filter));
      else this.fail(error);
    }
  }

  /** Asks at once, unless the filter has a text or a source, which the server must be asked for first. */
  private async select(filter: Filter): Promise<Counts> {
    const matches = this.matches.needed(filter) ? await this.matches.of(filter) : {};
    return this.engine.ask("select", { query: filter.query(), matches });
  }

  private async list(turn: number): Promise<void> {
    if (!this.results) return;
    const { rows, total } = await this.engine.ask("list", { of: { kind: "all" }, offset: 0, limit: LISTED });
    await this.writing.records.ready;
    if (turn !== this.turn) return;
    this.results.removeAttribute("start");
    this.results.replaceChildren(...rows.map((row) => resultItem(row, this.writing)));
    const hide = (selector: string, hidden: boolean) => {
      for (const each of document.querySelectorAll<HTMLElement>(selector)) each.hidden = hidden;
    };
    hide("[data-pager]", true);
    hide("[data-empty]", total > 0);
    hide("[data-more]", total <= rows.length);
  }

  /** For tests and benches: the counts stand in the page; map and list do too. */
  private tell(name: "atlas-counted" | "atlas-shown"): void {
    this.root.dispatchEvent(new CustomEvent(name, { detail: this.counts, bubbles: true }));
  }

  private fail(error: unknown): void {
    console.error(error);
    note(this.root, text(this.writing.lang).failed);
  }
}

async function start(root: HTMLElement): Promise<void> {
  const lang: Lang = root.dataset.lang?.startsWith("zh") ? "zh" : "en";
  const engine = new Engine(new URL(WORKER_FILE, import.meta.url));
  try {
    const { columns, names } = { columns: absolute(root.dataset.columns), names: absolute(root.dataset.names) };
    const [opened, icons] = await Promise.all([engine.ask("open", { columns, names, lang }), Icons.load(root.dataset.icons)]);
    const { ids = "", texts = "", base = "", ending = "" } = root.dataset;
    const records = new Records({ ids, texts, base, ending });
    records.prepare(opened.rows);
    root.dataset.decoding = opened.decoding.toFixed(1);
    const writing = { dictionaries: opened.dictionaries, records, lang, icons };
    searchable(lang, opened);
    await new Atlas(root, engine, writing, opened).start();
  } catch (error) {
    console.error(error);
    note(root, text(lang).failed);
  }
}

/** The map itself, which is large and comes last; `null` where it can't be drawn. */
async function openView(root: HTMLElement, engine: Engine, writing: Writing, kept: (box: string) => void): Promise<MapView | null> {
  if (!document.createElement("canvas").getContext("webgl2")) {
    note(root, text(writing.lang).noMap);
    return null;
  }
  const ground = fetchGround(root.dataset);
  const { MapView } = await import("./view.ts");
  return MapView.open(root, engine, writing, ground, kept);
}

/** Long lists of choices can be searched, by the names in either language. */
function searchable(lang: Lang, { dictionaries }: Opened): void {
  const form = document.querySelector<HTMLFormElement>("form#filter");
  const other = (key: string, value: string) => {
    const choices = (DICTIONARY_KEYS as readonly string[]).includes(key) ? dictionaries[key as DictionaryKey] : [];
    const choice = (choices as Choice[]).find(({ id }) => id === value);
    return choice ? `${choice.en} ${choice.zh}` : "";
  };
  if (form) addSearch(form, lang, other);
  // Where the form has a column to itself, it begins with something to choose from.
  const first = form?.querySelector<HTMLDetailsElement>("details[data-facet]");
  if (first && !form?.querySelector("details[open]") && matchMedia("(min-width: 64rem)").matches) first.open = true;
}

/** A worker resolves addresses against its own, so they are made whole here. */
function absolute(path: string | undefined): string {
  return new URL(path ?? "", location.href).href;
}

function note(root: HTMLElement, words: string): void {
  root.querySelector(".map-note")?.remove();
  root.prepend(element("p", { class: "map-note", role: "status" }, words));
}

const root = document.getElementById("atlas-map");
if (root) void start(root);
