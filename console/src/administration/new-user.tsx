import { createUser, listCompanies, listUsers } from "@corbenic/sdk/endpoints";
import type { FormEvent, ReactNode } from "react";
import { Failure } from "../parts/failure.tsx";
import { Field } from "../parts/field.tsx";
import { Panel } from "../parts/page.tsx";
import { ShownOnce } from "../parts/shown-once.tsx";
import { useChange } from "../queries.ts";

/** Companies that an account can belong to: their ids, empty for none, and their names. */
export type CompanyChoices = readonly (readonly [id: string, name: string])[];

/** The form that makes an account; its password is shown once. */
export function NewUser({ companies }: { readonly companies: CompanyChoices }): ReactNode {
  const create = useChange(createUser, [listUsers, listCompanies]);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const company = String(form.get("company"));
    create.mutate({
      body: {
        email: String(form.get("email")).trim(),
        priority: Number(form.get("priority")),
        company_id: company === "" ? null : Number(company),
      },
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
          <Field label="Company" hint="Platforms are shared between companies by their weights.">
            {(ids) => (
              <select {...ids} name="company">
                {companies.map(([id, name]) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </select>
            )}
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
