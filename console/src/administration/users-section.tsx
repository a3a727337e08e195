import {
  createUser,
  deleteUser,
  listUsers,
  offerPasswordReset,
  setAdministrator,
  type User,
  updateUser,
} from "@corbenic/sdk/endpoints";
import { type FormEvent, type ReactNode, useState } from "react";
import { Answered } from "../parts/answered.tsx";
import { ConfirmButton } from "../parts/confirm-button.tsx";
import { Failure } from "../parts/failure.tsx";
import { Field } from "../parts/field.tsx";
import { Panel } from "../parts/page.tsx";
import { ShownOnce } from "../parts/shown-once.tsx";
import { StatusTag } from "../parts/status-tag.tsx";
import { Table } from "../parts/table.tsx";
import { useAnswer, useChange } from "../queries.ts";
import { useAccount } from "../session/account.ts";

/** The accounts of the cloud. */
export function UsersSection(): ReactNode {
  const [text, setText] = useState("");
  const users = useAnswer(listUsers, { query: { limit: 200, ...(text === "" ? {} : { text }) } });
  return (
    <>
      <NewUser />
      <Panel
        title="Accounts"
        aside={
          <input
            type="search"
            aria-label="Search accounts"
            placeholder="Search email or name"
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
        }
      >
        <Answered query={users}>{(answer) => <UserTable users={answer.users} />}</Answered>
      </Panel>
    </>
  );
}

function NewUser(): ReactNode {
  const create = useChange(createUser, [listUsers]);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    create.mutate({
      body: { email: String(form.get("email")).trim(), priority: Number(form.get("priority")) },
    });
  };
  if (create.data?.password !== undefined) {
    return (
      <ShownOnce
        what={`password of ${create.data.email}`}
        secret={create.data.password}
        onDone={() => create.reset()}
      />
    );
  }
  return (
    <Panel title="New account">
      <form onSubmit={submit}>
        <div className="fields">
          <Field label="Email">
            {(ids) => <input {...ids} name="email" type="email" required autoComplete="off" />}
          </Field>
          <Field label="Priority of its jobs" hint="0 to 10: jobs of a higher priority run first.">
            {(ids) => (
              <input {...ids} name="priority" type="number" min={0} max={10} defaultValue={0} required />
            )}
          </Field>
        </div>
        <Failure error={create.error} />
        <button type="submit" className="primary" disabled={create.isPending}>
          Create account
        </button>
      </form>
    </Panel>
  );
}

function UserTable({ users }: { readonly users: readonly User[] }): ReactNode {
  const reset = useChange(offerPasswordReset, []);
  const update = useChange(updateUser, [listUsers]);
  const grant = useChange(setAdministrator, [listUsers]);
  const remove = useChange(deleteUser, [listUsers]);
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
          { title: "Email", cell: ({ email }) => <strong>{email}</strong> },
          { title: "Name", cell: ({ first_name, last_name }) => `${first_name} ${last_name}` },
          { title: "Rights", cell: ({ is_admin }) => (is_admin ? "administrator" : "user") },
          { title: "State", cell: ({ enabled }) => <StatusTag status={enabled ? "enabled" : "disabled"} /> },
          { title: "Priority", numeric: true, cell: ({ priority }) => priority },
          { title: "Platforms", numeric: true, cell: ({ platform_ids }) => platform_ids.length },
          {
            title: "",
            cell: (user) => {
              const params = { id: user.user_id };
              return (
                <span className="row tight">
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
