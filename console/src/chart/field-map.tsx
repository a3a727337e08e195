import { type KeyboardEvent, type MouseEvent, type ReactNode, useMemo, useState } from "react";
import { type Field, nextField, pathOf, shadesOf } from "./fields.ts";

interface FieldMapProps {
  readonly fields: readonly Field[];
  /** The place of the map within its drawing, in pixels. */
  readonly area: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  /** The values of the faintest and of the strongest shade. */
  readonly domain: readonly [number, number];
  /** A field in words. */
  readonly describe: (field: Field) => string;
  /** Told which field is pointed at. */
  readonly onPoint: (field: Field | undefined) => void;
  readonly onChoose: (field: Field) => void;
}

const steps: Readonly<Record<string, readonly [dx: number, dy: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The fields of a heat map: pointed at by mouse, or gone through by arrow keys, and chosen by a click or Enter. */
export function FieldMap(props: FieldMapProps): ReactNode {
  const { fields, area, domain, describe, onPoint, onChoose } = props;
  const [pointed, setPointed] = useState<Field>();
  const drawn = useMemo(() => shadesOf(fields, domain), [fields, domain]);
  const point = (field: Field | undefined) => {
    if (field === pointed) return;
    setPointed(field);
    onPoint(field);
  };
  const here = pointed !== undefined && fields.includes(pointed) ? pointed : undefined;
  const fieldUnder = ({ clientX, clientY, currentTarget }: MouseEvent<SVGRectElement>) => {
    const box = currentTarget.getBoundingClientRect();
    const x = area.x + ((clientX - box.left) / box.width) * area.width;
    const y = area.y + ((clientY - box.top) / box.height) * area.height;
    return fields.find((each) => isWithin(each, x, y));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const from = here ?? fields[0];
    if (from === undefined) return;
    const step = steps[event.key];
    if (step !== undefined) point(here === undefined ? from : nextField(fields, from, ...step));
    else if (event.key === "Enter" && here !== undefined) onChoose(here);
    else return;
    event.preventDefault();
  };
  return (
    <>
      {isFull(fields, area) ? (
        <rect className="map-ground" {...area} />
      ) : (
        <path className="map-ground" d={pathOf(fields)} />
      )}
      {drawn.map(({ opacity, path }) => (
        <path key={opacity} className="field-of-map" d={path} fillOpacity={opacity} />
      ))}
      <rect className="frame" {...area} />
      {here !== undefined && (
        <rect
          className="pointed-field"
          data-passing
          x={here.x}
          y={here.y}
          width={here.width}
          height={here.height}
        />
      )}
      {/* biome-ignore lint/a11y/useSemanticElements: SVG has no button */}
      <rect
        className="map-touch"
        {...area}
        role="button"
        tabIndex={0}
        aria-label={
          here === undefined
            ? "Fields of the map: arrow keys go through them, Enter opens the iteration"
            : describe(here)
        }
        onPointerMove={(event) => point(fieldUnder(event))}
        onPointerLeave={() => point(undefined)}
        onClick={(event) => {
          const field = fieldUnder(event);
          if (field !== undefined) onChoose(field);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => point(undefined)}
      />
    </>
  );
}

/** Whether there is a field everywhere. Where there is none, nothing is drawn, not even the faintest shade. */
function isFull(fields: readonly Field[], { width, height }: FieldMapProps["area"]): boolean {
  const covered = fields.reduce((sum, each) => sum + each.width * each.height, 0);
  return covered > width * height * 0.999;
}

function isWithin({ x, y, width, height }: Field, atX: number, atY: number): boolean {
  return atX >= x && atX < x + width && atY >= y && atY < y + height;
}
