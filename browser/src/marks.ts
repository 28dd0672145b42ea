// The marks of single points: a shape per group of categories and an icon per category, so that
// they are told apart without colour. A point of particular interest is a triangle.

import type { Icons } from "./icons.ts";
import type { Choice } from "./names.ts";
import type { Theme } from "./theme.ts";

type Path = (context: CanvasRenderingContext2D, r: number) => void;

/** Bitmaps are drawn at twice their size on the map. */
export const RATIO = 2;
const SIZE = 26;
const ICON = 13;

const polygon = (corners: number, turn: number): Path => (context, r) => {
  for (let corner = 0; corner < corners; corner++) {
    const angle = turn + (corner * 2 * Math.PI) / corners;
    context.lineTo(r * Math.cos(angle), r * Math.sin(angle));
  }
  context.closePath();
};

const square: Path = (context, r) => context.roundRect(-r * 0.86, -r * 0.86, r * 1.72, r * 1.72, r * 0.2);
const circle: Path = (context, r) => context.arc(0, 0, r * 0.97, 0, 2 * Math.PI);
const triangle: Path = (context, r) => {
  context.moveTo(0, -r * 1.02);
  context.lineTo(r * 1.08, r * 0.86);
  context.lineTo(-r * 1.08, r * 0.86);
  context.closePath();
};

/** The shapes of the groups, in the order in which the dictionary of categories brings them up. */
export const SHAPES: Path[] = [
  square, circle, polygon(6, 0), polygon(4, 0), polygon(5, -Math.PI / 2), polygon(8, Math.PI / 8), polygon(3, Math.PI / 2),
];

export class MarkPainter {
  private readonly groups: string[];

  constructor(
    private readonly categories: Choice[],
    private readonly icons: Icons,
  ) {
    this.groups = [...new Set(categories.map((category) => category.group ?? ""))];
  }

  /** The mark of a category (index; −1 for none). */
  async paint(category: number, poi: boolean, theme: Theme): Promise<ImageData> {
    const choice = this.categories[category];
    const colour = choice?.colour || theme.soft;
    const shape = poi ? triangle : SHAPES[this.groups.indexOf(choice?.group ?? "") % SHAPES.length] ?? circle;
    const context = canvas(SIZE * RATIO);
    context.translate((SIZE * RATIO) / 2, (SIZE * RATIO) / 2);
    outline(context, shape, (SIZE / 2 - 1) * RATIO, theme.paper);
    outline(context, shape, (SIZE / 2 - 2.2) * RATIO, colour);
    const icon = await this.icons.picture(choice?.icon, "#ffffff");
    const size = (poi ? ICON * 0.8 : ICON) * RATIO;
    if (icon) context.drawImage(icon, -size / 2, -size / 2 + (poi ? 2.4 * RATIO : 0), size, size);
    return context.getImageData(0, 0, SIZE * RATIO, SIZE * RATIO);
  }
}

/** A bare triangle, set beside a group that holds points of particular interest. */
export function poiFlag(theme: Theme): ImageData {
  const size = 14 * RATIO;
  const context = canvas(size);
  context.translate(size / 2, size / 2);
  outline(context, triangle, 6.6 * RATIO, theme.paper);
  outline(context, triangle, 4.6 * RATIO, theme.ink);
  return context.getImageData(0, 0, size, size);
}

/** A plate that stretches with its number: links known only to a country. */
export function badgePlate(theme: Theme): ImageData {
  const size = 20 * RATIO;
  const context = canvas(size);
  context.fillStyle = theme.paper;
  context.strokeStyle = theme.ink;
  context.lineWidth = 1.4 * RATIO;
  context.setLineDash([3 * RATIO, 2 * RATIO]);
  context.roundRect(RATIO, RATIO, size - 2 * RATIO, size - 2 * RATIO, 3 * RATIO);
  context.fill();
  context.stroke();
  return context.getImageData(0, 0, size, size);
}

function outline(context: CanvasRenderingContext2D, shape: Path, r: number, colour: string): void {
  context.beginPath();
  shape(context, r);
  context.fillStyle = colour;
  context.fill();
}

function canvas(size: number): CanvasRenderingContext2D {
  const element = document.createElement("canvas");
  element.width = element.height = size;
  return element.getContext("2d", { willReadFrequently: true })!;
}
