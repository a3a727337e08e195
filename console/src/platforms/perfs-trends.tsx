import { getPlatformPerfs, type PerfsHistory } from "@corbenic/sdk/endpoints";
import { type ReactNode, useState } from "react";
import { LeftAxis } from "../chart/axes.tsx";
import { extentOf, linearScale, roundDomain } from "../chart/scale.ts";
import { Sized } from "../chart/sized.tsx";
import { formatNumber } from "../circuit/format-number.ts";
import { Answered } from "../parts/answered.tsx";
import { Choice } from "../parts/choice.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { secondsOf } from "../parts/now.ts";
import { Panel } from "../parts/page.tsx";
import { useAnswer } from "../queries.ts";

const spans = [
  [1, "24 hours"],
  [7, "7 days"],
  [30, "30 days"],
  [90, "90 days"],
] as const;

/** What the platform measured of itself as time went by, a small plot for each figure. */
export function PerfsTrends({ name }: { readonly name: string }): ReactNode {
  const [days, setDays] = useState<number>(30);
  const history = useAnswer(getPlatformPerfs, { params: { name }, query: { days } }, { everyMs: 60_000 });
  return (
    <Panel
      title="What it measured of itself"
      aside={<Choice label="Time" unseen value={days} options={spans} onChoose={setDays} />}
    >
      <Answered query={history}>
        {({ snapshots }) =>
          snapshots.length === 0 ? (
            <EmptyState title="No measurement in this time">
              <p>What a platform tells of its performance is drawn here as it changes.</p>
            </EmptyState>
          ) : (
            <div className="trends">
              {namesOf(snapshots).map((each) => (
                <Trend key={each} name={each} snapshots={snapshots} days={days} />
              ))}
            </div>
          )
        }
      </Answered>
    </Panel>
  );
}

const plot = { left: 44, top: 10, bottom: 110, height: 132 };

interface TrendProps {
  readonly name: string;
  readonly snapshots: PerfsHistory["snapshots"];
  readonly days: number;
}

/** One figure: steps from one measurement to the next, the last of which stands until now. */
function Trend({ name, snapshots, days }: TrendProps): ReactNode {
  const [now] = useState(() => Date.now() / 1_000);
  const points = snapshots
    .filter(({ perfs }) => perfs[name] !== undefined)
    .map(({ at, perfs }) => ({ at, seconds: secondsOf(at), value: perfs[name]! }));
  const from = now - days * 86_400;
  const y = linearScale(roundDomain(extentOf(points.map(({ value }) => value)), 3), [plot.bottom, plot.top]);
  const last = points.at(-1)!;
  const written = withUnit(name, last.value);
  return (
    <figure className="trend">
      <figcaption>
        <span>{name}</span> <strong>{written}</strong>
      </figcaption>
      <Sized>
        {(width) => {
          const right = width - 4;
          const x = linearScale([from, now], [plot.left, right]);
          const path = points
            .map(({ seconds, value }, i) =>
              i === 0 ? `M${x.at(seconds)} ${y.at(value)}` : `H${x.at(seconds)}V${y.at(value)}`,
            )
            .join("");
          return (
            <svg
              className="plot"
              width={width}
              height={plot.height}
              viewBox={`0 0 ${width} ${plot.height}`}
              role="img"
              aria-label={`${name} over ${days} days, now ${formatNumber(last.value)}`}
            >
              <LeftAxis scale={y} x={plot.left} to={right} title="" most={3} />
              <g className="series series-0">
                <path className="line thin" d={`${path}H${right}`} />
                {points.map(({ at, seconds, value }) => (
                  <circle
                    key={at}
                    className="dot"
                    cx={x.at(seconds)}
                    cy={y.at(value)}
                    r={points.length > 40 ? 1 : 2.5}
                  >
                    <title>{`${new Date(at).toLocaleString()}\n${at} (UTC)\n${withUnit(name, value)}`}</title>
                  </circle>
                ))}
              </g>
              <text className="axis" x={plot.left} y={plot.bottom + 14}>
                {days === 1 ? "24 hours ago" : `${days} days ago`}
              </text>
              <text className="axis" x={right} y={plot.bottom + 14} textAnchor="end">
                now
              </text>
            </svg>
          );
        }}
      </Sized>
    </figure>
  );
}

function namesOf(snapshots: PerfsHistory["snapshots"]): string[] {
  return [...new Set(snapshots.flatMap(({ perfs }) => Object.keys(perfs)))].sort();
}

/** A figure with the unit that its name ends with, as in `HOM (%)`. */
function withUnit(name: string, value: number): string {
  const unit = /\(([^()]{1,8})\)$/.exec(name.trim())?.[1];
  return unit === undefined ? formatNumber(value) : `${formatNumber(value)} ${unit}`;
}
