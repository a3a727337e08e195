import Type from "typebox";
import { endpoint } from "./endpoint.ts";

export const platformStatuses = ["available", "maintenance", "unreachable", "retired"] as const;
export type PlatformStatus = (typeof platformStatuses)[number];

const Count = Type.Integer({ minimum: 0 });

/** What a platform can do, as Perceval clients read it before they build a payload. */
export const PlatformSpecs = Type.Object(
  {
    available_commands: Type.Array(Type.String()),
    constraints: Type.Optional(
      Type.Object(
        {
          max_mode_count: Type.Optional(Count),
          min_mode_count: Type.Optional(Count),
          max_photon_count: Type.Optional(Count),
          min_photon_count: Type.Optional(Count),
          support_multi_photon: Type.Optional(Type.Boolean()),
        },
        { additionalProperties: true },
      ),
    ),
    parameters: Type.Optional(
      Type.Record(Type.String(), Type.String(), { description: "Each parameter's name and what it does." }),
    ),
    detector: Type.Optional(Type.String()),
    connected_input_modes: Type.Optional(Type.Array(Count)),
    architecture: Type.Optional(
      Type.String({ description: "A serialized circuit, or 'none' for any circuit." }),
    ),
    specific_circuit: Type.Optional(Type.String()),
    description: Type.Optional(Type.String()),
  },
  { additionalProperties: true },
);
export type PlatformSpecs = Type.Static<typeof PlatformSpecs>;

export const Platform = Type.Object({
  id: Type.String({ format: "uuid" }),
  name: Type.String({ examples: ["sim:slos"] }),
  type: Type.String({ description: "'simulator', or anything else for a physical platform." }),
  status: Type.Enum(platformStatuses),
  specs: PlatformSpecs,
  perfs: Type.Record(Type.String(), Type.Unknown()),
  jobs: Type.Integer({ description: "Jobs waiting or running on the platform." }),
});
export type Platform = Type.Static<typeof Platform>;

const PlatformParams = Type.Object({ name: Type.String({ maxLength: 255, examples: ["sim:slos"] }) });

const shared = {
  tag: "Platforms",
  method: "GET",
  callers: ["job_token", "user", "admin"],
  params: PlatformParams,
  response: Platform,
  problems: ["platform_not_found"],
  problemFormat: "perceval",
} as const;

export const getPlatform = endpoint({
  ...shared,
  operationId: "getPlatform",
  path: "/api/platform/{name}",
  summary: "Read a platform",
});

export const getPlatformProcessor = endpoint({
  ...shared,
  operationId: "getPlatformProcessor",
  path: "/api/platforms/{name}/processor",
  summary: "Read a platform as the processor that clients build jobs for",
});
