import type { ReactNode } from "react";
import type { Pair } from "./pair-states.ts";

const rowHeight = 34;
const barWidth = 560;
const characterWidth = 7.4;

/** Two distributions as two bars a state. */
export function PairChart({ pairs }: { readonly pairs: readonly Pair[] }): ReactNode {
  const largest = Math.max(...pairs.map(({ first, second }) => Math.max(first, second)), Number.MIN_VALUE);
  const left = Math.max(...pairs.map(({ state }) => state.length), 4) * characterWidth + 10;
  const width = left + barWidth + 90;
  const height = pairs.length * rowHeight + 26;
  return (
    <svg
      className="distribution"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="img"
      aria-label={`${pairs.length} states in two distributions`}
    >
      <rect className="bar" x={left} y={4} width={12} height={12} rx={3} />
      <text x={left + 18} y={10}>
        the one
      </text>
      <rect className="bar second" x={left + 90} y={4} width={12} height={12} rx={3} />
      <text x={left + 108} y={10}>
        the other
      </text>
      {pairs.map(({ state, first, second }, row) => {
        const y = 26 + row * rowHeight;
        return (
          <g key={state}>
            <title>{`${state}: ${first} and ${second}`}</title>
            <text className="state" x={left - 8} y={y + 13}>
              {state}
            </text>
            {[first, second].map((share, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the one and the other
              <g key={i}>
                <rect
                  className={i === 0 ? "bar" : "bar second"}
                  x={left}
                  y={y + i * 13}
                  width={(barWidth * share) / largest}
                  height={11}
                  rx={2.5}
                />
                <text className="value" x={left + (barWidth * share) / largest + 6} y={y + i * 13 + 6}>
                  {share.toFixed(4)}
                </text>
              </g>
            ))}
          </g>
        );
      })}
    </svg>
  );
}
