import { listTokens } from "@corbenic/sdk/endpoints";
import { moment } from "../print/moment.ts";
import { printRows } from "../print/print-rows.ts";
import { cloudCommand, type JsonOption } from "../session/cloud-command.ts";
import { userIdOf } from "../session/find.ts";
import { limitOption } from "../session/limit-option.ts";

interface Options extends JsonOption {
  readonly user?: string;
  readonly live: boolean;
  readonly limit: number;
}

export const tokenListCommand = () =>
  cloudCommand(
    "list",
    "list job tokens: which there are, never the tokens themselves",
    (command) =>
      command
        .option("--user <user>", "those of another account: id or email")
        .option("--live", "only those that can be used", false)
        .addOption(limitOption()),
    async (session, { user, live, limit, json }: Options) => {
      const tokens = await session.call(listTokens, {
        query: {
          limit,
          include_expired: !live,
          include_revoked: !live,
          ...(user === undefined ? {} : { user_id: await userIdOf(session, user) }),
        },
      });
      printRows(tokens, json, [
        { title: "ID", text: ({ id }) => String(id), align: "right" },
        { title: "TOKEN", text: ({ key }) => `${key}…` },
        { title: "LABEL", text: ({ label }) => label, mayBeCut: true },
        { title: "STATE", text: stateOf },
        { title: "EXPIRES", text: ({ expiration_date }) => moment(expiration_date) },
        { title: "LAST USED", text: ({ last_used_time }) => moment(last_used_time) },
        { title: "USES", text: ({ count }) => String(count), align: "right" },
        { title: "MAY", text: scopesOf, mayBeCut: true },
      ]);
    },
  );

function stateOf(token: { is_revoked: boolean; expiration_date: string | null }): string {
  if (token.is_revoked) return "revoked";
  return token.expiration_date !== null && Date.parse(token.expiration_date) <= Date.now()
    ? "expired"
    : "live";
}

function scopesOf(token: {
  platforms: string[] | null;
  shots_max: number | null;
  jobs_max: number | null;
  read_only: boolean;
}): string {
  const narrowed = [
    ...(token.read_only ? ["read"] : []),
    ...(token.platforms ?? []),
    ...(token.shots_max === null ? [] : [`${token.shots_max} shots`]),
    ...(token.jobs_max === null ? [] : [`${token.jobs_max} jobs`]),
  ];
  return narrowed.length === 0 ? "all" : narrowed.join(", ");
}
