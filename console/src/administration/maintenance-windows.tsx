import {
  createMaintenanceWindow,
  deleteMaintenanceWindow,
  listAllPlatforms,
  listMaintenanceWindows,
} from "@corbenic/sdk/endpoints";
import type { FormEvent, ReactNode } from "react";
import { Answered } from "../parts/answered.tsx";
import { ConfirmButton } from "../parts/confirm-button.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { Failure } from "../parts/failure.tsx";
import { Field } from "../parts/field.tsx";
import { Table } from "../parts/table.tsx";
import { PeriodText } from "../platforms/period-text.tsx";
import { useAnswer, useChange } from "../queries.ts";

/** The maintenance windows of a platform, and the form that plans another. */
export function MaintenanceWindows({ platformId }: { readonly platformId: string }): ReactNode {
  const params = { id: platformId };
  const windows = useAnswer(listMaintenanceWindows, { params, query: {} });
  const create = useChange(createMaintenanceWindow, [listMaintenanceWindows, listAllPlatforms]);
  const remove = useChange(deleteMaintenanceWindow, [listMaintenanceWindows, listAllPlatforms]);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const element = event.currentTarget;
    const form = new FormData(element);
    const instant = (name: string) => new Date(String(form.get(name))).toISOString();
    const body = { start: instant("start"), end: instant("end"), reason: String(form.get("reason")) };
    create.mutate({ params, body }, { onSuccess: () => element.reset() });
  };
  return (
    <>
      <Answered query={windows}>
        {(answer) =>
          answer.windows.length === 0 ? (
            <EmptyState title="No maintenance is planned">
              <p>While a window is open, jobs are accepted and wait.</p>
            </EmptyState>
          ) : (
            <Table
              label="Maintenance windows"
              rows={answer.windows}
              keyOf={({ id }) => id}
              columns={[
                { title: "When", cell: (period) => <PeriodText period={period} /> },
                { title: "Reason", cell: ({ reason }) => reason },
                {
                  title: "",
                  cell: ({ id }) => (
                    <ConfirmButton
                      action="Delete"
                      consequence="Delete this maintenance window? The platform runs jobs in that time."
                      onConfirm={() => remove.mutate({ params: { id } })}
                    />
                  ),
                },
              ]}
            />
          )
        }
      </Answered>
      <h3>Plan maintenance</h3>
      <form onSubmit={submit}>
        <div className="fields">
          <Field label="From" hint="In your own time.">
            {(ids) => <input {...ids} name="start" type="datetime-local" required />}
          </Field>
          <Field label="Until">{(ids) => <input {...ids} name="end" type="datetime-local" required />}</Field>
          <Field label="Reason">
            {(ids) => <input {...ids} name="reason" maxLength={255} autoComplete="off" />}
          </Field>
        </div>
        <Failure error={create.error ?? remove.error} />
        <button type="submit" disabled={create.isPending}>
          Plan it
        </button>
      </form>
    </>
  );
}
