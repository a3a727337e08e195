import { getPlatform, listAllPlatforms, type ManagedPlatform, updatePlatform } from "@corbenic/sdk/endpoints";
import type { FormEvent, ReactNode } from "react";
import { Failure } from "../parts/failure.tsx";
import { Field } from "../parts/field.tsx";
import { Panel } from "../parts/page.tsx";
import { useChange } from "../queries.ts";

const limits = [
  ["shots_max", "Shots of one job"],
  ["duration_s_max", "Seconds of one attempt"],
  ["queue_max", "Jobs waiting or running"],
  ["jobs_per_account_max", "Of them, of one account"],
  ["result_bytes_max", "Bytes of a result"],
] as const;

/** What jobs of a platform may take, and when it counts as unreachable. */
export function PlatformLimits({ platform }: { readonly platform: ManagedPlatform }): ReactNode {
  const update = useChange(updatePlatform, [listAllPlatforms, getPlatform]);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const number = (name: string) => (form.get(name) === "" ? null : Number(form.get(name)));
    update.mutate({
      params: { id: platform.id },
      body: {
        limits: Object.fromEntries(limits.map(([name]) => [name, number(name)])),
        unreachable_after_s: number("unreachable_after_s"),
      },
    });
  };
  return (
    <Panel title={`Limits of ${platform.name}`}>
      <form onSubmit={submit} onChange={() => update.reset()}>
        <div className="fields">
          {limits.map(([name, label]) => (
            <Field key={name} label={label} hint="Empty for no limit.">
              {(ids) => (
                <input
                  {...ids}
                  name={name}
                  type="number"
                  min={1}
                  max={Number.MAX_SAFE_INTEGER}
                  defaultValue={platform.limits[name] ?? ""}
                />
              )}
            </Field>
          ))}
          <Field label="Unreachable after" hint="Seconds without a word of a worker. Empty for never.">
            {(ids) => (
              <input
                {...ids}
                name="unreachable_after_s"
                type="number"
                min={1}
                max={2 ** 31 - 1}
                defaultValue={platform.unreachable_after_s ?? ""}
              />
            )}
          </Field>
        </div>
        <Failure error={update.error} />
        {update.isSuccess && (
          <p className="notice" role="status">
            The limits are changed. They hold for jobs that are submitted from now on.
          </p>
        )}
        <button type="submit" disabled={update.isPending}>
          Change limits
        </button>
      </form>
    </Panel>
  );
}
