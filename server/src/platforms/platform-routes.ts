import { getPlatform, getPlatformProcessor } from "@corbenic/protocol";
import type { Services } from "../app.ts";
import { type Route, route } from "../http/route.ts";
import { present, requirePlatform } from "./platform.ts";

export function platformRoutes({ db }: Services): Route[] {
  const read = async (userId: number, name: string) => present(await requirePlatform(db, userId, name));
  return [
    route(getPlatform, ({ principal, params }) => read(principal.userId, params.name)),
    route(getPlatformProcessor, ({ principal, params }) => read(principal.userId, params.name)),
  ];
}
