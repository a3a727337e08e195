import {
  createWorkerKey,
  deleteWorkerKey,
  listAllPlatforms,
  listWorkerKeys,
  type ManagedPlatform,
  rotateWorkerKey,
} from "@corbenic/sdk/endpoints";
import type { FormEvent, ReactNode } from "react";
import { Answered } from "../parts/answered.tsx";
import { ConfirmButton } from "../parts/confirm-button.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { Failure } from "../parts/failure.tsx";
import { Field } from "../parts/field.tsx";
import { Labeled } from "../parts/labeled.tsx";
import { secondsOf, useNow } from "../parts/now.ts";
import { Panel } from "../parts/page.tsx";
import { ShownOnce } from "../parts/shown-once.tsx";
import { StatusTag } from "../parts/status-tag.tsx";
import { Table } from "../parts/table.tsx";
import { Moment } from "../parts/time.tsx";
import { useAnswer, useChange } from "../queries.ts";

/** What workers prove themselves with, and when they were last heard of. */
export function WorkerKeysSection(): ReactNode {
  const platforms = useAnswer(listAllPlatforms, { query: { limit: 200 } }, { everyMs: 5_000 });
  const keys = useAnswer(listWorkerKeys, { query: { limit: 200 } }, { everyMs: 5_000 });
  const rotate = useChange(rotateWorkerKey, [listWorkerKeys]);
  const revoke = useChange(deleteWorkerKey, [listWorkerKeys]);
  const now = useNow();
  const moment = (instant: string | null, otherwise: string) =>
    instant === null ? otherwise : <Moment seconds={secondsOf(instant)} now={now} />;
  const names = new Map(platforms.data?.platforms.map(({ id, name }) => [id, name]));
  return (
    <>
      <Panel title="Workers of each platform">
        <Answered query={platforms}>
          {(answer) => (
            <Table
              label="Workers"
              rows={answer.platforms}
              keyOf={({ id }) => id}
              columns={[
                { title: "Platform", cell: ({ name }) => <strong>{name}</strong> },
                { title: "Status", cell: ({ status }) => <StatusTag status={status} /> },
                { title: "Worker", cell: ({ worker_id }) => worker_id ?? "–" },
                {
                  title: "Last asked for a job",
                  cell: ({ last_fetch_at }) => moment(last_fetch_at, "never"),
                },
                { title: "Jobs", numeric: true, cell: ({ jobs }) => jobs.toLocaleString("en") },
              ]}
            />
          )}
        </Answered>
      </Panel>
      <NewKey platforms={platforms.data?.platforms ?? []} />
      <Panel title="Worker keys">
        <Failure error={rotate.error ?? revoke.error} />
        {rotate.data !== undefined && (
          <ShownOnce what="worker key" secret={rotate.data.api_key} onDone={() => rotate.reset()} />
        )}
        <Answered query={keys}>
          {(answer) =>
            answer.api_keys.length === 0 ? (
              <EmptyState title="No worker key yet">
                <p>A worker takes jobs of the platforms that its key is bound to.</p>
              </EmptyState>
            ) : (
              <Table
                label="Worker keys"
                rows={answer.api_keys}
                keyOf={({ api_key_id }) => api_key_id}
                columns={[
                  { title: "Label", cell: ({ label, key }) => <Labeled label={label} beginning={key} /> },
                  {
                    title: "Platforms",
                    cell: ({ platform_ids }) =>
                      platform_ids.map((id) => names.get(id) ?? id.slice(0, 8)).join(", "),
                  },
                  {
                    title: "State",
                    cell: ({ is_revoked }) => <StatusTag status={is_revoked ? "revoked" : "good"} />,
                  },
                  { title: "Expires", cell: ({ expires_at }) => moment(expires_at, "never") },
                  { title: "Last used", cell: ({ last_used_at }) => moment(last_used_at, "never") },
                  { title: "From", cell: ({ last_used_address }) => last_used_address ?? "–" },
                  {
                    title: "",
                    cell: ({ api_key_id, label, is_revoked }) =>
                      !is_revoked && (
                        <span className="row tight">
                          <button
                            type="button"
                            onClick={() => rotate.mutate({ params: { id: api_key_id }, body: {} })}
                          >
                            Rotate
                          </button>
                          <ConfirmButton
                            action="Revoke"
                            consequence={`Revoke the key “${label}”? Its workers take no more jobs, and those that they run are given to others.`}
                            onConfirm={() => revoke.mutate({ params: { id: api_key_id } })}
                          />
                        </span>
                      ),
                  },
                ]}
              />
            )
          }
        </Answered>
      </Panel>
    </>
  );
}

function NewKey({ platforms }: { readonly platforms: readonly ManagedPlatform[] }): ReactNode {
  const create = useChange(createWorkerKey, [listWorkerKeys]);
  if (create.data !== undefined) {
    return <ShownOnce what="worker key" secret={create.data.api_key} onDone={() => create.reset()} />;
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const label = String(form.get("label")).trim();
    create.mutate({
      body: { label: label === "" ? null : label, platform_ids: form.getAll("platform").map(String) },
    });
  };
  return (
    <Panel title="New worker key">
      <form onSubmit={submit}>
        <Field label="Label" hint="The machine that it is for.">
          {(ids) => <input {...ids} name="label" autoComplete="off" />}
        </Field>
        <fieldset className="chips" aria-label="Platforms">
          {platforms.map(({ id, name }) => (
            <label key={id} className="check">
              <input type="checkbox" name="platform" value={id} /> {name}
            </label>
          ))}
        </fieldset>
        <Failure error={create.error} />
        <p>
          <button type="submit" className="primary" disabled={create.isPending}>
            Create key
          </button>
        </p>
      </form>
    </Panel>
  );
}
