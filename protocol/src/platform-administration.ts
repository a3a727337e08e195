import Type from "typebox";
import { endpoint } from "./endpoint.ts";
import {
  nextPlatforms,
  PlatformLimits,
  PlatformSpecs,
  platformFields,
  platformPaging,
  platformStatuses,
} from "./platforms.ts";

export const platformVisibilities = ["private", "public"] as const;
export type PlatformVisibility = (typeof platformVisibilities)[number];

const nullable = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const DateTime = Type.String({ format: "date-time" });
const Visibility = Type.Enum(platformVisibilities, {
  description: "Whether everybody may know of the platform. Using it takes a permission in any case.",
});
const UnreachableAfter = Type.Integer({
  minimum: 1,
  maximum: 2 ** 31 - 1,
  description:
    "Seconds without a word from a worker after which the platform is unreachable; null for never.",
});

const LegacySingle = Type.Boolean({
  description:
    "Whether its workers may be such as cannot send the lease token with their reports. Each key then has one job at a time, and each job one attempt.",
});

/** What whoever runs a platform should look at. */
export const PlatformFlag = Type.Object({
  at: DateTime,
  job_id: Type.String({ format: "uuid", description: "The job that was the reason." }),
  reason: Type.String(),
});
export type PlatformFlag = Type.Static<typeof PlatformFlag>;

/** A platform as those see it who run it. */
export const ManagedPlatform = Type.Object({
  ...platformFields,
  platform_id: Type.String({ format: "uuid", description: "The same as id." }),
  visibility: Visibility,
  set_status: Type.Enum(platformStatuses, {
    description: "What was set; the status also follows maintenance windows and workers.",
  }),
  unreachable_after_s: nullable(UnreachableAfter),
  worker_id: nullable(Type.String()),
  last_fetch_at: nullable(DateTime),
  created_at: DateTime,
  legacy_single: LegacySingle,
  flag: nullable({
    ...PlatformFlag,
    description:
      "Set when a job stopped workers of the platform twice, until an administrator takes it away.",
  }),
});
export type ManagedPlatform = Type.Static<typeof ManagedPlatform>;

const Name = Type.String({
  pattern: "^(sim|qpu):[a-z0-9][a-z0-9._-]{0,62}$",
  description:
    "'sim:' for what computes, 'qpu:' for what measures, then lower-case letters, digits, '.', '_', '-'.",
  examples: ["sim:slos"],
});
const PlatformType = Type.String({
  pattern: "^[A-Za-z0-9][A-Za-z0-9 ._-]{0,62}$",
  description: "'simulator', or anything else for a physical platform.",
});
const Perfs = Type.Record(Type.String({ maxLength: 255 }), Type.Unknown(), {
  maxProperties: 256,
  description: "What the platform measured of itself, such as 'Transmittance (%)'.",
});

export const PlatformRegistration = Type.Object(
  {
    name: Type.Optional(Name),
    platform_name: Type.Optional({ ...Name, description: "The same as name." }),
    type: Type.Optional(PlatformType),
    specs: PlatformSpecs,
    worker_id: Type.Optional(Type.String({ maxLength: 255, pattern: "^[^\\u0000-\\u001f\\u007f]*$" })),
  },
  { additionalProperties: false, anyOf: [{ required: ["name"] }, { required: ["platform_name"] }] },
);

export const PlatformChange = Type.Object(
  {
    name: Type.Optional(Name),
    type: Type.Optional(PlatformType),
    specs: Type.Optional(PlatformSpecs),
    perfs: Type.Optional(Perfs),
    status: Type.Optional(Type.Enum(platformStatuses)),
    visibility: Type.Optional(Visibility),
    limits: Type.Optional({
      ...PlatformLimits,
      description: "The limits to change; null for no limit. Those that are not named stay.",
    }),
    unreachable_after_s: Type.Optional(nullable(UnreachableAfter)),
    legacy_single: Type.Optional(LegacySingle),
    flag: Type.Optional(Type.Null({ description: "Takes the flag away." })),
  },
  { additionalProperties: false, minProperties: 1 },
);
export type PlatformChange = Type.Static<typeof PlatformChange>;

export const PlatformIdParams = Type.Object({ id: Type.String({ format: "uuid" }) });

export const registerPlatform = endpoint({
  tag: "Administration",
  operationId: "registerPlatform",
  method: "POST",
  path: "/admin/platforms/register",
  summary: "Register a platform, or renew what it says of itself",
  description: "A worker may announce only the platforms that its key is bound to.",
  callers: ["admin", "worker"],
  body: PlatformRegistration,
  response: ManagedPlatform,
  problems: ["invalid_specs"],
});

export const listAllPlatforms = endpoint({
  tag: "Administration",
  operationId: "listAllPlatforms",
  method: "GET",
  path: "/admin/platforms",
  summary: "List all platforms",
  description: "In the order of their names. A worker lists the platforms that its key is bound to.",
  callers: ["admin", "worker"],
  query: Type.Object({
    status: Type.Optional(Type.Enum(platformStatuses)),
    type: Type.Optional(Type.String({ maxLength: 64, pattern: "^[^\\u0000]*$" })),
    visibility: Type.Optional(Type.Enum(platformVisibilities)),
    ...platformPaging,
  }),
  response: Type.Object({ platforms: Type.Array(ManagedPlatform), next_cursor: nextPlatforms }),
  problems: [],
});

const one = {
  tag: "Administration",
  path: "/admin/platforms/{id}",
  params: PlatformIdParams,
} as const;

export const getManagedPlatform = endpoint({
  ...one,
  operationId: "getManagedPlatform",
  method: "GET",
  summary: "Read a platform as those see it who run it",
  description: "A worker reads the platforms that its key is bound to.",
  callers: ["admin", "worker"],
  response: ManagedPlatform,
  problems: ["platform_not_found"],
});

const change = {
  ...one,
  callers: ["admin", "worker"],
  body: PlatformChange,
  response: ManagedPlatform,
  description:
    "What is not named stays as it is. A worker changes specs, perfs and status of the platforms that its key is bound to.",
  problems: ["platform_not_found", "invalid_specs", "platform_name_taken"],
} as const;

export const updatePlatform = endpoint({
  ...change,
  operationId: "updatePlatform",
  method: "PATCH",
  summary: "Change a platform",
});

export const replacePlatform = endpoint({
  ...change,
  operationId: "replacePlatform",
  method: "PUT",
  summary: "Change a platform",
});

export const deletePlatform = endpoint({
  ...one,
  operationId: "deletePlatform",
  method: "DELETE",
  summary: "Delete a platform",
  description:
    "Its waiting jobs end in error at once, those that run may finish. Jobs, results and history stay; the name can be used again.",
  callers: ["admin"],
  response: Type.Object({
    message: Type.String(),
    jobs_ended: Type.Integer({ description: "Waiting jobs that ended in error." }),
  }),
  problems: ["platform_not_found"],
});
