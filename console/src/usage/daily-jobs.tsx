import type { ReactNode } from "react";
import type { Used } from "./used.ts";
import "./usage.css";

const width = 900;
const height = 150;
const labelHeight = 20;

const dayOf = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeZone: "UTC" });

/** How many jobs were sent on each day (UTC), the last of them today, with those that failed or were canceled apart. */
export function DailyJobs({ days }: { readonly days: readonly Used[] }): ReactNode {
  const largest = Math.max(...days.map(({ jobs }) => jobs), 1);
  const step = width / days.length;
  const total = days.reduce((sum, { jobs }) => sum + jobs, 0);
  return (
    <>
      <svg
        className="bars"
        viewBox={`0 0 ${width} ${height + labelHeight}`}
        width="100%"
        role="img"
        aria-label={`${count(total)} jobs in ${days.length} days, ${count(largest)} at most on one day`}
      >
        {days.map((day, i) => (
          <g key={day.name}>
            <title>{`${dayOf.format(new Date(day.name))} (UTC): ${describe(day)}`}</title>
            <rect className="track" x={i * step + 1} y={height - 1} width={step - 2} height={1} />
            {stacked(day).map(({ kind, jobs, below }) => (
              <rect
                key={kind}
                className={`bar ${kind}`}
                x={i * step + 1}
                y={height - ((below + jobs) / largest) * (height - 16)}
                width={step - 2}
                height={(jobs / largest) * (height - 16)}
              />
            ))}
            {day.jobs > 0 && days.length <= 30 && (
              <text
                className="value"
                x={i === days.length - 1 ? width : (i + 0.5) * step}
                y={height - (day.jobs / largest) * (height - 16) - 9}
                textAnchor={i === days.length - 1 ? "end" : "middle"}
              >
                {count(day.jobs)}
              </text>
            )}
          </g>
        ))}
        <text className="axis" x={0} y={height + 12}>
          {days[0] !== undefined && dayOf.format(new Date(days[0].name))}
        </text>
        <text className="axis" x={width} y={height + 12} textAnchor="end">
          today
        </text>
      </svg>
      <p className="usage-key quiet-text">
        {kinds.map(([kind, name]) => (
          <span key={kind}>
            <span className={`usage-mark ${kind}`} aria-hidden="true" /> {name}
          </span>
        ))}
      </p>
    </>
  );
}

const kinds = [
  ["well", "completed, or not ended yet"],
  ["failed", "failed"],
  ["canceled", "canceled"],
] as const;

/** The parts of a day's bar, from its foot to its top. */
function stacked({ jobs, failed, canceled }: Used) {
  const well = jobs - failed - canceled;
  return [
    { kind: "well", jobs: well, below: 0 },
    { kind: "failed", jobs: failed, below: well },
    { kind: "canceled", jobs: canceled, below: well + failed },
  ].filter((part) => part.jobs > 0);
}

function describe({ jobs, failed, canceled }: Used): string {
  const apart = [
    ...(failed > 0 ? [`${count(failed)} failed`] : []),
    ...(canceled > 0 ? [`${count(canceled)} canceled`] : []),
  ];
  return [`${count(jobs)} ${jobs === 1 ? "job" : "jobs"}`, ...apart].join(", ");
}

function count(jobs: number): string {
  return jobs.toLocaleString("en");
}
