import type { Experiment } from "@corbenic/photonics/model";
import { type KeyboardEvent, type ReactNode, useMemo, useRef, useState } from "react";
import { ComponentShape } from "./component-shape.tsx";
import { InputEnd, OutputEnd, outputWidth } from "./ends.tsx";
import { type Geometry, geometryFor, xOf, yOf } from "./geometry.ts";
import { detailsOf } from "./label.ts";
import { type Drawn, type Frame, layOut, unfoldedAtFirst } from "./layout.ts";
import "./circuit.css";

const zoomSteps = [0.35, 0.5, 0.7, 0.85, 1, 1.25, 1.6, 2];

/** An experiment drawn as its components on their modes; nested circuits unfold where they are chosen. */
export function CircuitDrawing({ experiment }: { readonly experiment: Experiment }): ReactNode {
  const { modes, components } = experiment;
  const [unfolded, setUnfolded] = useState(() => unfoldedAtFirst(components));
  const [scale, setScale] = useState(1);
  const scroll = useRef<HTMLElement>(null);
  const geometry = geometryFor(modes);
  const layout = useMemo(
    () => layOut(modes, components, unfolded, geometry.spacing),
    [modes, components, unfolded, geometry.spacing],
  );
  const end = xOf(geometry, layout.width + 0.4);
  const width = end + outputWidth(experiment);
  const height = geometry.top * 2 + modes * geometry.spacing;
  const fit = () => {
    const room = scroll.current!.clientWidth / width;
    setScale(Math.min(1, Math.max(zoomSteps[0]!, Math.floor(room * 100) / 100)));
  };
  const toggle = (key: string) =>
    setUnfolded((before) => {
      const after = new Set(before);
      if (!after.delete(key)) after.add(key);
      return after;
    });
  return (
    <figure className="circuit">
      <div className="toolbar" role="toolbar" aria-label="Circuit view">
        <button
          type="button"
          onClick={() => setScale(zoomSteps.findLast((step) => step < scale) ?? zoomSteps[0]!)}
          aria-label="Zoom out"
        >
          −
        </button>
        <output aria-label="Zoom">{Math.round(scale * 100)} %</output>
        <button
          type="button"
          onClick={() => setScale(zoomSteps.find((step) => step > scale) ?? zoomSteps.at(-1)!)}
          aria-label="Zoom in"
        >
          +
        </button>
        <button type="button" className="fit" onClick={fit}>
          Fit
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section className="circuit-scroll" ref={scroll} tabIndex={0} aria-label="Circuit, scrolls">
        {/* biome-ignore lint/a11y/useSemanticElements: SVG has no fieldset */}
        <svg
          width={width * scale}
          height={height * scale}
          viewBox={`0 0 ${width} ${height}`}
          role="group"
          aria-label={summaryOf(experiment)}
        >
          {Array.from({ length: modes }, (_, mode) => (
            <line
              // biome-ignore lint/suspicious/noArrayIndexKey: a mode is its number
              key={mode}
              className="guide"
              x1={geometry.left - 8}
              x2={end}
              y1={yOf(geometry, mode)}
              y2={yOf(geometry, mode)}
            />
          ))}
          {layout.frames.map((frame) => (
            <FrameShape key={frame.key} frame={frame} geometry={geometry} onFold={() => toggle(frame.key)} />
          ))}
          {layout.drawn.map((drawn) => (
            <Placed key={drawn.key} drawn={drawn} geometry={geometry} onUnfold={() => toggle(drawn.key)} />
          ))}
          <InputEnd experiment={experiment} geometry={geometry} />
          <OutputEnd experiment={experiment} geometry={geometry} x={end} />
        </svg>
      </section>
    </figure>
  );
}

function Placed(props: {
  readonly drawn: Drawn;
  readonly geometry: Geometry;
  readonly onUnfold: () => void;
}): ReactNode {
  const { drawn, geometry, onUnfold } = props;
  const details = detailsOf(drawn.component);
  const unfolds = drawn.component.kind === "circuit";
  const shape = (
    <>
      <title>{details.join("\n")}</title>
      <ComponentShape drawn={drawn} geometry={geometry} />
    </>
  );
  return unfolds ? (
    <Pressable label={`Unfold ${details[0]}`} onPress={onUnfold}>
      {shape}
    </Pressable>
  ) : (
    <g>{shape}</g>
  );
}

function FrameShape(props: {
  readonly frame: Frame;
  readonly geometry: Geometry;
  readonly onFold: () => void;
}): ReactNode {
  const { frame, geometry, onFold } = props;
  const x = xOf(geometry, frame.x) + 3;
  const y = yOf(geometry, frame.mode) - geometry.spacing * 0.47;
  const name = frame.name === "" ? "circuit" : frame.name;
  return (
    <>
      <rect
        className="frame"
        x={x}
        y={y}
        width={frame.width * geometry.spacing - 6}
        height={(frame.modes - 0.06) * geometry.spacing}
        rx={8}
      />
      <Pressable label={`Fold ${name}`} onPress={onFold}>
        <text className="frame-name" x={x + 6} y={y - 3}>
          {name} −
        </text>
      </Pressable>
    </>
  );
}

function Pressable(props: {
  readonly label: string;
  readonly onPress: () => void;
  readonly children: ReactNode;
}): ReactNode {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    props.onPress();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: SVG has no button
    <g
      className="pressable"
      role="button"
      tabIndex={0}
      aria-label={props.label}
      onClick={props.onPress}
      onKeyDown={onKeyDown}
    >
      {props.children}
    </g>
  );
}

function summaryOf({ name, modes, components }: Experiment): string {
  return `Circuit ${name}: ${modes} modes, ${components.length} components`;
}
