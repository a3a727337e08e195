import Type from "typebox";
import { endpoint } from "./endpoint.ts";
import { PlatformIdParams } from "./platform-administration.ts";
import { MaintenancePeriod, nextPlatforms, platformPaging } from "./platforms.ts";

export const MaintenanceWindow = Type.Object({
  id: Type.String({ format: "uuid" }),
  platform_id: Type.String({ format: "uuid" }),
  ...MaintenancePeriod.properties,
});
export type MaintenanceWindow = Type.Static<typeof MaintenanceWindow>;

const { start, end, reason } = MaintenancePeriod.properties;
const administration = { tag: "Administration", callers: ["admin"] } as const;
const windowParams = Type.Object({ id: Type.String({ format: "uuid" }) });

export const listMaintenanceWindows = endpoint({
  ...administration,
  operationId: "listMaintenanceWindows",
  method: "GET",
  path: "/admin/platforms/{id}/maintenance-windows",
  summary: "List the maintenance windows of a platform",
  description: "In the order in which they end.",
  params: PlatformIdParams,
  query: Type.Object({
    past: Type.Optional(
      Type.Boolean({ default: false, description: "Whether those are listed, too, that are over." }),
    ),
    ...platformPaging,
  }),
  response: Type.Object({ windows: Type.Array(MaintenanceWindow), next_cursor: nextPlatforms }),
  problems: ["platform_not_found"],
});

export const createMaintenanceWindow = endpoint({
  ...administration,
  operationId: "createMaintenanceWindow",
  method: "POST",
  path: "/admin/platforms/{id}/maintenance-windows",
  summary: "Plan maintenance of a platform",
  description: "While the window is open the platform is in maintenance: its jobs are accepted, and wait.",
  params: PlatformIdParams,
  body: Type.Object({ start, end, reason: Type.Optional(reason) }, { additionalProperties: false }),
  response: MaintenanceWindow,
  problems: ["platform_not_found", "invalid_window"],
});

export const updateMaintenanceWindow = endpoint({
  ...administration,
  operationId: "updateMaintenanceWindow",
  method: "PATCH",
  path: "/admin/maintenance-windows/{id}",
  summary: "Change a maintenance window",
  params: windowParams,
  body: Type.Object(
    { start: Type.Optional(start), end: Type.Optional(end), reason: Type.Optional(reason) },
    { additionalProperties: false, minProperties: 1 },
  ),
  response: MaintenanceWindow,
  problems: ["window_not_found", "invalid_window"],
});

export const deleteMaintenanceWindow = endpoint({
  ...administration,
  operationId: "deleteMaintenanceWindow",
  method: "DELETE",
  path: "/admin/maintenance-windows/{id}",
  summary: "Delete a maintenance window",
  params: windowParams,
  response: Type.Object({ message: Type.String() }),
  problems: ["window_not_found"],
});
