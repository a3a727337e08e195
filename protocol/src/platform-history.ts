import Type from "typebox";
import { endpoint } from "./endpoint.ts";
import { DateTime } from "./fields.ts";
import { MaintenancePeriod, PlatformParams } from "./platforms.ts";

const read = {
  tag: "Platforms",
  method: "GET",
  callers: ["job_token", "user", "admin"],
  params: PlatformParams,
  problems: ["platform_not_found"],
} as const;

export const PerfsHistory = Type.Object({
  platform_name: Type.String(),
  snapshots: Type.Array(
    Type.Object({
      at: DateTime,
      perfs: Type.Record(Type.String(), Type.Number(), {
        description: "Of the perfs, those that are numbers.",
      }),
    }),
    { description: "In order; what was measured stands until the next one." },
  ),
});
export type PerfsHistory = Type.Static<typeof PerfsHistory>;

export const getPlatformPerfs = endpoint({
  ...read,
  operationId: "getPlatformPerfs",
  path: "/api/platforms/{name}/perfs",
  summary: "Read what a platform measured of itself, and when",
  description:
    "Evenly over the days that are asked for: where it measured more often than is shown, the last of each stretch. Kept for 90 days.",
  query: Type.Object({
    days: Type.Optional(Type.Integer({ minimum: 1, maximum: 90, default: 30 })),
    points: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 500, default: 200, description: "Snapshots at most." }),
    ),
  }),
  response: PerfsHistory,
});

export const listPlatformMaintenance = endpoint({
  ...read,
  operationId: "listPlatformMaintenance",
  path: "/api/platforms/{name}/maintenance",
  summary: "List the maintenance windows of a platform that touch a time",
  description: "In the order in which they start, 200 at most.",
  query: Type.Object({
    start: Type.Optional({ ...DateTime, maxLength: 64, description: "Now if left out." }),
    end: Type.Optional({ ...DateTime, maxLength: 64, description: "90 days after the start if left out." }),
  }),
  response: Type.Object({ windows: Type.Array(MaintenancePeriod) }),
});
