import {
  grantPermission,
  listAllPlatforms,
  listPermissions,
  listUsers,
  withdrawPermission,
} from "@corbenic/sdk/endpoints";
import type { ReactNode } from "react";
import { Answered } from "../parts/answered.tsx";
import { Failure } from "../parts/failure.tsx";
import { Panel } from "../parts/page.tsx";
import { Table } from "../parts/table.tsx";
import { useAnswer, useChange } from "../queries.ts";

/** Which account may use which platform: a table to tick. */
export function PermissionsSection(): ReactNode {
  const users = useAnswer(listUsers, { query: { limit: 200 } });
  const platforms = useAnswer(listAllPlatforms, { query: { limit: 200 } });
  const outdated = [listPermissions, listUsers];
  const grant = useChange(grantPermission, outdated);
  const withdraw = useChange(withdrawPermission, outdated);
  return (
    <Panel title="Who may use what">
      <Failure error={grant.error ?? withdraw.error} />
      <Answered query={users}>
        {({ users: accounts }) => (
          <Answered query={platforms}>
            {({ platforms: all }) => (
              <Table
                label="Permissions"
                rows={accounts}
                keyOf={({ user_id }) => user_id}
                columns={[
                  { title: "Account", cell: ({ email }) => <strong>{email}</strong> },
                  ...all.map(({ id, name }) => ({
                    title: name,
                    cell: ({ user_id, email, platform_ids }: (typeof accounts)[number]) => (
                      <input
                        type="checkbox"
                        aria-label={`${email} may use ${name}`}
                        checked={platform_ids.includes(id)}
                        disabled={grant.isPending || withdraw.isPending}
                        onChange={({ target }) => {
                          const pair = { user_id, platform_id: id };
                          if (target.checked) grant.mutate({ body: pair });
                          else withdraw.mutate({ query: pair });
                        }}
                      />
                    ),
                  })),
                ]}
              />
            )}
          </Answered>
        )}
      </Answered>
    </Panel>
  );
}
