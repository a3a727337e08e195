import { save } from "../parts/save.ts";

/** What a drawing takes from the page's styles, and needs by itself in a file. */
const kept = [
  "fill",
  "stroke",
  "stroke-width",
  "shape-rendering",
  "stroke-dasharray",
  "paint-order",
  "font-family",
  "font-size",
  "font-weight",
  "text-anchor",
  "dominant-baseline",
] as const;

const drawn = "text, rect, path, line, circle";

/**
 * The drawing as a file of its own: with the colors that it has on the page, and the ground behind it. What shows only
 * where one points (`data-passing`) is left out.
 */
export function standaloneSvg(svg: SVGSVGElement): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = svg.querySelectorAll(drawn);
  for (const [i, element] of copy.querySelectorAll(drawn).entries()) {
    const style = getComputedStyle(originals[i]!);
    for (const property of kept) element.setAttribute(property, style.getPropertyValue(property));
  }
  for (const element of copy.querySelectorAll("[data-passing]")) element.remove();
  const ground = document.createElementNS(svg.namespaceURI, "rect");
  ground.setAttribute("width", "100%");
  ground.setAttribute("height", "100%");
  ground.setAttribute("fill", getComputedStyle(document.body).backgroundColor);
  copy.prepend(ground);
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  return new XMLSerializer().serializeToString(copy);
}

export function saveSvg(svg: SVGSVGElement, name: string): void {
  save(name, "image/svg+xml", standaloneSvg(svg));
}

const dotsAPixel = 2;

export async function savePng(svg: SVGSVGElement, name: string): Promise<void> {
  const { width, height } = svg.getBoundingClientRect();
  const url = URL.createObjectURL(new Blob([standaloneSvg(svg)], { type: "image/svg+xml" }));
  const image = new Image(width, height);
  image.src = url;
  await image.decode();
  const canvas = new OffscreenCanvas(width * dotsAPixel, height * dotsAPixel);
  canvas.getContext("2d")!.drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(url);
  save(name, "image/png", await canvas.convertToBlob({ type: "image/png" }));
}
