import {
  deleteUser,
  listCompanies,
  listUsers,
  offerPasswordReset,
  setAdministrator,
  type User,
  updateUser,
} from "@corbenic/sdk/endpoints";
import type { ReactNode } from "react";
import { Choice } from "../parts/choice.tsx";
import { ConfirmButton } from "../parts/confirm-button.tsx";
import { Failure } from "../parts/failure.tsx";
import { ShownOnce } from "../parts/shown-once.tsx";
import { StatusTag } from "../parts/status-tag.tsx";
import { Table } from "../parts/table.tsx";
import { useChange } from "../queries.ts";
import { useAccount } from "../session/account.ts";
import type { CompanyChoices } from "./new-user.tsx";

/** Accounts, and what can be done with each. */
export function UserTable(props: {
  readonly users: readonly User[];
  readonly companies: CompanyChoices;
}): ReactNode {
  const { users, companies } = props;
  const reset = useChange(offerPasswordReset, []);
  const update = useChange(updateUser, [listUsers, listCompanies]);
  const grant = useChange(setAdministrator, [listUsers]);
  const remove = useChange(deleteUser, [listUsers, listCompanies]);
  const self = useAccount();
  return (
    <>
      <Failure error={reset.error ?? update.error ?? grant.error ?? remove.error} />
      {reset.data !== undefined && (
        <ShownOnce
          what="secret that sets a new password"
          secret={reset.data.secret}
          onDone={() => reset.reset()}
        />
      )}
      <Table
        label="Accounts"
        rows={users}
        keyOf={({ user_id }) => user_id}
        columns={[
          { title: "Account", cell: (user) => <AccountCell user={user} /> },
          { title: "Rights", cell: ({ is_admin }) => (is_admin ? "administrator" : "user") },
          { title: "State", cell: ({ enabled }) => <StatusTag status={enabled ? "enabled" : "disabled"} /> },
          {
            title: "Company",
            cell: ({ user_id, email, company_id }) => (
              <Choice
                label={`Company of ${email}`}
                unseen
                value={String(company_id ?? "")}
                options={companies}
                onChoose={(id) =>
                  update.mutate({
                    params: { id: user_id },
                    body: { company_id: id === "" ? null : Number(id) },
                  })
                }
              />
            ),
          },
          { title: "Priority", numeric: true, cell: ({ priority }) => priority },
          { title: "Platforms", numeric: true, cell: ({ platform_ids }) => platform_ids.length },
          {
            title: "",
            cell: (user) => {
              const params = { id: user.user_id };
              return (
                <span className="row few">
                  <button type="button" onClick={() => reset.mutate({ params })}>
                    New password
                  </button>
                  <button
                    type="button"
                    disabled={user.user_id === self.user_id}
                    onClick={() => update.mutate({ params, body: { enabled: !user.enabled } })}
                  >
                    {user.enabled ? "Disable" : "Enable"}
                  </button>
                  <ConfirmButton
                    action={user.is_admin ? "Make user" : "Make administrator"}
                    consequence={
                      user.is_admin
                        ? `Withdraw the rights of an administrator from ${user.email}?`
                        : `Let ${user.email} administrate this cloud: its accounts, platforms and everybody's jobs?`
                    }
                    disabled={user.user_id === self.user_id}
                    onConfirm={() => grant.mutate({ params, body: { is_admin: !user.is_admin } })}
                  />
                  <ConfirmButton
                    action="Delete"
                    consequence={`Delete the account ${user.email}? Its credentials are revoked and its jobs that have not ended are canceled.`}
                    disabled={user.is_admin}
                    onConfirm={() => remove.mutate({ params })}
                  />
                </span>
              );
            },
          },
        ]}
      />
    </>
  );
}

function AccountCell({ user: { email, first_name, last_name } }: { readonly user: User }): ReactNode {
  const name = `${first_name} ${last_name}`.trim();
  return (
    <>
      <strong>{email}</strong>
      {name !== "" && <span className="under">{name}</span>}
    </>
  );
}
