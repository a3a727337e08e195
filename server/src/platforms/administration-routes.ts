import {
  deletePlatform,
  getManagedPlatform,
  listAllPlatforms,
  registerPlatform,
  replacePlatform,
  updatePlatform,
} from "@corbenic/protocol";
import type { Services } from "../app.ts";
import { type Route, route } from "../http/route.ts";
import * as administration from "./administration.ts";
import { listManagedPlatforms } from "./administration-store.ts";
import { readPage } from "./platform.ts";

const { presentManaged, reachOf, requireManaged } = administration;

export function platformAdministrationRoutes({ db, queueSignal }: Services): Route[] {
  const update = (endpoint: typeof updatePlatform | typeof replacePlatform) =>
    route(endpoint, async ({ principal, actor, params, body }) => {
      const platform = await administration.change(db, { principal, actor }, params.id, body);
      if (platform.status === "available") queueSignal.raise(platform.id);
      return presentManaged(platform);
    });

  return [
    route(registerPlatform, async ({ principal, actor, body }) => {
      const { name = body.platform_name!, type = "simulator", specs, worker_id: workerId } = body;
      const announced = { name, type, specs, workerId };
      return presentManaged(await administration.register(db, { principal, actor }, announced));
    }),

    route(listAllPlatforms, async ({ principal, query }) => {
      const { shown, next_cursor } = await readPage(query, (page) =>
        listManagedPlatforms(db, reachOf(principal), query, page),
      );
      return { platforms: shown.map(presentManaged), next_cursor };
    }),

    route(getManagedPlatform, async ({ principal, params }) =>
      presentManaged(await requireManaged(db, reachOf(principal), params.id)),
    ),

    update(updatePlatform),
    update(replacePlatform),

    route(deletePlatform, async ({ principal, actor, params }) => {
      const jobs = await administration.remove(db, { principal, actor }, params.id);
      return { message: "The platform is deleted.", jobs_ended: jobs };
    }),
  ];
}
