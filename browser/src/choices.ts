// A search field above a long list of choices. It only hides rows: nothing is asked of anyone, and what is
// chosen stays chosen.

import { element } from "./dom.ts";
import type { Lang } from "./names.ts";
import { text } from "./text.ts";

/** Lists longer than this get a field. */
const LONG = 12;

/** `other` gives a choice's name in the other language, so that both can be typed. */
export function addSearch(form: HTMLFormElement, lang: Lang, other: (key: string, value: string) => string): void {
  for (const facet of form.querySelectorAll<HTMLElement>("details[data-facet]")) {
    const rows = [...facet.querySelectorAll<HTMLElement>(".choice")];
    if (rows.length <= LONG) continue;
    const heading = facet.querySelector("legend")?.textContent ?? "";
    const field = element("input", { type: "search", class: "choice-search", "aria-label": text(lang).searchIn(heading), placeholder: text(lang).search, autocomplete: "off" });
    const found = element("p", { class: "soft", role: "status" });
    facet.querySelector("legend")?.after(field, found);
    const names = rows.map((row) => {
      const input = row.querySelector("input");
      return folded(`${row.querySelector(".choice-label")?.textContent} ${other(input?.name ?? "", input?.value ?? "")}`);
    });
    field.addEventListener("input", (event) => {
      event.stopPropagation();
      found.textContent = narrowed(rows, names, field.value, lang);
    });
    field.addEventListener("change", (event) => event.stopPropagation());
    field.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  }
}

/** Shows the rows whose name holds every word; says how many, if any are hidden. */
function narrowed(rows: HTMLElement[], names: string[], asked: string, lang: Lang): string {
  const words = folded(asked).split(" ").filter(Boolean);
  const hits = names.map((name) => words.every((word) => name.includes(word)));
  rows.forEach((row, at) => (row.hidden = !hits[at]));
  return words.length ? text(lang).of(hits.filter(Boolean).length, rows.length) : "";
}

/** Without case and accents, so that "cote" finds "Côte". */
export function folded(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[\s·・,，.]+/g, " ").trim();
}
