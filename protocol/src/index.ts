export * from "./call.ts";
export * from "./endpoint.ts";
export * from "./health.ts";
export * from "./job-state.ts";
export * from "./jobs.ts";
export * from "./leases.ts";
export * from "./platforms.ts";
export * from "./problems.ts";
