import type { ReactNode } from "react";
import type { Period } from "./month.ts";

const moment = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

/** When a platform is maintained, in the reader's own time, with UTC on hover. */
export function PeriodText({ period: { start, end } }: { readonly period: Period }): ReactNode {
  return <span title={`${start} to ${end} (UTC)`}>{moment.formatRange(new Date(start), new Date(end))}</span>;
}
