import Type from "typebox";
import { endpoint } from "./endpoint.ts";

export const platformStatuses = ["available", "maintenance", "unreachable", "retired"] as const;
export type PlatformStatus = (typeof platformStatuses)[number];

const Count = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });

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

const DateTime = Type.String({ format: "date-time", maxLength: 64 });

/** A time in which a platform is worked on: its jobs wait. */
export const MaintenancePeriod = Type.Object({
  start: DateTime,
  end: DateTime,
  reason: Type.String({ maxLength: 255, pattern: "^[^\\u0000-\\u001f\\u007f]*$" }),
});

/** What every reader of a platform is shown. */
export const platformFields = {
  id: Type.String({ format: "uuid" }),
  name: Type.String({ examples: ["sim:slos"] }),
  type: Type.String({ description: "'simulator', or anything else for a physical platform." }),
  status: Type.Enum(platformStatuses, {
    description:
      "'maintenance' in a maintenance window, 'unreachable' when no worker has asked for jobs lately.",
  }),
  specs: PlatformSpecs,
  perfs: Type.Record(Type.String(), Type.Unknown()),
  limits: PlatformLimits,
  maintenance: Type.Union([MaintenancePeriod, Type.Null()], {
    description: "The maintenance window that is open or comes next.",
  }),
  jobs: Type.Integer({ description: "Jobs waiting or running on the platform." }),
};
export const Platform = Type.Object(platformFields);
export type Platform = Type.Static<typeof Platform>;

export const PlatformParams = Type.Object({
  name: Type.String({ maxLength: 255, examples: ["sim:slos"] }),
});

/** Where a list of platforms goes on, and how long its pages are. */
export const platformPaging = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
  cursor: Type.Optional(Type.String({ maxLength: 1024, description: "The next_cursor of the page before." })),
};
export const nextPlatforms = Type.Union([Type.String(), Type.Null()], {
  description: "Where the next page begins; null on the last.",
});

const read = { tag: "Platforms", method: "GET", callers: ["job_token", "user", "admin"] } as const;

const readOne = {
  ...read,
  params: PlatformParams,
  response: Platform,
  problems: ["platform_not_found"],
  problemFormat: "perceval",
} as const;

export const getPlatform = endpoint({
  ...readOne,
  operationId: "getPlatform",
  path: "/api/platform/{name}",
  summary: "Read a platform",
});

export const getPlatformProcessor = endpoint({
  ...readOne,
  operationId: "getPlatformProcessor",
  path: "/api/platforms/{name}/processor",
  summary: "Read a platform as the processor that clients build jobs for",
});

export const listPlatforms = endpoint({
  ...read,
  operationId: "listPlatforms",
  path: "/api/platforms",
  summary: "List the platforms that the account may use",
  description: "In the order of their names. Administrators who have logged in see all.",
  query: Type.Object(platformPaging),
  response: Type.Object({ platforms: Type.Array(Platform), next_cursor: nextPlatforms }),
  problems: [],
});

/** The part of a time that was spent in each status, from 0 to 1. */
const shares = {
  available: Type.Number({ minimum: 0, maximum: 1 }),
  maintenance: Type.Number({ minimum: 0, maximum: 1 }),
  unreachable: Type.Number({ minimum: 0, maximum: 1 }),
  retired: Type.Number({ minimum: 0, maximum: 1 }),
};

export const PlatformAvailability = Type.Object({
  platform_name: Type.String(),
  per: Type.Enum(["hour", "day"]),
  total: Type.Union([Type.Object(shares), Type.Null()], {
    description: "Over all that is known of these days; null when nothing is.",
  }),
  shares: Type.Array(
    Type.Object({
      start: DateTime,
      seconds: Type.Number({ minimum: 0, description: "Of this hour or day, how much is known." }),
      ...shares,
    }),
    { description: "The hours or days (UTC) of which anything is known, in order." },
  ),
});
export type PlatformAvailability = Type.Static<typeof PlatformAvailability>;

export const getPlatformAvailability = endpoint({
  ...read,
  operationId: "getPlatformAvailability",
  path: "/api/platforms/{name}/availability",
  summary: "Read which part of each hour or day a platform spent in each status",
  params: PlatformParams,
  query: Type.Object({
    per: Type.Optional(Type.Enum(["hour", "day"], { default: "day" })),
    days: Type.Optional(Type.Integer({ minimum: 1, maximum: 30, default: 30 })),
  }),
  response: PlatformAvailability,
  problems: ["platform_not_found"],
});

export const PublicPlatform = Type.Object({
  name: Type.String(),
  type: Type.String(),
  status: Type.Enum(platformStatuses),
  description: Type.String(),
  availability: Type.Union([Type.Number({ minimum: 0, maximum: 1 }), Type.Null()], {
    description: "The part of the last 30 days in which it was available; null when nothing is known.",
  }),
});

export const listPublicPlatforms = endpoint({
  tag: "Platforms",
  method: "GET",
  callers: "anyone",
  operationId: "listPublicPlatforms",
  path: "/api/platforms/public",
  summary: "List the platforms that everybody may know of",
  query: Type.Object(platformPaging),
  response: Type.Object({ platforms: Type.Array(PublicPlatform), next_cursor: nextPlatforms }),
  problems: [],
});
