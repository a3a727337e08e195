import type { RunResults } from "@corbenic/sdk";
import { type ReactNode, useMemo } from "react";
import { iterationName } from "./results-view.tsx";
import { topStates } from "./states.ts";

const rowHeight = 22;
const statesMost = 24;
const characterWidth = 7.4;
const axisHeight = 26;
const mapWidth = 640;

/** The likeliest states of all iterations together, by iteration: the darker a field, the likelier the state. */
export function IterationMap(props: {
  readonly runs: readonly RunResults[];
  readonly onChoose: (run: number) => void;
}): ReactNode {
  const { runs, onChoose } = props;
  const { states, shares, largest } = useMemo(() => fieldsOf(runs), [runs]);
  const left = Math.max(...states.map((state) => state.length), 4) * characterWidth + 10;
  const width = mapWidth / runs.length;
  const height = states.length * rowHeight;
  return (
    <svg
      className="iterations"
      width={left + mapWidth + 8}
      height={height + axisHeight}
      viewBox={`0 0 ${left + mapWidth + 8} ${height + axisHeight}`}
      role="img"
      aria-label={`${states.length} states over ${runs.length} iterations`}
    >
      {states.map((state, row) => (
        <text key={state} className="state" x={left - 10} y={(row + 0.5) * rowHeight}>
          {state}
        </text>
      ))}
      {runs.map((run, column) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an iteration is its number
        // biome-ignore lint/a11y/noStaticElementInteractions: the same choice is in the list of iterations
        <g key={column} onClick={() => onChoose(column)} className="iteration">
          {states.map((state, row) => {
            const share = shares[column]!.get(state) ?? 0;
            return (
              <rect
                key={state}
                className="field-of-map"
                x={left + column * width}
                y={row * rowHeight + 1}
                width={Math.max(width - (width > 6 ? 1 : 0), 0.5)}
                height={rowHeight - 2}
                fillOpacity={largest === 0 ? 0 : share / largest}
              >
                <title>{`${iterationName(run, column)}\n${state}: ${share.toFixed(4)}`}</title>
              </rect>
            );
          })}
        </g>
      ))}
      <text className="axis" x={left} y={height + 16} textAnchor="start">
        {iterationName(runs[0]!, 0)}
      </text>
      <text className="axis" x={left + mapWidth} y={height + 16} textAnchor="end">
        {iterationName(runs.at(-1)!, runs.length - 1)}
      </text>
    </svg>
  );
}

/** Counts become shares, so that iterations of different lengths compare. */
function fieldsOf(runs: readonly RunResults[]) {
  const sums = new Map<string, number>();
  const shares = runs.map(({ distribution }) => {
    const { total } = distribution;
    return new Map([...distribution].map(([state, value]) => [state, total === 0 ? 0 : value / total]));
  });
  let largest = 0;
  for (const each of shares) {
    for (const [state, share] of each) {
      sums.set(state, (sums.get(state) ?? 0) + share);
      largest = Math.max(largest, share);
    }
  }
  const states = topStates(sums, statesMost, "state").entries.map(([state]) => state);
  return { states, shares, largest };
}
