// Makes elements in one expression, and icons as the server writes them.

type Child = Node | string | null | undefined | false;

export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string | boolean> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(name, "");
    else if (value !== false) made.setAttribute(name, value);
  }
  made.append(...children.filter((child): child is Node | string => child !== null && child !== undefined && child !== false));
  return made;
}

const SVG = "http://www.w3.org/2000/svg";

/** A symbol of the sprite, in a colour or in that of the text; nothing where there is none. */
export function icon(name: string | undefined, sprite: string | null, colour?: string): SVGElement | null {
  if (!name || !sprite) return null;
  const svg = document.createElementNS(SVG, "svg");
  const attributes = { width: "18", height: "18", fill: "none", stroke: "currentColor", "aria-hidden": "true", focusable: "false" };
  for (const [attribute, value] of Object.entries(attributes)) svg.setAttribute(attribute, value);
  svg.setAttribute("class", colour ? "icon tinted" : "icon");
  if (colour) svg.setAttribute("color", colour);
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `${sprite}#${name}`);
  svg.append(use);
  return svg;
}
