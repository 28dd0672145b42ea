// Completes what is typed into a search box: names that begin so, asked of our own origin. A combobox as ARIA's
// practices describe it; without this script the box is a plain form. A box marked `data-suggest-item` names an item of a
// form: choosing puts the item's id into it, and the form is sent by its own button.

import { element } from "./dom.ts";

type Suggestion = { group: string; id: string; name: string; also?: string; kind: string; url: string };

/** How long a reader must pause typing, in milliseconds. */
const PAUSE = 120;

class SuggestBox {
  private readonly list: HTMLUListElement;
  private shown: Suggestion[] = [];
  private active = -1;
  private timer = 0;
  private asked: AbortController | null = null;
  private readonly namesItem: boolean;

  constructor(
    private readonly input: HTMLInputElement,
    number: number,
  ) {
    this.namesItem = "suggestItem" in input.dataset;
    this.list = element("ul", { class: "suggestions", id: `suggestions-${number}`, role: "listbox", hidden: true });
    this.list.setAttribute("aria-label", input.dataset.suggest ?? "");
    input.after(this.list);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", this.list.id]] as const) {
      input.setAttribute(name, value);
    }
    input.addEventListener("input", () => this.typed());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.close());
    // Pressing must not take the focus from the box: that would close the list before the click.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.go(this.at(event.target)));
  }

  private typed(): void {
    clearTimeout(this.timer);
    this.asked?.abort();
    const text = this.input.value.trim();
    if (!text) return this.close();
    this.timer = window.setTimeout(() => void this.ask(text), PAUSE);
  }

  private async ask(text: string): Promise<void> {
    const asked = (this.asked = new AbortController());
    const query = new URLSearchParams({ q: text, lang: document.documentElement.lang });
    try {
      const answer = await fetch(`/suggest?${query}`, { signal: asked.signal });
      if (!answer.ok) return this.close();
      const { suggestions } = (await answer.json()) as { suggestions: Suggestion[] };
      const fitting = suggestions.filter((one) => !this.namesItem || one.group === "items");
      if (asked === this.asked && document.activeElement === this.input) this.show(fitting);
    } catch {
      // Typed on, or offline: the form still works.
    }
  }

  private show(suggestions: Suggestion[]): void {
    this.shown = suggestions;
    this.active = -1;
    this.list.replaceChildren(...suggestions.map((one, at) => this.option(one, at)));
    this.list.hidden = suggestions.length === 0;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    this.input.removeAttribute("aria-activedescendant");
  }

  private option({ name, also, kind }: Suggestion, at: number): HTMLLIElement {
    const other = also ? element("bdi", { class: "soft" }, also) : null;
    const attributes = { id: `${this.list.id}-${at}`, role: "option", "aria-selected": "false" };
    return element("li", attributes, element("bdi", {}, name), " ", other, " ", element("span", { class: "soft" }, kind));
  }

  private key(event: KeyboardEvent): void {
    if (this.list.hidden) return;
    if (event.key === "ArrowDown") this.move(this.active + 1);
    else if (event.key === "ArrowUp") this.move(this.active < 0 ? this.shown.length - 1 : this.active - 1);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && this.active >= 0) this.go(this.active);
    else return;
    event.preventDefault();
  }

  /** Past either end the box itself is active again. */
  private move(to: number): void {
    this.active = to < 0 || to >= this.shown.length ? -1 : to;
    [...this.list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === this.active)));
    const option = this.list.children[this.active];
    if (option) {
      this.input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else this.input.removeAttribute("aria-activedescendant");
  }

  private at(target: EventTarget | null): number {
    const option = target instanceof Element ? target.closest("li") : null;
    return option ? [...this.list.children].indexOf(option) : -1;
  }

  private go(at: number): void {
    const chosen = this.shown[at];
    if (!chosen) return;
    if (!this.namesItem) return location.assign(chosen.url);
    this.input.value = chosen.id;
    this.close();
  }

  private close(): void {
    clearTimeout(this.timer);
    this.asked?.abort();
    this.show([]);
  }
}

document.querySelectorAll<HTMLInputElement>("input[data-suggest]").forEach((input, at) => new SuggestBox(input, at));
