import { expect, test } from "vitest";
import { openEmbedded } from "../src/database/embedded.ts";
import { applyMigrations, migrate } from "../src/database/migrate.ts";
import { inTransaction } from "../src/database/transaction.ts";

test("platforms of an older database keep what they were, and get a history, limits and a free name", async () => {
  const { pool, close } = await openEmbedded("memory");
  await inTransaction(pool, (client) => applyMigrations(client, 2));
  await pool.query(
    `insert into platforms (name, type, status, specs) values
       ('sim:old', 'simulator', 'available', '{"available_commands": ["probs"]}'),
       ('qpu:old', 'physical', 'retired', '{"available_commands": ["samples"]}')`,
  );
  await migrate(pool);
  const { rows } = await pool.query(
    `select p.name, platform_status(p, p.created_at) as status, p.limits, p.visibility, s.status as noted, s.at = p.created_at as at_birth
       from platforms p join platform_statuses s on s.platform_id = p.id order by p.name desc`,
  );
  const kept = { limits: {}, visibility: "private", at_birth: true };
  expect(rows).toEqual([
    { ...kept, name: "sim:old", status: "available", noted: "available" },
    { ...kept, name: "qpu:old", status: "retired", noted: "retired" },
  ]);
  await expect(
    pool.query(`insert into platforms (name, type, specs) values ('sim:old', 'simulator', '{}')`),
  ).rejects.toThrow(/platforms_name/);
  await close();
});
