import type { ReactNode, RefObject } from "react";
import { savePng, saveSvg } from "./save-drawing.ts";

/** Saves the drawing within an element, as it is shown. There is none where there is nothing to draw. */
export function SaveDrawing(props: {
  readonly drawing: RefObject<HTMLElement | null>;
  /** What files are named after. */
  readonly name: string;
}): ReactNode {
  const { drawing, name } = props;
  const saveAs = (save: (svg: SVGSVGElement) => unknown) => {
    const svg = drawing.current?.querySelector("svg");
    if (svg) save(svg);
  };
  return (
    <>
      <button type="button" onClick={() => saveAs((svg) => saveSvg(svg, `${name}.svg`))}>
        SVG
      </button>
      <button type="button" onClick={() => saveAs((svg) => savePng(svg, `${name}.png`))}>
        PNG
      </button>
    </>
  );
}
