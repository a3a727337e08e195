import { getTokenUsage } from "@corbenic/sdk/endpoints";
import { useQueries } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ask } from "../cloud.ts";
import { keyOf } from "../queries.ts";

const dayMs = 86_400_000;
const width = 900;
const height = 150;
const labelHeight = 20;

interface DailyJobsProps {
  /** Milliseconds since the epoch. */
  readonly until: number;
  readonly days: number;
}

/** How many jobs were sent on each day (UTC), the last of them today. */
export function DailyJobs({ until, days }: DailyJobsProps): ReactNode {
  const today = Math.floor(until / dayMs);
  const starts = Array.from({ length: days }, (_, i) => new Date((today - days + 1 + i) * dayMs));
  const counts = useQueries({
    queries: starts.map((start) => {
      const query = {
        start_time: start.toISOString(),
        end_time: new Date(start.getTime() + dayMs).toISOString(),
      };
      return {
        queryKey: keyOf(getTokenUsage, { query }),
        queryFn: ({ signal }: { signal: AbortSignal }) => ask(getTokenUsage, { query, signal }),
        staleTime: 60_000,
      };
    }),
    combine: (answers) =>
      answers.map(({ data }) => data?.reduce((sum, { total_jobs }) => sum + total_jobs, 0) ?? 0),
  });
  const largest = Math.max(...counts, 1);
  const step = width / days;
  const total = counts.reduce((sum, count) => sum + count, 0);
  return (
    <svg
      className="bars"
      viewBox={`0 0 ${width} ${height + labelHeight}`}
      width="100%"
      role="img"
      aria-label={`${total.toLocaleString("en")} jobs in ${days} days, ${largest.toLocaleString("en")} at most on one day`}
    >
      {starts.map((start, i) => {
        const length = (counts[i]! / largest) * (height - 16);
        const day = start.toISOString().slice(0, 10);
        return (
          <g key={day}>
            <title>{`${day} (UTC): ${counts[i]!.toLocaleString("en")} jobs`}</title>
            <rect className="track" x={i * step + 1} y={height - 1} width={step - 2} height={1} />
            <rect
              className="bar"
              x={i * step + 1}
              y={height - length}
              width={step - 2}
              height={length}
              rx={2}
            />
            {counts[i]! > 0 && days <= 30 && (
              <text className="value" x={(i + 0.5) * step} y={height - length - 9} textAnchor="middle">
                {counts[i]!.toLocaleString("en")}
              </text>
            )}
          </g>
        );
      })}
      <text className="axis" x={0} y={height + 12}>
        {starts[0]!.toISOString().slice(0, 10)}
      </text>
      <text className="axis" x={width} y={height + 12} textAnchor="end">
        today
      </text>
    </svg>
  );
}
