import { type AuditEvent, listAuditEvents } from "@corbenic/sdk/endpoints";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { ask } from "../cloud.ts";
import { Failure } from "../parts/failure.tsx";
import { secondsOf, useNow } from "../parts/now.ts";
import { Panel } from "../parts/page.tsx";
import { Table } from "../parts/table.tsx";
import { Moment } from "../parts/time.tsx";
import { keyOf } from "../queries.ts";
import { type Difference, differencesOf } from "./differences.ts";

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
          { title: "To", cell: ({ object }) => <ObjectName object={object} /> },
          { title: "Changed", cell: (event) => <Changed event={event} /> },
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

/** What was acted on: a job leads to its page, and long ids are cut. */
function ObjectName({ object }: { readonly object: string }): ReactNode {
  const [noun = "", id = ""] = object.split(":", 2);
  const text = `${noun.replaceAll("_", " ")} ${id.length > 12 ? `${id.slice(0, 8)} …` : id}`;
  return noun === "job" ? (
    <Link to="/jobs/$id" params={{ id }} title={object} className="one-line">
      {text}
    </Link>
  ) : (
    <span title={object} className="one-line">
      {text}
    </span>
  );
}

const fieldsShown = 4;

/** The first fields that the event changed; the others unfold. */
function Changed({ event: { before, after } }: { readonly event: AuditEvent }): ReactNode {
  const differences = differencesOf(before, after);
  if (differences.length === 0) return null;
  const line = ({ field, before: was, after: is }: Difference) => (
    <li key={field}>
      <span className="quiet-text">{field}</span> {was !== "" && <del>{was}</del>}{" "}
      {is !== "" && <ins>{is}</ins>}
    </li>
  );
  return (
    <>
      <ul className="differences">{differences.slice(0, fieldsShown).map(line)}</ul>
      {differences.length > fieldsShown && (
        <details>
          <summary>{differences.length - fieldsShown} more</summary>
          <ul className="differences">{differences.slice(fieldsShown).map(line)}</ul>
        </details>
      )}
    </>
  );
}
