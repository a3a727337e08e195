import type { Queryable } from "../database/database.ts";

/** Whether this process can serve requests, and each thing that it needs for it. */
export interface Readiness {
  readonly ready: boolean;
  readonly checks: readonly {
    readonly name: "database" | "schema";
    readonly ok: boolean;
    /** What was found, for operators. */
    readonly found: string;
  }[];
}

/** Looks at the database, and whether its schema is at least of the version that this process knows. */
export async function checkReadiness(db: Queryable, schemaVersion: number): Promise<Readiness> {
  try {
    const { rows } = await db.query<{ version: number }>(
      "select max(version) as version from schema_migrations",
    );
    const found = rows[0]?.version ?? 0;
    const schema = { name: "schema", ok: found >= schemaVersion, found: `version ${found}` } as const;
    return { ready: schema.ok, checks: [{ name: "database", ok: true, found: "it answers" }, schema] };
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    return { ready: false, checks: [{ name: "database", ok: false, found }] };
  }
}
