import Type from "typebox";
import { endpoint } from "./endpoint.ts";

const nullable = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const DateTime = Type.String({ format: "date-time" });
const Count = Type.Integer({ minimum: 0 });

/** What the jobs took that were submitted on one day, to one platform, with one token. */
export const JobUsage = Type.Object({
  day: Type.String({ description: "In UTC.", examples: ["2026-03-31"] }),
  platform_name: Type.String(),
  token_id: nullable(Type.Integer({ description: "Null for jobs of a person who had logged in." })),
  token_label: nullable(Type.String()),
  jobs: { ...Count, description: "All of them, also those that have not ended." },
  completed: Count,
  failed: Count,
  canceled: Count,
  ran_for_s: Type.Number({ minimum: 0, description: "Seconds that they ran, or have run until now." }),
  shots_max: nullable(
    Type.Integer({ description: "Shots that those that ran could make at most; null if none had a bound." }),
  ),
});
export type JobUsage = Type.Static<typeof JobUsage>;

export const getJobUsage = endpoint({
  tag: "Jobs",
  operationId: "getJobUsage",
  method: "GET",
  path: "/api/jobs/usage",
  summary: "Report what the account's jobs took, by day, platform and token",
  description:
    "Every job of the account, whatever it was submitted with. Of the last 30 days, or of another time of at most 366.",
  callers: ["job_token", "user", "admin"],
  query: Type.Object({
    start_time: Type.Optional({ ...DateTime, description: "Only jobs submitted at this time or later." }),
    end_time: Type.Optional({
      ...DateTime,
      description: "Only jobs submitted before this time; now if left out.",
    }),
  }),
  response: Type.Object({ usage: Type.Array(JobUsage) }),
  problems: ["invalid_request"],
});
