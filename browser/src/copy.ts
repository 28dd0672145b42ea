// A button beside each text that is there to be copied. Without script there is none, and the text can be selected.

const words = document.documentElement.lang.startsWith("zh") ? { copy: "复制", done: "已复制" } : { copy: "Copy", done: "Copied" };

for (const text of document.querySelectorAll<HTMLElement>(".copied")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = words.copy;
  button.setAttribute("aria-describedby", text.id);
  button.addEventListener("click", () => void copy(text, button));
  text.after(button);
}

async function copy(text: HTMLElement, button: HTMLButtonElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(text.textContent ?? "");
    button.textContent = words.done;
  } catch {
    // Where the clipboard is closed to pages, the text is selected, so that the reader's own copying takes it.
    getSelection()?.selectAllChildren(text);
  }
}
