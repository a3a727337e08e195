import { listAuditEvents } from "@corbenic/sdk/endpoints";
import { moment } from "../print/moment.ts";
import { printRows } from "../print/print-rows.ts";
import { cloudCommand, type JsonOption } from "../session/cloud-command.ts";
import { readPages } from "../session/every-page.ts";
import { userIdOf } from "../session/find.ts";
import { limitOption } from "../session/limit-option.ts";

interface Options extends JsonOption {
  readonly user?: string;
  readonly action?: string;
  readonly object?: string;
  readonly limit: number;
}

export const auditListCommand = () =>
  cloudCommand(
    "list",
    "list what people changed, the newest first",
    (command) =>
      command
        .option("--user <user>", "only what this account did: id or email")
        .option("--action <action>", "an action such as user.update, or a noun for all on it")
        .option("--object <object>", "such as user:7")
        .addOption(limitOption()),
    async (session, { user, action, object, limit, json }: Options) => {
      const filter = {
        ...(user === undefined ? {} : { user_id: await userIdOf(session, user) }),
        ...(action === undefined ? {} : { action }),
        ...(object === undefined ? {} : { object }),
      };
      const events = await readPages(
        (page) => session.call(listAuditEvents, { query: { ...page, ...filter } }),
        (page) => page.events,
        limit,
      );
      printRows(events, json, [
        { title: "WHEN", text: ({ at }) => moment(at) },
        { title: "WHO", text: ({ email, caller }) => email ?? caller },
        { title: "ACTION", text: ({ action: done }) => done },
        { title: "OBJECT", text: ({ object: changed }) => changed, mayBeCut: true },
        {
          title: "AFTER",
          text: ({ after }) => (after === null ? "-" : JSON.stringify(after)),
          mayBeCut: true,
        },
        { title: "FROM", text: ({ address }) => address ?? "-" },
      ]);
    },
  );
