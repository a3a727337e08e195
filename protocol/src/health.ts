import Type from "typebox";
import { endpoint } from "./endpoint.ts";

export const getHealth = endpoint({
  operationId: "getHealth",
  method: "GET",
  path: "/health",
  summary: "Tell whether the cloud answers and reaches its database",
  tag: "Operation",
  callers: "anyone",
  response: Type.Object({ status: Type.Literal("ok"), version: Type.String() }),
  problemFormat: "problem+json",
  problems: ["busy"],
});
