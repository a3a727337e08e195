import { useQueries, useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { keyOf } from "../queries.ts";
import type { JobFilters } from "./job-filters.ts";
import { askForJobs, type JobPage, jobsAPage, type ListedJob, listOf } from "./job-pages.ts";

/** The rows that are looked at. */
export interface RowsInView {
  readonly first: number;
  readonly last: number;
  /** Whether nothing is above them. */
  readonly isTop: boolean;
}

export interface ListedJobs {
  readonly isPending: boolean;
  readonly error: Error | null;
  /** How many rows the list has. */
  readonly count: number;
  /** Undefined while it is still to come. */
  readonly jobAt: (row: number) => ListedJob | undefined;
  /** Jobs submitted since the top was left, which the list does not show. */
  readonly newer: number;
  /** Whether there may be more of these. */
  readonly newerAtLeast: boolean;
  /** Tells which rows are looked at. Always the same function. */
  readonly onView: (rows: RowsInView) => void;
}

/** Pages out of sight are forgotten after this time: lists can be longer than a browser likes to remember. */
const forgottenAfterMs = 30_000;

/**
 * The jobs that pass the filters, as rows by number: pages are asked for where one looks, wherever that is. The list
 * follows what happens while its top is in view; below, it stays what it was when that was left, so that new jobs
 * do not push away what one reads.
 */
export function useListedJobs(filters: JobFilters): ListedJobs {
  const { rows, isTop, onView } = useRowsLookedAt();
  /** When the top was in view last, and how long the list was then. */
  const [left, setLeft] = useState<{ readonly at: string; readonly total: number }>();
  const endpoint = listOf(filters);
  const top = useQuery({
    queryKey: keyOf(endpoint, { filters, top: true }),
    queryFn: ({ signal }): Promise<JobPage> => askForJobs(filters, { with_total: true, signal }),
  });
  const { jobs = [], counted_at, total = 0 } = top.data ?? {};
  // In any other order new jobs come wherever they belong, at once.
  const isNewestFirst = (filters.sort ?? "-created") === "-created";
  if (isNewestFirst && isTop && counted_at !== undefined && left?.at !== counted_at) {
    setLeft({ at: counted_at, total });
  }
  const newer =
    isNewestFirst && !isTop && left !== undefined
      ? jobs.filter((job) => job.created_at >= left.at).length
      : 0;
  const newerAtLeast = newer === jobsAPage;
  const before = isNewestFirst ? left?.at : undefined;

  const missing = top.isSuccess ? pagesUnder(rows, jobs.length - newer, total - newer) : [];
  const pages = useQueries({
    queries: missing.map((number) => ({
      queryKey: keyOf(endpoint, { filters, before, number }),
      queryFn: ({ signal }: { signal: AbortSignal }): Promise<JobPage> =>
        askForJobs(filters, { before, offset: number * jobsAPage, signal }),
      gcTime: forgottenAfterMs,
    })),
  });
  const byNumber = new Map(missing.map((number, i) => [number, pages[i]?.data?.jobs]));
  return {
    isPending: top.isPending,
    error: top.error ?? pages.find(({ error }) => error !== null)?.error ?? null,
    count: newerAtLeast ? left!.total : total - newer,
    jobAt: (row) =>
      row + newer < jobs.length
        ? jobs[row + newer]
        : byNumber.get(Math.floor(row / jobsAPage))?.[row % jobsAPage],
    newer,
    newerAtLeast,
    onView,
  };
}

type Rows = Omit<RowsInView, "isTop">;

/** The numbers of the pages that the rows are on, but for what is known already and what there is not. */
function pagesUnder({ first, last }: Rows, known: number, count: number): number[] {
  const from = Math.floor(first / jobsAPage);
  const to = Math.floor(Math.min(last, count - 1) / jobsAPage);
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i).filter(
    (number) => Math.min(count, (number + 1) * jobsAPage) > known,
  );
}

const everyMs = 100;
/** Rows that are asked for beyond those in view, so that they are there when one comes to them. */
const rowsAround = jobsAPage / 2;

/** The rows in view, at most every so often: who drags a scroll bar does not look at what flies past. */
function useRowsLookedAt(): {
  readonly rows: Rows;
  readonly isTop: boolean;
  readonly onView: ListedJobs["onView"];
} {
  const [rows, setRows] = useState<Rows>({ first: 0, last: 0 });
  const [isTop, setIsTop] = useState(true);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef<Rows>(rows);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );
  const onView = useCallback((now: RowsInView) => {
    setIsTop(now.isTop);
    latest.current = now;
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      const { first, last } = latest.current;
      setRows((before) => {
        const around = Math.abs(first - before.first) > jobsAPage ? 0 : rowsAround;
        return { first: Math.max(0, first - around), last: last + around };
      });
    }, everyMs);
  }, []);
  return { rows, isTop, onView };
}
