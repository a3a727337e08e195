import type { TestProject } from "vitest/node";
import { startPrivatePostgres } from "./private-postgres.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** A PostgreSQL server for tests, or null where none is installed. */
    postgresUrl: string | null;
  }
}

/** Runs a PostgreSQL server in a folder of its own for as long as the tests run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPrivatePostgres({ fsync: false });
  if (server === undefined) {
    console.warn("PostgreSQL is not installed: the tests that need a server are skipped.");
  }
  project.provide("postgresUrl", server?.url ?? null);
  return async () => server?.stop();
}
