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

const limit = (what: string) =>
  Type.Optional(
    Type.Union([Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }), Type.Null()], {
      description: what,
    }),
  );

/** What an operator lets jobs of a platform take; null, or absent, where there is no limit. */
export const PlatformLimits = Type.Object(
  {
    shots_max: limit("Shots of one job."),
    duration_s_max: limit("Seconds that one attempt may run."),
    queue_max: limit("Jobs that may wait or run on the platform."),
    result_bytes_max: limit("Bytes of one job's result."),
    jobs_per_account_max: limit("Jobs that one account may have waiting or running on the platform."),
  },
  { additionalProperties: false },
);
export type PlatformLimits = Type.Static<typeof PlatformLimits>;

export const Platform = Type.Object({
  id: Type.String({ format: "uuid" }),
  name: Type.String({ examples: ["sim:slos"] }),
  type: Type.String({ description: "'simulator', or anything else for a physical platform." }),
  status: Type.Enum(platformStatuses),
  specs: PlatformSpecs,
  perfs: Type.Record(Type.String(), Type.Unknown()),
  limits: PlatformLimits,
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
