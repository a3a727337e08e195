import {
  deleteWorkerKey,
  listAllPlatforms,
  listWorkerKeys,
  listWorkers,
  rotateWorkerKey,
} from "@corbenic/sdk/endpoints";
import type { ReactNode } from "react";
import { Answered } from "../parts/answered.tsx";
import { ConfirmButton } from "../parts/confirm-button.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { Failure } from "../parts/failure.tsx";
import { Labeled } from "../parts/labeled.tsx";
import { secondsOf, useNow } from "../parts/now.ts";
import { Panel } from "../parts/page.tsx";
import { ShownOnce } from "../parts/shown-once.tsx";
import { StatusTag } from "../parts/status-tag.tsx";
import { Table } from "../parts/table.tsx";
import { Moment } from "../parts/time.tsx";
import { useAnswer, useChange } from "../queries.ts";
import { NewWorkerKey } from "./new-worker-key.tsx";
import { Workers } from "./workers.tsx";

/** What workers prove themselves with, and when they were last heard of. */
export function WorkerKeysSection(): ReactNode {
  const platforms = useAnswer(listAllPlatforms, { query: { limit: 200 } }, { everyMs: 5_000 });
  const keys = useAnswer(listWorkerKeys, { query: { limit: 200 } }, { everyMs: 5_000 });
  const rotate = useChange(rotateWorkerKey, [listWorkerKeys, listWorkers]);
  const revoke = useChange(deleteWorkerKey, [listWorkerKeys, listWorkers]);
  const now = useNow();
  const moment = (instant: string | null, otherwise: string) =>
    instant === null ? otherwise : <Moment seconds={secondsOf(instant)} now={now} />;
  const names = new Map(platforms.data?.platforms.map(({ id, name }) => [id, name]));
  return (
    <>
      <Workers />
      <NewWorkerKey platforms={platforms.data?.platforms ?? []} />
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
