import { cancelJobGroup, type JobGroup, jobStates, listJobGroups, listJobs } from "@corbenic/sdk/endpoints";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Answered } from "../parts/answered.tsx";
import { ConfirmButton } from "../parts/confirm-button.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { Failure } from "../parts/failure.tsx";
import { secondsOf, useNow } from "../parts/now.ts";
import { Page, Panel } from "../parts/page.tsx";
import { Progress } from "../parts/progress.tsx";
import { Table } from "../parts/table.tsx";
import { Moment } from "../parts/time.tsx";
import { useAnswer, useChange } from "../queries.ts";

/** Jobs that were submitted under one name, together. */
export function GroupsPage(): ReactNode {
  const groups = useAnswer(listJobGroups, { query: { limit: 100 } });
  return (
    <Page title="Groups">
      <Answered query={groups}>
        {(answer) =>
          answer.groups.length === 0 ? (
            <EmptyState title="No job group yet">
              <p>
                Jobs that are submitted with the same <code>job_group_name</code> are shown here together,
                with how far they are. In Perceval, a <code>JobGroup</code> does it.
              </p>
            </EmptyState>
          ) : (
            <Panel title="The newest first">
              <GroupTable groups={answer.groups} />
            </Panel>
          )
        }
      </Answered>
    </Page>
  );
}

function GroupTable({ groups }: { readonly groups: readonly JobGroup[] }): ReactNode {
  const now = useNow();
  const cancel = useChange(cancelJobGroup, [listJobGroups, listJobs]);
  return (
    <>
      <Failure error={cancel.error} />
      <Table
        label="Job groups"
        rows={groups}
        keyOf={({ name }) => name}
        columns={[
          {
            title: "Group",
            cell: ({ name }) => (
              <Link to="/jobs" search={{ group: name }} className="job-link">
                {name}
              </Link>
            ),
          },
          { title: "Jobs", numeric: true, cell: ({ jobs }) => jobs.toLocaleString("en") },
          {
            title: "Ended",
            cell: ({ progress }) => <Progress part={progress} label="Part of the jobs that have ended" />,
          },
          { title: "In each state", cell: ({ counts }) => countsOf(counts) },
          {
            title: "Newest job",
            cell: ({ last_created_at }) => <Moment seconds={secondsOf(last_created_at)} now={now} />,
          },
          {
            title: "",
            cell: ({ name, progress }) =>
              progress < 1 && (
                <ConfirmButton
                  action="Cancel group"
                  consequence={`Cancel all jobs of “${name}” that have not ended?`}
                  onConfirm={() => cancel.mutate({ body: { group_name: name } })}
                />
              ),
          },
        ]}
      />
    </>
  );
}

function countsOf(counts: JobGroup["counts"]): string {
  return jobStates
    .filter((state) => counts[state] > 0)
    .map((state) => `${counts[state].toLocaleString("en")} ${state.replace("_", " ")}`)
    .join(", ");
}
