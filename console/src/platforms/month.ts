/** A time in which a platform is maintained, as the cloud tells it. */
export interface Period {
  readonly start: string;
  readonly end: string;
}

/** A day of a month's page, in the reader's own time. */
export interface Day<P extends Period> {
  readonly date: Date;
  /** Whether it belongs to the month, or only fills its first or last week. */
  readonly isOfMonth: boolean;
  readonly periods: readonly P[];
}

/** The weeks of a month, from Monday to Sunday, with the periods that touch each of their days. */
export function weeksOf<P extends Period>(month: Date, periods: readonly P[]): Day<P>[][] {
  const first = new Date(month.getFullYear(), month.getMonth(), 1);
  const before = (first.getDay() + 6) % 7;
  const days = before + new Date(month.getFullYear(), month.getMonth() + 1, 0).getDate();
  return Array.from({ length: Math.ceil(days / 7) }, (_, week) =>
    Array.from({ length: 7 }, (__, day) => {
      const at = week * 7 + day - before + 1;
      const date = new Date(month.getFullYear(), month.getMonth(), at);
      const next = new Date(month.getFullYear(), month.getMonth(), at + 1);
      return {
        date,
        isOfMonth: date.getMonth() === month.getMonth(),
        periods: periods.filter(({ start, end }) => new Date(start) < next && new Date(end) > date),
      };
    }),
  );
}

/** The month so many months after another one. */
export function monthAfter(month: Date, months: number): Date {
  return new Date(month.getFullYear(), month.getMonth() + months, 1);
}
