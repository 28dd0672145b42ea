// Helps with forms of the desk while they are filled in. Every page works without: buttons do the same.

const form = document.querySelector<HTMLFormElement>("form[data-hints]");
const region = document.querySelector<HTMLElement>("#hints");
let waiting: number | undefined;
let asked = 0;

if (form && region) {
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  usable();
}

function later(): void {
  clearTimeout(waiting);
  waiting = setTimeout(() => void look(), 500);
}

/** Asks what can be told of the form as it is now; an answer that is overtaken is dropped. */
async function look(): Promise<void> {
  if (!form || !region) return;
  const number = ++asked;
  const fields = new URLSearchParams();
  new FormData(form).forEach((value, name) => fields.append(name, String(value)));
  fields.set("part", "1");
  try {
    const answer = await fetch(form.dataset.hints ?? "", { method: "POST", body: fields, redirect: "error" });
    const text = await answer.text();
    if (!answer.ok || number !== asked) return;
    region.innerHTML = text;
    usable();
  } catch {
    // The button still checks.
  }
}

/** Buttons that fill fields in. */
function usable(): void {
  for (const button of region?.querySelectorAll<HTMLButtonElement>("button[data-fill]") ?? []) {
    button.hidden = false;
    button.addEventListener("click", () => fill(new URLSearchParams(button.dataset.fill)));
  }
}

function fill(values: URLSearchParams): void {
  if (!form) return;
  for (const [name, value] of values) {
    const field = form.elements.namedItem(name);
    if (field && "value" in field) field.value = value;
  }
  later();
}

// Words that are selected in a capture become the quote, with the place where they stand.
const passages = document.querySelector<HTMLElement>("form[data-passages]");
document.addEventListener("selectionchange", () => {
  const selection = getSelection();
  const words = selection?.toString().trim() ?? "";
  const paragraph = selection?.anchorNode?.parentElement?.closest<HTMLElement>("[data-anchor]");
  const button = document.querySelector<HTMLButtonElement>("#take-selection");
  if (!passages || !button || !paragraph || !passages.contains(paragraph)) return;
  button.hidden = words === "";
  button.dataset.fill = new URLSearchParams({ quote: words, anchor: paragraph.dataset.anchor ?? "" }).toString();
});
document.querySelector<HTMLButtonElement>("#take-selection")?.addEventListener("click", (event) => {
  fill(new URLSearchParams((event.currentTarget as HTMLButtonElement).dataset.fill));
});
