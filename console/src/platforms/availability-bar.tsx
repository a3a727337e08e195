import type { PlatformAvailability } from "@corbenic/sdk/endpoints";
import type { ReactNode } from "react";

const days = 30;
const dayMs = 86_400_000;
const parts = ["available", "maintenance", "unreachable", "retired"] as const;
const barHeight = 40;
const barWidth = 10;
const gap = 3;

/** A column for each of 30 days, divided by how long the platform was in each status. */
export function AvailabilityBar({
  availability,
}: {
  readonly availability: PlatformAvailability;
}): ReactNode {
  const byDay = new Map(availability.shares.map((share) => [share.start.slice(0, 10), share]));
  const last = Date.now();
  const width = days * (barWidth + gap) - gap;
  const { total } = availability;
  const summary =
    total === null ? "Nothing is known yet" : `Available ${percent(total.available)} of the time`;
  return (
    <figure className="availability">
      <svg viewBox={`0 0 ${width} ${barHeight}`} role="img" aria-label={summary} preserveAspectRatio="none">
        {Array.from({ length: days }, (_, i) => {
          const day = new Date(last - (days - 1 - i) * dayMs).toISOString().slice(0, 10);
          const share = byDay.get(day);
          let y = 0;
          return (
            <g key={day}>
              <title>
                {share === undefined
                  ? `${day}: not known`
                  : `${day} (UTC): ${parts.map((part) => `${part} ${percent(share[part])}`).join(", ")}`}
              </title>
              <rect className="unknown" x={i * (barWidth + gap)} y={0} width={barWidth} height={barHeight} />
              {share !== undefined &&
                parts.map((part) => {
                  const height = share[part] * barHeight;
                  const at = y;
                  y += height;
                  return (
                    <rect
                      key={part}
                      className={part}
                      x={i * (barWidth + gap)}
                      y={at}
                      width={barWidth}
                      height={height}
                    />
                  );
                })}
            </g>
          );
        })}
      </svg>
      <figcaption>
        <span>30 days ago</span>
        <strong>{summary}</strong>
        <span>today</span>
      </figcaption>
      <ul className="legend" aria-hidden="true">
        {parts.map((part) =>
          part === "available" || (total?.[part] ?? 0) > 0 ? (
            <li key={part} className={part}>
              {part} {total !== null && percent(total[part])}
            </li>
          ) : null,
        )}
      </ul>
    </figure>
  );
}

function percent(part: number): string {
  return `${(part * 100).toLocaleString("en", { maximumFractionDigits: 1 })} %`;
}
