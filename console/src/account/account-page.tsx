import { getJobAvailability, getSelf, updateSelf } from "@corbenic/sdk/endpoints";
import type { FormEvent, ReactNode } from "react";
import { Answered } from "../parts/answered.tsx";
import { Facts } from "../parts/facts.tsx";
import { Failure } from "../parts/failure.tsx";
import { Field } from "../parts/field.tsx";
import { secondsOf, useNow } from "../parts/now.ts";
import { Page, Panel } from "../parts/page.tsx";
import { Moment } from "../parts/time.tsx";
import { useAnswer, useChange } from "../queries.ts";
import { useAccount } from "../session/account.ts";

/** Who one is here, and one's password. */
export function AccountPage(): ReactNode {
  const account = useAccount();
  const now = useNow();
  const room = useAnswer(getJobAvailability, {});
  return (
    <Page title="Account">
      <Panel title={account.email}>
        <Facts
          facts={[
            ["Rights", account.is_admin ? "administrator" : "user"],
            ["Priority of jobs", account.priority],
            ["Member since", <Moment key="since" seconds={secondsOf(account.created_at)} now={now} />],
            [
              "Jobs waiting or running",
              <Answered key="room" query={room}>
                {({ num_jobs_in_queue, max_jobs_in_queue }) =>
                  `${num_jobs_in_queue.toLocaleString("en")} of at most ${max_jobs_in_queue.toLocaleString("en")}`
                }
              </Answered>,
            ],
          ]}
        />
      </Panel>
      <div className="columns">
        <Names />
        <NewPassword />
      </div>
    </Page>
  );
}

function Names(): ReactNode {
  const account = useAccount();
  const change = useChange(updateSelf, [getSelf]);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    change.mutate({ body: { first_name: String(form.get("first")), last_name: String(form.get("last")) } });
  };
  return (
    <Panel title="Name">
      <form onSubmit={submit}>
        <Field label="First name">
          {(ids) => (
            <input {...ids} name="first" defaultValue={account.first_name} autoComplete="given-name" />
          )}
        </Field>
        <Field label="Last name">
          {(ids) => (
            <input {...ids} name="last" defaultValue={account.last_name} autoComplete="family-name" />
          )}
        </Field>
        <Outcome change={change} done="The name is changed." />
        <button type="submit" disabled={change.isPending}>
          Change name
        </button>
      </form>
    </Panel>
  );
}

function NewPassword(): ReactNode {
  const change = useChange(updateSelf, [getSelf]);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const element = event.currentTarget;
    const form = new FormData(element);
    const body = { current_password: String(form.get("current")), password: String(form.get("new")) };
    change.mutate({ body }, { onSuccess: () => element.reset() });
  };
  return (
    <Panel title="Password">
      <form onSubmit={submit}>
        <Field label="Current password">
          {(ids) => (
            <input {...ids} name="current" type="password" required autoComplete="current-password" />
          )}
        </Field>
        <Field label="New password" hint="At least 15 characters. It ends all other logins.">
          {(ids) => <input {...ids} name="new" type="password" required autoComplete="new-password" />}
        </Field>
        <Outcome change={change} done="The password is changed." />
        <button type="submit" disabled={change.isPending}>
          Change password
        </button>
      </form>
    </Panel>
  );
}

function Outcome(props: {
  readonly change: { readonly error: unknown; readonly isSuccess: boolean };
  readonly done: string;
}): ReactNode {
  if (!props.change.isSuccess) return <Failure error={props.change.error} />;
  return (
    <p className="notice" role="status">
      {props.done}
    </p>
  );
}
