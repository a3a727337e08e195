import { createCompany, deleteCompany, listCompanies, updateCompany } from "@corbenic/sdk/endpoints";
import type { FormEvent, ReactNode } from "react";
import { Answered } from "../parts/answered.tsx";
import { ConfirmButton } from "../parts/confirm-button.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { Failure } from "../parts/failure.tsx";
import { Field } from "../parts/field.tsx";
import { Panel } from "../parts/page.tsx";
import { Table } from "../parts/table.tsx";
import { useAnswer, useChange } from "../queries.ts";

/** Who accounts belong to, and how platforms are shared between them. */
export function CompaniesSection(): ReactNode {
  const companies = useAnswer(listCompanies, { query: { limit: 200 } });
  const create = useChange(createCompany, [listCompanies]);
  const update = useChange(updateCompany, [listCompanies]);
  const remove = useChange(deleteCompany, [listCompanies]);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const element = event.currentTarget;
    const form = new FormData(element);
    const body = { name: String(form.get("name")).trim(), share: Number(form.get("share")) };
    create.mutate({ body }, { onSuccess: () => element.reset() });
  };
  return (
    <>
      <Panel title="New company">
        <form onSubmit={submit}>
          <div className="fields">
            <Field label="Name">{(ids) => <input {...ids} name="name" required autoComplete="off" />}</Field>
            <Field label="Share" hint="Its weight where platforms are shared between companies.">
              {(ids) => (
                <input {...ids} name="share" type="number" min={0.1} max={1000} step={0.1} defaultValue={1} />
              )}
            </Field>
          </div>
          <Failure error={create.error} />
          <button type="submit" className="primary" disabled={create.isPending}>
            Create company
          </button>
        </form>
      </Panel>
      <Panel title="Companies">
        <Failure error={update.error ?? remove.error} />
        <Answered query={companies}>
          {(answer) =>
            answer.companies.length === 0 ? (
              <EmptyState title="No company yet">
                <p>Without companies, all accounts share platforms alike.</p>
              </EmptyState>
            ) : (
              <Table
                label="Companies"
                rows={answer.companies}
                keyOf={({ company_id }) => company_id}
                columns={[
                  { title: "Name", cell: ({ name }) => <strong>{name}</strong> },
                  { title: "Members", numeric: true, cell: ({ members }) => members.toLocaleString("en") },
                  {
                    title: "Share",
                    cell: ({ company_id, name, share }) => (
                      <input
                        type="number"
                        aria-label={`Share of ${name}`}
                        min={0.1}
                        max={1000}
                        step={0.1}
                        defaultValue={share}
                        onBlur={({ target }) => {
                          if (target.valueAsNumber === share || !target.checkValidity()) return;
                          update.mutate({
                            params: { id: company_id },
                            body: { share: target.valueAsNumber },
                          });
                        }}
                      />
                    ),
                  },
                  {
                    title: "",
                    cell: ({ company_id, name, members }) => (
                      <ConfirmButton
                        action="Delete"
                        consequence={`Delete the company ${name}?`}
                        disabled={members > 0}
                        onConfirm={() => remove.mutate({ params: { id: company_id } })}
                      />
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
