// The script of every page with a map: it fetches the columns once, and from then on a change of
// filter changes map, list, counts and address together, without a request.
//
// What it finds in the page (all but the first may be missing):
//   #atlas-map         data-columns, -names, -ids, -matches, -lines, -basemap: addresses of files;
//                      data-icons: the sprite; data-lang: language; data-base: "" or "/zh";
//                      data-filter: a filter of its own, for a map that does not follow the address;
//                      data-static: there is no server, only files
//   form#filter        inputs named by filter key; hidden ones for keys without a field
//   [data-count]       "key=value", or "undated": takes the count
//   [data-total], [data-located]                  take the totals
//   [data-results]     the list; [data-pager] is hidden once the list follows the filter
//   [data-chips], a[data-reset]                   the active filters
//   a[data-filtered]   links that carry the filter in their query

import type { MapView } from "./view.ts";
import { element } from "./dom.ts";
import { Engine } from "./engine.ts";
import { Filter } from "./filter.ts";
import { Icons } from "./icons.ts";
import { LinkAddresses } from "./links.ts";
import { resultItem } from "./list.ts";
import type { Writing } from "./list.ts";
import { MatchFinder, StaleEdition } from "./matches.ts";
import type { Lang } from "./names.ts";
import { FilterPanel } from "./panel.ts";
import type { Opened } from "./protocol.ts";
import type { Counts } from "./tally.ts";
import { text } from "./text.ts";
import { address, pushFilter, readFilter } from "./url.ts";

declare const WORKER_FILE: string;

/** Links in the page's own list. */
const LISTED = 50;

class Atlas {
  private readonly matches: MatchFinder;
  private readonly panel: FilterPanel;
  private readonly results = document.querySelector<HTMLElement>("[data-results]");
  private view: MapView | null = null;
  private counts: Counts | null = null;
  private turn = 0;

  constructor(
    private readonly root: HTMLElement,
    private readonly engine: Engine,
    private readonly writing: Writing,
    opened: Opened,
  ) {
    const named = root.dataset.static === undefined ? null : (text: string) => engine.ask("named", { text });
    this.matches = new MatchFinder(root.dataset.matches ?? "", named);
    this.panel = new FilterPanel(opened, writing.lang, writing.icons, (filter) => this.change(filter));
    addEventListener("popstate", () => void this.apply(this.asked(), { push: false, list: true }));
  }

  /** Counts and draws what the page was opened with; its list is already there. */
  async start(): Promise<void> {
    await this.apply(this.asked(), { push: false, list: false });
    this.view = await openView(this.root, this.engine, this.writing);
    if (this.counts) await this.view?.update(this.counts);
    if (!this.root.dataset.filter) return;
    await this.view?.fit();
  }

  /** A small map on a record's page shows a filter of its own; elsewhere the address says it. */
  private asked(): Filter {
    const own = this.root.dataset.filter;
    return own === undefined ? readFilter() : Filter.ofQuery(own);
  }

  private change(filter: Filter): void {
    void this.apply(filter, { push: true, list: true });
  }

  private async apply(filter: Filter, { push, list }: { push: boolean; list: boolean }): Promise<void> {
    const turn = ++this.turn;
    try {
      // The worker counts while the page shows the filter.
      const counting = this.select(filter);
      this.panel.showFilter(filter);
      const counts = await counting;
      if (turn !== this.turn) return;
      this.counts = counts;
      this.panel.showCounts(this.counts);
      this.tell("atlas-counted");
      // Writing the address takes longer than counting, so it comes behind.
      if (push) pushFilter(filter);
      await Promise.all([list && this.list(turn), this.view?.update(this.counts)]);
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
    const { rows } = await this.engine.ask("list", { of: { kind: "all" }, offset: 0, limit: LISTED });
    if (turn !== this.turn) return;
    const items = rows.map((row) => resultItem(row, this.writing));
    const empty = element("li", { class: "result" }, text(this.writing.lang).none);
    this.results.removeAttribute("start");
    this.results.replaceChildren(...(items.length ? items : [empty]));
    for (const pager of document.querySelectorAll<HTMLElement>("[data-pager]")) pager.hidden = true;
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
    const addresses = new LinkAddresses(root.dataset.ids ?? "", root.dataset.base ?? "");
    void addresses.prepare(opened.rows).catch(() => {});
    root.dataset.decoding = opened.decoding.toFixed(1);
    const writing = { dictionaries: opened.dictionaries, addresses, lang, icons };
    await new Atlas(root, engine, writing, opened).start();
  } catch (error) {
    console.error(error);
    note(root, text(lang).failed);
  }
}

/** The map itself, which is large and comes last; `null` where it can't be drawn. */
async function openView(root: HTMLElement, engine: Engine, writing: Writing): Promise<MapView | null> {
  if (!document.createElement("canvas").getContext("webgl2")) {
    note(root, text(writing.lang).noMap);
    return null;
  }
  const { MapView } = await import("./view.ts");
  return MapView.open(root, engine, writing);
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
