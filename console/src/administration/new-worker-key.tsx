import { createWorkerKey, listWorkerKeys, listWorkers, type ManagedPlatform } from "@corbenic/sdk/endpoints";
import type { FormEvent, ReactNode } from "react";
import { Failure } from "../parts/failure.tsx";
import { Field } from "../parts/field.tsx";
import { Panel } from "../parts/page.tsx";
import { ShownOnce } from "../parts/shown-once.tsx";
import { useChange } from "../queries.ts";

/** The form that makes a worker key, which is shown once. */
export function NewWorkerKey({ platforms }: { readonly platforms: readonly ManagedPlatform[] }): ReactNode {
  const create = useChange(createWorkerKey, [listWorkerKeys, listWorkers]);
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
