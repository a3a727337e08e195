import {
  deletePlatform,
  listAllPlatforms,
  type ManagedPlatform,
  updatePlatform,
} from "@corbenic/sdk/endpoints";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { Answered } from "../parts/answered.tsx";
import { Choice } from "../parts/choice.tsx";
import { ConfirmButton } from "../parts/confirm-button.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { Failure } from "../parts/failure.tsx";
import { Panel } from "../parts/page.tsx";
import { StatusTag } from "../parts/status-tag.tsx";
import { Table } from "../parts/table.tsx";
import { useAnswer, useChange } from "../queries.ts";
import { MaintenanceWindows } from "./maintenance-windows.tsx";
import { PlatformFlags } from "./platform-flags.tsx";
import { PlatformLimits } from "./platform-limits.tsx";

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
            <PlatformFlags platforms={answer.platforms} />
            <Panel title="Platforms">
              <PlatformTable platforms={answer.platforms} />
            </Panel>
            <div className="row section-choice">
              <Choice
                label="Settings of"
                value={platform.id}
                options={answer.platforms.map(({ id, name }) => [id, name])}
                onChoose={setChosen}
              />
            </div>
            <PlatformLimits key={platform.id} platform={platform} />
            <Panel title={`Maintenance windows of ${platform.name}`}>
              <MaintenanceWindows platformId={platform.id} />
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
