import {
  cancelJobGroup,
  isTerminal,
  type JobGroup,
  jobStates,
  listJobGroups,
  Problem,
} from "@corbenic/protocol";
import type { Services } from "../app.ts";
import { decodeCursor, encodeCursor, keyForms } from "../http/cursor.ts";
import { type Route, route } from "../http/route.ts";
import * as store from "./group-store.ts";
import { cancelGroup } from "./job-control.ts";

/** Jobs that were submitted under one name. */
export function groupRoutes({ db }: Services): Route[] {
  const sort = "-last_created";
  return [
    route(listJobGroups, async ({ principal, query }) => {
      const limit = query.limit ?? 20;
      const after = decodeCursor(query.cursor, sort, [keyForms.instant, keyForms.text]);
      const rows = await store.listGroups(db, principal.userId, {
        text: query.name,
        limit: limit + 1,
        after,
      });
      const shown = rows.slice(0, limit);
      const last = rows.length > limit ? shown.at(-1) : undefined;
      return {
        groups: shown.map(present),
        next_cursor: last === undefined ? null : encodeCursor(sort, [last.last_created_at, last.name]),
      };
    }),

    route(cancelJobGroup, async ({ principal, actor, body }) => {
      const outcome = await cancelGroup(db, { principal, actor }, body.group_name);
      const changed = outcome.canceled + outcome.cancel_requested > 0;
      if (changed || (await store.hasGroup(db, principal.userId, body.group_name))) return outcome;
      throw new Problem(
        "job_group_not_found",
        `There is no job group "${body.group_name}" of this account.`,
        {
          detail: { group_name: body.group_name },
        },
      );
    }),
  ];
}

function present({ name, last_created_at, counts }: store.ListedGroup): JobGroup {
  const all = Object.fromEntries(jobStates.map((state) => [state, counts[state] ?? 0])) as JobGroup["counts"];
  let jobs = 0;
  let ended = 0;
  for (const state of jobStates) {
    jobs += all[state];
    if (isTerminal(state)) ended += all[state];
  }
  return { name, jobs, counts: all, progress: ended / jobs, last_created_at };
}
