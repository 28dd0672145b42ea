// The legend: every mark of the map, drawn by the code that draws it on the map, with its meaning beside it.

import { element } from "./dom.ts";
import type { Writing } from "./list.ts";
import { RATIO, badgePlate, poiFlag } from "./marks.ts";
import type { MarkPainter } from "./marks.ts";
import { label } from "./names.ts";
import type { Content } from "./sheet.ts";
import { text } from "./text.ts";
import type { Theme } from "./theme.ts";

/** `present` tells which categories the edition has. */
export async function legend(writing: Writing, painter: MarkPainter, theme: Theme, present: (category: number) => boolean): Promise<Content> {
  const { dictionaries, lang } = writing;
  const words = text(lang);
  const categories = dictionaries.category.map((choice, at) => ({ choice, at })).filter(({ at }) => present(at));
  const painted = await Promise.all(
    categories.map(async ({ choice, at }) => entry(picture(await painter.paint(at, false, theme)), label(choice, lang))),
  );
  const poi = categories.length ? await painter.paint(categories[0].at, true, theme) : poiFlag(theme);
  const marks = [
    entry(group(theme), words.group),
    entry(picture(poiFlag(theme)), words.groupPoi),
    entry(picture(poi), words.poiMark),
    entry(picture(badgePlate(theme)), words.badge),
    entry(null, words.tray),
  ];
  const lines = [
    entry(line(theme.accent, 2, [8, 3]), words.lineSchematic),
    entry(line(theme.accent, 2), words.lineSurveyed),
    entry(landing(theme), words.lineLanding),
    entry(line(theme.border, 1.2), words.lineBorder),
    entry(line(theme.disputed, 1.4, [4, 3.5]), words.lineDisputed),
  ];
  const lead = [
    ...section(words.legendMarks, marks),
    ...section(words.legendLines, lines),
    ...section(words.legendCategories, painted),
  ];
  return { title: () => words.legend, lead };
}

function section(heading: string, entries: HTMLElement[]): HTMLElement[] {
  return [element("h3", {}, heading), element("ul", { class: "map-legend" }, ...entries)];
}

function entry(sign: HTMLElement | null, words: string): HTMLElement {
  const holder = element("span", { class: "map-legend-sign", "aria-hidden": "true" }, sign);
  return element("li", {}, holder, element("span", {}, words));
}

function picture(image: ImageData): HTMLCanvasElement {
  const [canvas, context] = blank(image.width, image.height);
  context.putImageData(image, 0, 0);
  return canvas;
}

function group(theme: Theme): HTMLCanvasElement {
  const size = 26 * RATIO;
  const [canvas, context] = blank(size, size);
  context.beginPath();
  context.arc(size / 2, size / 2, 11 * RATIO, 0, 2 * Math.PI);
  context.fillStyle = theme.accent;
  context.fill();
  context.fillStyle = theme.onAccent;
  context.font = `${11 * RATIO}px ${theme.font}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText("12", size / 2, size / 2);
  return canvas;
}

function landing(theme: Theme): HTMLCanvasElement {
  const [canvas, context] = blank(30 * RATIO, 14 * RATIO);
  context.beginPath();
  context.arc(15 * RATIO, 7 * RATIO, 4 * RATIO, 0, 2 * Math.PI);
  context.fillStyle = theme.paper;
  context.fill();
  context.lineWidth = 1.4 * RATIO;
  context.strokeStyle = theme.accent;
  context.stroke();
  return canvas;
}

function line(colour: string, width: number, dash: number[] = []): HTMLCanvasElement {
  const [canvas, context] = blank(30 * RATIO, 14 * RATIO);
  context.strokeStyle = colour;
  context.lineWidth = width * RATIO;
  context.setLineDash(dash.map((length) => length * RATIO));
  context.moveTo(0, 7 * RATIO);
  context.lineTo(30 * RATIO, 7 * RATIO);
  context.stroke();
  return canvas;
}

function blank(width: number, height: number): [HTMLCanvasElement, CanvasRenderingContext2D] {
  const canvas = element("canvas", { width: String(width), height: String(height) });
  canvas.style.width = `${width / RATIO}px`;
  canvas.style.height = `${height / RATIO}px`;
  return [canvas, canvas.getContext("2d")!];
}
