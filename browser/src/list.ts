// The result list: the same links that the map shows, each as a sentence that leads to its record.

import { element } from "./dom.ts";
import type { Icons } from "./icons.ts";
import type { LinkAddresses } from "./links.ts";
import { label } from "./names.ts";
import type { Choice, Dictionaries, Lang } from "./names.ts";
import type { RowText } from "./protocol.ts";
import { text } from "./text.ts";

/** What writing a row needs to know. */
export interface Writing {
  dictionaries: Dictionaries;
  addresses: LinkAddresses;
  lang: Lang;
  icons: Icons;
}

/** The same parts as the server's list, as far as the columns hold them. */
export function resultItem(row: RowText, writing: Writing): HTMLLIElement {
  const { dictionaries, lang } = writing;
  const categories = row.categories.map((category) => element("li", {}, tag(dictionaries.category[category], writing)));
  return element(
    "li",
    { class: "result", "data-row": String(row.row) },
    element("p", { class: "result-title" }, recordLink(row, writing)),
    element(
      "div",
      { class: "result-meta" },
      place(row, writing),
      element("span", {}, years(row, lang)),
      confidence(row, writing),
      row.offered && flag("offered", text(lang).offered, writing),
      row.poi && flag("poi", text(lang).poi, writing),
      categories.length > 0 && element("ul", { class: "tags" }, ...categories),
    ),
  );
}

function place(row: RowText, { dictionaries, lang }: Writing): HTMLElement {
  if (row.country < 0) return element("span", { class: "unknown" }, text(lang).nowhere);
  return element("span", { class: "place" }, label(dictionaries.country[row.country], lang));
}

function years(row: RowText, lang: Lang): string {
  if (row.first === null) return text(lang).undated;
  return row.first === row.last ? String(row.first) : `${row.first}–${row.last}`;
}

const CONFIDENCE_ICONS: Record<string, string> = {
  confirmed: "double-tick",
  probable: "half-circle",
  reported: "circle",
  disputed: "split",
};

function confidence(row: RowText, writing: Writing): HTMLElement {
  const choice = writing.dictionaries.confidence[row.confidence];
  const sign = writing.icons.element(CONFIDENCE_ICONS[choice.id]);
  return element("span", { class: `badge confidence-${choice.id}` }, sign, label(choice, writing.lang));
}

function flag(name: string, words: string, { icons }: Writing): HTMLElement {
  return element("span", { class: `badge flag-${name}` }, icons.element(name), words);
}

function tag(choice: Choice, { icons, lang }: Writing): HTMLElement {
  return element("span", { class: "tag" }, icons.element(choice.icon, choice.colour), element("span", {}, label(choice, lang)));
}

/** A link that knows its address at the latest when the reader reaches for it. */
function recordLink(row: RowText, writing: Writing): HTMLAnchorElement {
  const { addresses } = writing;
  const name = (words: string) => element("bdi", {}, words);
  const verb = ` ${label(writing.dictionaries.link[row.link], writing.lang)} `;
  const link = element("a", { href: addresses.now(row.row) ?? `#row-${row.row}` }, name(row.subject), verb, name(row.object));
  if (addresses.now(row.row) !== null) return link;
  const learn = async () => (link.href = await addresses.of(row.row));
  for (const sign of ["pointerenter", "focus", "touchstart"]) {
    link.addEventListener(sign, () => void learn().catch(() => {}), { once: true, passive: true });
  }
  link.addEventListener("click", (event) => {
    if (!link.getAttribute("href")?.startsWith("#row-")) return;
    event.preventDefault();
    void learn().then((address) => location.assign(address));
  });
  return link;
}
