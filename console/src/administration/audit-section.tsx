import { type AuditEvent, listAuditEvents } from "@corbenic/sdk/endpoints";
import { useInfiniteQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { ask } from "../cloud.ts";
import { Failure } from "../parts/failure.tsx";
import { secondsOf, useNow } from "../parts/now.ts";
import { Panel } from "../parts/page.tsx";
import { Table } from "../parts/table.tsx";
import { Moment } from "../parts/time.tsx";
import { keyOf } from "../queries.ts";

const nouns = ["user", "token", "platform", "permission", "company", "worker_key", "job", "window"] as const;

/** What people changed, the newest first. */
export function AuditSection(): ReactNode {
  const [noun, setNoun] = useState("");
  const now = useNow();
  const pages = useInfiniteQuery({
    queryKey: keyOf(listAuditEvents, { noun }),
    queryFn: ({ pageParam, signal }) => {
      const query = {
        limit: 100,
        ...(noun === "" ? {} : { action: noun }),
        ...(pageParam === null ? {} : { cursor: pageParam }),
      };
      return ask(listAuditEvents, { query, signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ next_cursor }) => next_cursor,
  });
  const events: readonly AuditEvent[] = pages.data?.pages.flatMap((page) => page.events) ?? [];
  return (
    <Panel
      title="Changes"
      aside={
        <select aria-label="What was changed" value={noun} onChange={({ target }) => setNoun(target.value)}>
          <option value="">Everything</option>
          {nouns.map((each) => (
            <option key={each} value={each}>
              {each.replace("_", " ")}
            </option>
          ))}
        </select>
      }
    >
      <Failure error={pages.error} />
      <Table
        label="Audit events"
        rows={events}
        keyOf={({ event_id }) => event_id}
        columns={[
          { title: "When", cell: ({ at }) => <Moment seconds={secondsOf(at)} now={now} /> },
          { title: "Who", cell: ({ email, caller }) => email ?? caller },
          { title: "Did", cell: ({ action }) => <code>{action}</code> },
          { title: "To", cell: ({ object }) => <code>{object}</code> },
          { title: "Before and after", cell: (event) => <Difference event={event} /> },
          { title: "From", cell: ({ address }) => address ?? "–" },
        ]}
      />
      {pages.hasNextPage && (
        <p>
          <button type="button" disabled={pages.isFetching} onClick={() => pages.fetchNextPage()}>
            Older ones
          </button>
        </p>
      )}
    </Panel>
  );
}

function Difference({ event: { before, after } }: { readonly event: AuditEvent }): ReactNode {
  if (before == null && after == null) return "–";
  const text = (value: unknown) => (value == null ? "nothing" : JSON.stringify(value));
  return (
    <span className="why">
      <code>{text(before)}</code> → <code>{text(after)}</code>
    </span>
  );
}
