import { listPlatformMaintenance } from "@corbenic/sdk/endpoints";
import { type ReactNode, useState } from "react";
import { Failure } from "../parts/failure.tsx";
import { Panel } from "../parts/page.tsx";
import { useAnswer } from "../queries.ts";
import { type Day, monthAfter, type Period, weeksOf } from "./month.ts";
import { PeriodText } from "./period-text.tsx";

const monthName = new Intl.DateTimeFormat("en", { month: "long", year: "numeric" });
const dayName = new Intl.DateTimeFormat("en", { weekday: "short" });
const fullDay = new Intl.DateTimeFormat("en", { dateStyle: "full" });

interface Window extends Period {
  readonly reason: string;
}

/** When a platform is maintained, month by month. */
export function MaintenanceCalendar({ name }: { readonly name: string }): ReactNode {
  const [month, setMonth] = useState(() => monthAfter(new Date(), 0));
  const weekMs = 7 * 86_400_000;
  const query = {
    start: new Date(month.getTime() - weekMs).toISOString(),
    end: new Date(monthAfter(month, 1).getTime() + weekMs).toISOString(),
  };
  const { data, error } = useAnswer(listPlatformMaintenance, { params: { name }, query });
  const windows: readonly Window[] = data?.windows ?? [];
  const weeks = weeksOf(month, windows);
  const shown = windows.filter((window) =>
    weeks.some((week) => week.some(({ isOfMonth, periods }) => isOfMonth && periods.includes(window))),
  );
  return (
    <Panel
      title="Maintenance"
      aside={
        <span className="row tight">
          <button type="button" aria-label="The month before" onClick={() => setMonth(monthAfter(month, -1))}>
            ‹
          </button>
          <strong className="month-name" aria-live="polite">
            {monthName.format(month)}
          </strong>
          <button type="button" aria-label="The next month" onClick={() => setMonth(monthAfter(month, 1))}>
            ›
          </button>
        </span>
      }
    >
      <Failure error={error} />
      <table className="calendar" aria-label={`Maintenance in ${monthName.format(month)}`}>
        <thead>
          <tr>
            {weeks[0]!.map(({ date }) => (
              <th key={date.getDay()} scope="col">
                {dayName.format(date)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week[0]!.date.getTime()}>
              {week.map((day) => (
                <DayCell key={day.date.getTime()} day={day} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length === 0 ? (
        <p className="quiet-text">No maintenance in this month.</p>
      ) : (
        <ul className="windows">
          {shown.map(({ start, end, reason }) => (
            <li key={start}>
              <strong>{reason === "" ? "Maintenance" : reason}</strong>
              <span className="quiet-text">
                <PeriodText period={{ start, end }} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function DayCell({ day: { date, isOfMonth, periods } }: { readonly day: Day<Window> }): ReactNode {
  const isToday = date.toDateString() === new Date().toDateString();
  const kinds = [isOfMonth ? "" : "other", periods.length > 0 ? "maintained" : "", isToday ? "today" : ""];
  return (
    <td
      className={kinds.join(" ").trim() || undefined}
      title={fullDay.format(date)}
      aria-current={isToday ? "date" : undefined}
    >
      {date.getDate()}
      {periods.length > 0 && <span className="unseen">, maintenance</span>}
    </td>
  );
}
