import type { JobView } from "@corbenic/sdk/endpoints";
import type { ReactNode } from "react";
import { secondsOf, useNow } from "../parts/now.ts";
import { StatusTag } from "../parts/status-tag.tsx";
import { Table } from "../parts/table.tsx";
import { Moment } from "../parts/time.tsx";
import { actorInWords, transitionInWords } from "./event-words.ts";

/** Everything that happened to the job, in order. */
export function EventsTab({ job }: { readonly job: JobView }): ReactNode {
  const now = useNow();
  const rows = job.events.map((event, i) => ({ ...event, i }));
  return (
    <Table
      label="Events"
      rows={rows}
      keyOf={({ i }) => i}
      columns={[
        { title: "When", cell: ({ at }) => <Moment seconds={secondsOf(at)} now={now} /> },
        { title: "What", cell: ({ transition }) => transitionInWords(transition) },
        { title: "Then", cell: ({ to_state }) => <StatusTag status={to_state} /> },
        { title: "Attempt", numeric: true, cell: ({ attempt }) => (attempt === 0 ? "–" : attempt) },
        { title: "By", cell: ({ actor }) => actorInWords(actor) },
        { title: "Message", cell: ({ message }) => message },
      ]}
    />
  );
}
