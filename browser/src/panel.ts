// Wires the filter that the server has rendered: its form, the counts beside its choices, the chips
// of active filters and the totals. Without this script the same form works by GET.

import { element } from "./dom.ts";
import { Filter, isKey } from "./filter.ts";
import type { Key } from "./filter.ts";
import type { Icons } from "./icons.ts";
import { DICTIONARY_KEYS, label } from "./names.ts";
import type { DictionaryKey, Lang } from "./names.ts";
import type { Opened } from "./protocol.ts";
import type { Counts } from "./tally.ts";
import { grouped, text } from "./text.ts";
import { address } from "./address.ts";

/** How long a reader must pause typing, in milliseconds. */
const PAUSE = 300;

export class FilterPanel {
  private readonly form = document.querySelector<HTMLFormElement>("form#filter");
  private readonly chips = document.querySelector<HTMLElement>("[data-chips]");
  private readonly outputs = new Map<string, HTMLElement[]>();
  private readonly reset = document.querySelector<HTMLAnchorElement>("[data-reset]");
  private timer = 0;

  constructor(
    private readonly opened: Opened,
    private readonly lang: Lang,
    private readonly icons: Icons,
    private readonly changed: (filter: Filter) => void,
  ) {
    for (const output of document.querySelectorAll<HTMLElement>("[data-count]")) {
      const key = output.dataset.count!;
      this.outputs.set(key, [...(this.outputs.get(key) ?? []), output]);
    }
    this.form?.addEventListener("submit", (event) => {
      event.preventDefault();
      this.read();
    });
    this.form?.addEventListener("change", () => this.read());
    this.form?.addEventListener("input", (event) => this.typed(event));
    this.reset?.addEventListener("click", (event) => {
      event.preventDefault();
      changed(Filter.empty);
    });
  }

  /** Shows a filter in form and chips, at once. */
  showFilter(filter: Filter): void {
    this.fillForm(filter);
    this.showChips(filter);
    for (const link of document.querySelectorAll<HTMLAnchorElement>("a[data-filtered]")) {
      const query = filter.query();
      link.href = new URL(link.href).pathname + (query && `?${query}`);
    }
  }

  showCounts(counts: Counts): void {
    for (const [name, count] of [["[data-total]", counts.total], ["[data-located]", counts.located]] as const) {
      for (const place of document.querySelectorAll(name)) place.textContent = grouped(count);
    }
    for (const key of DICTIONARY_KEYS) {
      this.opened.dictionaries[key].forEach((choice, at) => this.showCount(`${key}=${choice.id}`, counts.facets[key][at]));
    }
    this.showCount("poi=1", counts.poi);
    this.showCount("undated", counts.undated);
  }

  private showCount(name: string, count: number): void {
    for (const output of this.outputs.get(name) ?? []) {
      if (output instanceof HTMLOptionElement) output.textContent = `${output.dataset.label ?? ""} (${grouped(count)})`;
      else output.textContent = grouped(count);
      output.closest(".choice")?.classList.toggle("empty", count === 0);
    }
  }

  private typed(event: Event): void {
    if (!(event.target instanceof HTMLInputElement) || !event.target.name || !["search", "text", "number"].includes(event.target.type)) return;
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.read(), PAUSE);
  }

  private read(): void {
    clearTimeout(this.timer);
    const pairs = [...new FormData(this.form!)].map(([key, value]): [string, string] => [key, String(value)]);
    this.changed(Filter.parse(pairs));
  }

  private fillForm(filter: Filter): void {
    const { form } = this;
    if (!form) return;
    const fields = [...form.elements].filter((field) => field instanceof HTMLInputElement || field instanceof HTMLSelectElement);
    let rest = filter;
    for (const field of fields) {
      if (!isKey(field.name) || field.type === "hidden") continue;
      for (const value of fill(field, field.name, filter)) rest = rest.without(field.name, value);
    }
    this.keepTheRest(form, rest);
    for (const facet of form.querySelectorAll<HTMLDetailsElement>("details[data-facet]")) markChosen(facet, filter);
  }

  /** What no field shows stands in hidden ones, as the server writes them. */
  private keepTheRest(form: HTMLFormElement, rest: Filter): void {
    for (const hidden of form.querySelectorAll<HTMLInputElement>("input[type=hidden]")) if (isKey(hidden.name)) hidden.remove();
    form.append(...rest.pairs().map(([name, value]) => element("input", { type: "hidden", name, value })));
  }

  private showChips(filter: Filter): void {
    if (!this.chips) return;
    const chips = filter.pairs().map(([key, value]) => element("li", {}, this.chip(filter, key, value)));
    const list = chips.length ? element("ul", { "aria-label": text(this.lang).active }, ...chips) : null;
    const had = this.chips.contains(document.activeElement);
    this.chips.querySelector("ul")?.remove();
    if (list) this.chips.prepend(list);
    if (this.reset) this.reset.hidden = !list;
    if (had) (this.chips.querySelector<HTMLElement>("a:not([hidden])") ?? this.form?.querySelector<HTMLElement>("input"))?.focus();
  }

  private chip(filter: Filter, key: Key, value: string): HTMLAnchorElement {
    const [name, shown] = [this.keyName(key), this.valueName(key, value)];
    const fewer = filter.without(key, value);
    const title = text(this.lang).remove(shown ? `${name}: ${shown}` : name);
    const chip = element(
      "a",
      { class: "chip", href: address(fewer), "aria-label": title },
      element("span", { class: "chip-key" }, name),
      " ",
      element("bdi", {}, shown),
      this.icons.element("remove") ?? " ×",
    );
    chip.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.changed(fewer);
    });
    return chip;
  }

  private keyName(key: Key): string {
    return document.querySelector(`details[data-facet="${key}"] legend`)?.textContent || text(this.lang).keys[key];
  }

  private valueName(key: Key, value: string): string {
    if (key === "poi") return "";
    if (key === "item") return this.opened.items[value] ?? value;
    if (!(DICTIONARY_KEYS as readonly string[]).includes(key)) return value;
    const choice = this.opened.dictionaries[key as DictionaryKey].find((each) => each.id === value);
    return choice ? label(choice, this.lang) : value;
  }
}

/** Makes a field show what the filter says of its key; gives back the values that it shows. */
function fill(field: HTMLInputElement | HTMLSelectElement, key: Key, filter: Filter): string[] {
  if (field instanceof HTMLSelectElement) {
    for (const option of field.options) option.selected = option.value ? filter.has(key, option.value) : !filter.hasKey(key);
    return [...field.selectedOptions].map((option) => option.value);
  }
  if (field.type === "checkbox" || field.type === "radio") {
    field.checked = filter.has(key, field.value);
    return field.checked ? [field.value] : [];
  }
  const [first] = filter.values(key);
  // What a reader is typing is left alone as long as it means the same.
  const [typed] = Filter.empty.with(key, field.value).values(key);
  if (typed !== first) field.value = first ?? "";
  return first === undefined ? [] : [first];
}

/** Says in a closed group of choices how many of them are chosen. */
function markChosen(facet: HTMLDetailsElement, filter: Filter): void {
  const key = facet.dataset.facet!;
  const count = isKey(key) ? filter.values(key).length : 0;
  const summary = facet.querySelector("summary");
  summary?.querySelector(".facet-chosen")?.remove();
  if (count) summary?.append(element("span", { class: "facet-chosen" }, String(count)));
}
