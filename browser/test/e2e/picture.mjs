// Looks at screenshots: which pixels differ between two of them.

/** Reads PNGs in a blank page of the browser itself. */
export async function pictures(browser, ...pngs) {
  const page = await browser.newPage();
  try {
    return await Promise.all(pngs.map((png) => pixels(page, png)));
  } finally {
    await page.close();
  }
}

async function pixels(page, png) {
  const { width, height, base64 } = await page.evaluate(async (source) => {
    const image = new Image();
    image.src = `data:image/png;base64,${source}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    let text = "";
    for (let at = 0; at < data.length; at += 32768) text += String.fromCharCode(...data.subarray(at, at + 32768));
    return { width: image.width, height: image.height, base64: btoa(text) };
  }, png.toString("base64"));
  return { width, height, data: Buffer.from(base64, "base64") };
}

/** Whether two pictures differ within one pixel of a point, by more than a shade. */
export function differ(a, b, x, y) {
  for (let dy = -1; dy <= 1; dy++) {
    for (let dx = -1; dx <= 1; dx++) {
      const at = 4 * ((Math.round(y) + dy) * a.width + Math.round(x) + dx);
      const difference = [0, 1, 2].reduce((sum, channel) => sum + Math.abs(a.data[at + channel] - b.data[at + channel]), 0);
      if (difference > 24) return true;
    }
  }
  return false;
}

/** How many different colours a picture has: a map that was not drawn has few. */
export function colours({ data }) {
  const seen = new Set();
  for (let at = 0; at < data.length; at += 4) seen.add(data.readUInt32BE(at));
  return seen.size;
}
