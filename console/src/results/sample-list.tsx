import type { ReactNode } from "react";

const samplesShown = 1_000;

/** Samples in the order in which they were taken. */
export function SampleList({ samples }: { readonly samples: readonly string[] }): ReactNode {
  return (
    <>
      <ol className="samples">
        {samples.slice(0, samplesShown).map((sample, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a sample is its place
          <li key={i}>{sample}</li>
        ))}
      </ol>
      {samples.length > samplesShown && (
        <p className="quiet-text">
          The first {samplesShown.toLocaleString("en")} of {samples.length.toLocaleString("en")}: the files
          have all.
        </p>
      )}
    </>
  );
}
