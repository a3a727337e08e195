import {
  bindWorkerKey,
  createWorkerKey,
  deleteWorkerKey,
  getWorkerKey,
  listWorkerKeys,
  listWorkers,
  rotateOwnWorkerKey,
  rotateWorkerKey,
} from "@corbenic/protocol";
import type { Services } from "../app.ts";
import { readIdPage } from "../http/id-page.ts";
import { type Route, route } from "../http/route.ts";
import * as keys from "./worker-key.ts";
import * as store from "./worker-key-store.ts";
import * as workers from "./worker-store.ts";

const defaultOverlapS = 3600;

export function workerKeyRoutes({ db }: Services): Route[] {
  return [
    route(createWorkerKey, async ({ principal, actor, body }) =>
      keys.presentIssued(
        await keys.createWorkerKey(
          db,
          { ...actor, userId: principal.userId },
          {
            label: body.label ?? undefined,
            durationS: body.duration ?? undefined,
            platformIds: body.platform_ids ?? [],
          },
        ),
      ),
    ),

    route(listWorkerKeys, async ({ query }) => {
      const { rows, next_cursor } = await readIdPage("api_keys", query, (beforeId, limit) =>
        store.listWorkerKeys(db, {
          platformId: query.platform_id,
          includeExpired: query.include_expired ?? true,
          beforeId,
          limit,
        }),
      );
      return { api_keys: rows.map(keys.present), next_cursor };
    }),

    route(listWorkers, async ({ query }) => {
      const { rows, next_cursor } = await readIdPage("workers", query, (beforeId, limit) =>
        workers.listWorkers(db, { beforeId, limit }),
      );
      return { workers: rows.map(({ id, ...rest }) => ({ api_key_id: id, ...rest })), next_cursor };
    }),

    route(getWorkerKey, async ({ params: { id } }) =>
      keys.present(keys.there(await store.findWorkerKey(db, id), id)),
    ),

    route(bindWorkerKey, async ({ actor, params, body }) =>
      keys.present(await keys.bindWorkerKey(db, actor, params.id, body.platform_ids)),
    ),

    route(deleteWorkerKey, async ({ actor, params: { id } }) => {
      await keys.deleteWorkerKey(db, actor, id);
      return { message: `The worker key ${id} is ended.` };
    }),

    route(rotateWorkerKey, async ({ actor, params, body }) =>
      keys.presentIssued(await keys.rotateWorkerKey(db, actor, params.id, body.overlap ?? defaultOverlapS)),
    ),

    route(rotateOwnWorkerKey, async ({ principal, actor, body }) =>
      keys.presentIssued(
        await keys.rotateWorkerKey(db, actor, principal.credentialId, body.overlap ?? defaultOverlapS),
      ),
    ),
  ];
}
