import Type from "typebox";
import { endpoint } from "./endpoint.ts";

const operation = {
  tag: "Operation",
  method: "GET",
  callers: "anyone",
  problemFormat: "problem+json",
} as const;

export const getHealth = endpoint({
  ...operation,
  operationId: "getHealth",
  path: "/health",
  summary: "Tell whether the cloud answers and reaches its database",
  response: Type.Object({ status: Type.Literal("ok"), version: Type.String() }),
  problems: ["not_ready"],
});

export const getLiveness = endpoint({
  ...operation,
  operationId: "getLiveness",
  path: "/healthz",
  summary: "Tell whether this process answers",
  description:
    "Without a look at the database: whoever restarts processes by it restarts none that only waits.",
  response: Type.Object({ status: Type.Literal("ok") }),
  problems: [],
});
