import {
  deleteTokensByIds,
  getTokenUsage,
  type ListedToken,
  listTokens,
  reopenToken,
  revokeToken,
} from "@corbenic/sdk/endpoints";
import type { ReactNode } from "react";
import { Answered } from "../parts/answered.tsx";
import { ConfirmButton } from "../parts/confirm-button.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { Failure } from "../parts/failure.tsx";
import { Labeled } from "../parts/labeled.tsx";
import { secondsOf, useNow } from "../parts/now.ts";
import { Page, Panel } from "../parts/page.tsx";
import { StatusTag } from "../parts/status-tag.tsx";
import { Table } from "../parts/table.tsx";
import { Moment } from "../parts/time.tsx";
import { useAnswer, useChange } from "../queries.ts";
import { NewToken } from "./new-token.tsx";

/** The credentials with which programs send jobs. */
export function TokensPage(): ReactNode {
  const tokens = useAnswer(listTokens, { query: {} });
  return (
    <Page title="Job tokens">
      <NewToken />
      <Panel title="Tokens of this account">
        <Answered query={tokens}>
          {(answer) =>
            answer.length === 0 ? (
              <EmptyState title="No token yet">
                <p>
                  Programs prove with a job token whose jobs they send. Give each notebook or server one of
                  its own: it can be revoked without disturbing the others.
                </p>
              </EmptyState>
            ) : (
              <TokenTable tokens={answer} />
            )
          }
        </Answered>
      </Panel>
    </Page>
  );
}

function TokenTable({ tokens }: { readonly tokens: readonly ListedToken[] }): ReactNode {
  const now = useNow();
  const outdated = [listTokens, getTokenUsage];
  const revoke = useChange(revokeToken, outdated);
  const reopen = useChange(reopenToken, outdated);
  const remove = useChange(deleteTokensByIds, outdated);
  const moment = (instant: string | null, otherwise: string) =>
    instant === null ? otherwise : <Moment seconds={secondsOf(instant)} now={now} />;
  return (
    <>
      <Failure error={revoke.error ?? reopen.error ?? remove.error} />
      <Table
        label="Job tokens"
        rows={tokens}
        keyOf={({ id }) => id}
        columns={[
          { title: "Label", cell: ({ label, key }) => <Labeled label={label} beginning={key} /> },
          { title: "State", cell: (token) => <StatusTag status={stateOf(token, now)} /> },
          { title: "May", cell: (token) => scopeOf(token) },
          { title: "Created", cell: ({ created_date }) => moment(created_date, "") },
          { title: "Expires", cell: ({ expiration_date }) => moment(expiration_date, "never") },
          { title: "Last used", cell: ({ last_used_time }) => moment(last_used_time, "never") },
          { title: "Requests", numeric: true, cell: ({ count }) => count.toLocaleString("en") },
          {
            title: "",
            cell: ({ id, label, is_revoked }) =>
              is_revoked ? (
                <span className="row tight">
                  <button type="button" onClick={() => reopen.mutate({ body: { token_id: id } })}>
                    Reopen
                  </button>
                  <ConfirmButton
                    action="Delete"
                    consequence={`Delete the token “${label}” for good? Its jobs stay.`}
                    onConfirm={() => remove.mutate({ body: { token_ids: [id] } })}
                  />
                </span>
              ) : (
                <ConfirmButton
                  action="Revoke"
                  consequence={`Revoke the token “${label}”? Programs that use it are refused from their next request on. Jobs that they sent go on.`}
                  onConfirm={() => revoke.mutate({ body: { token_id: id } })}
                />
              ),
          },
        ]}
      />
    </>
  );
}

function stateOf({ is_revoked, expiration_date }: ListedToken, now: number): string {
  if (is_revoked) return "revoked";
  return expiration_date !== null && secondsOf(expiration_date) <= now ? "expired" : "good";
}

/** What a token may do of what its account may, in words. */
function scopeOf({ platforms, shots_max, jobs_max, read_only }: ListedToken): string {
  const bounds = [
    ...(read_only ? ["read only"] : []),
    ...(platforms === null ? [] : [platforms.join(", ")]),
    ...(shots_max === null ? [] : [`${shots_max.toLocaleString("en")} shots a job`]),
    ...(jobs_max === null ? [] : [`${jobs_max.toLocaleString("en")} jobs at once`]),
  ];
  return bounds.length === 0 ? "all that the account may" : bounds.join(" · ");
}
