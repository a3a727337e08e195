import {
  createMaintenanceWindow,
  deleteMaintenanceWindow,
  deletePlatform,
  listAllPlatforms,
  listMaintenanceWindows,
  type ManagedPlatform,
  updatePlatform,
} from "@corbenic/sdk/endpoints";
import { Link } from "@tanstack/react-router";
import { type FormEvent, type ReactNode, useState } from "react";
import { Answered } from "../parts/answered.tsx";
import { ConfirmButton } from "../parts/confirm-button.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { Failure } from "../parts/failure.tsx";
import { Field } from "../parts/field.tsx";
import { secondsOf, useNow } from "../parts/now.ts";
import { Panel } from "../parts/page.tsx";
import { StatusTag } from "../parts/status-tag.tsx";
import { Table } from "../parts/table.tsx";
import { Moment } from "../parts/time.tsx";
import { useAnswer, useChange } from "../queries.ts";

/** All platforms, what is set of them, and when they are worked on. */
export function PlatformsSection(): ReactNode {
  const platforms = useAnswer(listAllPlatforms, { query: { limit: 200 } }, { everyMs: 5_000 });
  const [chosen, setChosen] = useState<string>();
  return (
    <Answered query={platforms}>
      {(answer) => {
        const platform = answer.platforms.find(({ id }) => id === chosen) ?? answer.platforms[0];
        return platform === undefined ? (
          <EmptyState title="No platform yet">
            <p>A worker registers its platform when it starts for the first time.</p>
          </EmptyState>
        ) : (
          <>
            <Panel title="Platforms">
              <PlatformTable platforms={answer.platforms} />
            </Panel>
            <Panel
              title="Maintenance windows"
              aside={
                <select
                  aria-label="Platform"
                  value={platform.id}
                  onChange={({ target }) => setChosen(target.value)}
                >
                  {answer.platforms.map(({ id, name }) => (
                    <option key={id} value={id}>
                      {name}
                    </option>
                  ))}
                </select>
              }
            >
              <Windows platformId={platform.id} />
            </Panel>
          </>
        );
      }}
    </Answered>
  );
}

function PlatformTable({ platforms }: { readonly platforms: readonly ManagedPlatform[] }): ReactNode {
  const update = useChange(updatePlatform, [listAllPlatforms]);
  const remove = useChange(deletePlatform, [listAllPlatforms]);
  return (
    <>
      <Failure error={update.error ?? remove.error} />
      <Table
        label="Platforms"
        rows={platforms}
        keyOf={({ id }) => id}
        columns={[
          {
            title: "Name",
            cell: ({ name }) => (
              <Link to="/platforms/$name" params={{ name }} className="job-link">
                {name}
              </Link>
            ),
          },
          { title: "Kind", cell: ({ type }) => type },
          { title: "Status", cell: ({ status }) => <StatusTag status={status} /> },
          { title: "Jobs", numeric: true, cell: ({ jobs }) => jobs.toLocaleString("en") },
          {
            title: "Known to",
            cell: ({ id, name, visibility }) => (
              <select
                aria-label={`Who may know of ${name}`}
                value={visibility}
                onChange={({ target }) =>
                  update.mutate({ params: { id }, body: { visibility: target.value as typeof visibility } })
                }
              >
                <option value="private">accounts that may use it</option>
                <option value="public">everybody</option>
              </select>
            ),
          },
          {
            title: "Set to",
            cell: ({ id, name, set_status }) => (
              <select
                aria-label={`What ${name} is set to`}
                value={set_status}
                onChange={({ target }) =>
                  update.mutate({ params: { id }, body: { status: target.value as typeof set_status } })
                }
              >
                {["available", "maintenance", "unreachable", "retired"].map((status) => (
                  <option key={status}>{status}</option>
                ))}
              </select>
            ),
          },
          {
            title: "",
            cell: ({ id, name }) => (
              <ConfirmButton
                action="Delete"
                consequence={`Delete the platform ${name}? Its waiting jobs end in error at once. Jobs, results and history stay.`}
                onConfirm={() => remove.mutate({ params: { id } })}
              />
            ),
          },
        ]}
      />
    </>
  );
}

function Windows({ platformId }: { readonly platformId: string }): ReactNode {
  const now = useNow();
  const params = { id: platformId };
  const windows = useAnswer(listMaintenanceWindows, { params, query: {} });
  const create = useChange(createMaintenanceWindow, [listMaintenanceWindows, listAllPlatforms]);
  const remove = useChange(deleteMaintenanceWindow, [listMaintenanceWindows, listAllPlatforms]);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const element = event.currentTarget;
    const form = new FormData(element);
    const instant = (name: string) => new Date(String(form.get(name))).toISOString();
    const body = { start: instant("start"), end: instant("end"), reason: String(form.get("reason")) };
    create.mutate({ params, body }, { onSuccess: () => element.reset() });
  };
  return (
    <>
      <Answered query={windows}>
        {(answer) =>
          answer.windows.length === 0 ? (
            <EmptyState title="No maintenance is planned">
              <p>While a window is open, jobs are accepted and wait.</p>
            </EmptyState>
          ) : (
            <Table
              label="Maintenance windows"
              rows={answer.windows}
              keyOf={({ id }) => id}
              columns={[
                { title: "From", cell: ({ start }) => <Moment seconds={secondsOf(start)} now={now} /> },
                { title: "Until", cell: ({ end }) => <Moment seconds={secondsOf(end)} now={now} /> },
                { title: "Reason", cell: ({ reason }) => reason },
                {
                  title: "",
                  cell: ({ id }) => (
                    <ConfirmButton
                      action="Delete"
                      consequence="Delete this maintenance window? The platform runs jobs in that time."
                      onConfirm={() => remove.mutate({ params: { id } })}
                    />
                  ),
                },
              ]}
            />
          )
        }
      </Answered>
      <h3>Plan maintenance</h3>
      <form onSubmit={submit}>
        <div className="fields">
          <Field label="From" hint="In your own time.">
            {(ids) => <input {...ids} name="start" type="datetime-local" required />}
          </Field>
          <Field label="Until">{(ids) => <input {...ids} name="end" type="datetime-local" required />}</Field>
          <Field label="Reason">
            {(ids) => <input {...ids} name="reason" maxLength={255} autoComplete="off" />}
          </Field>
        </div>
        <Failure error={create.error ?? remove.error} />
        <button type="submit" disabled={create.isPending}>
          Plan it
        </button>
      </form>
    </>
  );
}
