import type { ReactNode } from "react";
import { Scrollable } from "../parts/scrollable.tsx";

const samplesShown = 1_000;
const characterWidth = 8.2;

/** Samples in the order in which they were taken, line by line. */
export function SampleList({ samples }: { readonly samples: readonly string[] }): ReactNode {
  const shown = samples.slice(0, samplesShown);
  const longest = shown.reduce((most, { length }) => Math.max(most, length), 0);
  const width = Math.ceil(longest * characterWidth + 64);
  return (
    <>
      <Scrollable className="samples-scroll" label="Samples, scrolls">
        <ol
          className="samples"
          style={{ gridTemplateColumns: `repeat(auto-fill, minmax(min(${width}px, 100%), 1fr))` }}
        >
          {shown.map((sample, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a sample is its place
            <li key={i}>{sample}</li>
          ))}
        </ol>
      </Scrollable>
      {samples.length > samplesShown && (
        <p className="quiet-text">
          The first {samplesShown.toLocaleString("en")} of {samples.length.toLocaleString("en")}: the files
          have all.
        </p>
      )}
    </>
  );
}
