import { expect, test } from "vitest";
import { verifyAudit } from "../src/audit/verify-audit.ts";
import { identify } from "../src/credentials/credentials.ts";
import { drawSecret, hashSecret } from "../src/credentials/secret.ts";
import { openEmbedded } from "../src/database/embedded.ts";
import { applyMigrations, migrate } from "../src/database/migrate.ts";
import { inTransaction } from "../src/database/transaction.ts";

test("accounts and credentials of an older database stay good, and labels become unlike each other", async () => {
  const { pool, close } = await openEmbedded("memory");
  await inTransaction(pool, (client) => applyMigrations(client, 1));
  await pool.query(
    `insert into users (email, password_hash, is_admin, priority) values
       ('admin@old', '-', true, 10), ('user@old', '-', false, 3)`,
  );
  const secrets = ["job", "job", "job", "worker"].map((kind) => drawSecret(kind as "job" | "worker"));
  for (const [i, secret] of secrets.entries()) {
    await pool.query("insert into credentials (kind, hash, label, user_id) values ($1, $2, 'notebook', $3)", [
      i === 3 ? "worker" : "job",
      hashSecret(secret),
      i === 2 ? 1 : 2,
    ]);
  }
  await pool.query(
    `with platform as (
       insert into platforms (name, type, specs) values ('sim:old', 'simulator', '{"available_commands": []}') returning id
     )
     insert into jobs (owner_id, platform_id, name, command, priority, max_duration_s, attempts_max)
     select 2, id, 'old', 'probs', 3, 60, 3 from platform`,
  );
  await migrate(pool);

  const principals = await Promise.all(secrets.map((secret) => identify(pool, secret)));
  expect(principals[0]).toEqual({
    kind: "job_token",
    credentialId: 1,
    userId: 2,
    companyId: null,
    priority: 3,
    ageS: expect.any(Number),
    scopes: { platforms: null, shotsMax: null, jobsMax: null, readOnly: false },
  });
  expect(principals.map((principal) => principal?.kind)).toEqual([
    "job_token",
    "job_token",
    "job_token",
    "worker",
  ]);
  const { rows: labels } = await pool.query("select label from credentials order by id");
  expect(labels.map(({ label }) => label)).toEqual(["notebook", "notebook 2", "notebook", "notebook"]);
  const { rows: jobs } = await pool.query("select token_id, suspended_with_account, state from jobs");
  expect(jobs).toEqual([{ token_id: null, suspended_with_account: false, state: "waiting" }]);
  expect(await verifyAudit(pool)).toMatchObject({ whole: true, events: 0 });
  await close();
});
