// Lets a reader go on from item to item on the page of an item's connections, in place. Every item in the tables gets a button that
// opens its own connections below it as a list; each of those has a button too. Without this script the names lead to the same
// connections, page by page.

import { element } from "./dom.ts";

interface ItemRef {
  id: string;
  name: string;
  url: string;
}

interface Tie {
  confidence: string;
  type: { label: string };
}

interface Kin {
  item: ItemRef;
  level: number;
  ties: Tie[];
}

interface Circle {
  type: { label: string };
  others: { item: ItemRef; tie: Tie }[];
}

interface Connections {
  owners: Kin[];
  owned: Kin[];
  groups: Circle[];
}

/** One line of an opened list: how, and with whom. */
interface Line {
  verb: string;
  item: ItemRef;
  confidence: string;
}

const root = document.querySelector<HTMLElement>("[data-connections]");
if (root) for (const place of root.querySelectorAll<HTMLElement>("[data-item]")) addOpener(root, place, [root.dataset.own ?? ""]);

/** Puts the button behind a name. `above` are the items on the way there, so that nobody is led in circles. */
function addOpener(root: HTMLElement, place: HTMLElement, above: string[]): void {
  const { item: id } = place.dataset;
  if (!id || above.includes(id)) return;
  const name = place.textContent?.trim() ?? id;
  const button = element("button", { type: "button", class: "opener" });
  const show = (open: boolean) => {
    button.setAttribute("aria-expanded", String(open));
    button.setAttribute("aria-label", `${(open ? root.dataset.close : root.dataset.open) ?? ""} ${name}`);
  };
  show(false);
  let list: HTMLElement | null = null;
  button.addEventListener("click", async () => {
    if (button.getAttribute("aria-busy") === "true") return;
    if (!list) {
      button.setAttribute("aria-busy", "true");
      list = await opened(root, id, [...above, id]);
      button.removeAttribute("aria-busy");
      place.append(list);
      list.hidden = true;
    }
    list.hidden = !list.hidden;
    show(!list.hidden);
  });
  place.append(" ", button);
}

async function opened(root: HTMLElement, id: string, above: string[]): Promise<HTMLElement> {
  const { base = "", query = "", failed = "", none = "", owners = "", owned = "" } = root.dataset;
  try {
    const answer = await fetch(`${base}/item/${encodeURIComponent(id)}/connections.json${query && `?${query}`}`);
    if (!answer.ok) throw new Error(String(answer.status));
    const lines = linesOf((await answer.json()) as Connections, owners, owned).filter((line) => !above.includes(line.item.id));
    if (!lines.length) return element("p", { class: "soft" }, none);
    const list = element("ul", { class: "opened" });
    for (const line of lines) list.append(entry(root, line, above));
    return list;
  } catch {
    return element("p", { class: "soft", role: "alert" }, failed);
  }
}

function linesOf(view: Connections, owners: string, owned: string): Line[] {
  const near = (kin: Kin[], way: string) =>
    kin.filter((one) => one.level === 1).map((one) => ({ verb: way, item: one.item, confidence: one.ties[0]?.confidence ?? "" }));
  const lines = [...near(view.owners, owners), ...near(view.owned, owned)];
  for (const circle of view.groups) {
    for (const one of circle.others) lines.push({ verb: circle.type.label, item: one.item, confidence: one.tie.confidence });
  }
  return lines;
}

function entry(root: HTMLElement, line: Line, above: string[]): HTMLElement {
  const name = element("a", { href: line.item.url }, line.item.name);
  const place = element("span", { "data-item": line.item.id }, name);
  const mark = element("span", { class: `badge confidence-${line.confidence}` }, root.dataset[line.confidence] ?? line.confidence);
  addOpener(root, place, above);
  const button = place.querySelector(".opener");
  button?.before(" ", mark);
  return element("li", {}, element("span", { class: "verb" }, line.verb), " ", place);
}
