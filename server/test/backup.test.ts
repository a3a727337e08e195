import { PassThrough, Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { gunzipSync, gzipSync } from "node:zlib";
import { call, completeJob, getJobResult, getJobStatus } from "@corbenic/protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import { restoreBackup } from "../src/backup/restore-backup.ts";
import { writeBackup } from "../src/backup/write-backup.ts";
import type { Database } from "../src/database/database.ts";
import { openEmbedded } from "../src/database/embedded.ts";
import { StartError } from "../src/start-error.ts";
import { describeOnBoth, results, type TestCloud } from "./test-cloud.ts";

async function take(database: Database): Promise<Buffer> {
  const target = new PassThrough();
  const [bytes] = await Promise.all([buffer(target), writeBackup(database.pool, target)]);
  return bytes;
}

/** Every row of every table, as text. */
async function contentOf(database: Database): Promise<Record<string, string[]>> {
  const { rows: tables } = await database.pool.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = current_schema()::regnamespace and relkind = 'r'`,
  );
  const content: Record<string, string[]> = {};
  for (const { name } of tables) {
    const { rows } = await database.pool.query<{ row: string }>(`select t::text as row from "${name}" t`);
    if (name !== "schema_migrations") content[name] = rows.map(({ row }) => row).sort();
  }
  return content;
}

describeOnBoth("a backup", (openCloud) => {
  let cloud: TestCloud;
  let backup: Buffer;
  let completed: string;
  let untouched: Database;
  const opened: Database[] = [];
  const empty = async () => {
    const database = await openEmbedded("memory");
    opened.push(database);
    return database;
  };

  beforeAll(async () => {
    cloud = await openCloud();
    completed = await cloud.submit();
    const { job_id, lease_token } = await cloud.lease();
    await call(completeJob, cloud.worker, { params: { id: job_id }, body: { lease_token, results } });
    await cloud.submit();
    backup = await take(cloud.database);
    untouched = await empty();
  });
  afterAll(async () => {
    for (const database of opened) await database.close();
    await cloud.close();
  });

  test("restored into an empty database holds every row as it was", async () => {
    const database = await empty();
    const rows = await restoreBackup(database.pool, Readable.from([backup]));
    expect(rows).toMatchObject({ jobs: 2, job_results: 1, users: 1 });
    const { cluster, ...original } = await contentOf(cloud.database);
    const { cluster: renewed, ...restored } = await contentOf(database);
    expect(restored).toEqual(original);
    // What leases are derived from is another: those of the original mean nothing here.
    expect(renewed).not.toEqual(cluster);
    const { rows: next } = await database.pool.query(
      "insert into users (email, password_hash) values ('new@test', '-') returning id > (select max(id) from users) as after",
    );
    expect(next).toEqual([{ after: true }]);
  });

  test("that was taken while a worker held a job gives it to another afterwards", async () => {
    const leased = await cloud.lease();
    const taken = await take(cloud.database);
    const database = await empty();
    await restoreBackup(database.pool, Readable.from([taken]));
    const { rows } = await database.pool.query(
      "select state, lease_hash, attempt, attempts_counted from jobs where id = $1",
      [leased.job_id],
    );
    expect(rows).toEqual([{ state: "waiting", lease_hash: null, attempt: 1, attempts_counted: 0 }]);
    const params = { id: leased.job_id };
    await call(completeJob, cloud.worker, { params, body: { lease_token: leased.lease_token, results } });
    expect(await call(getJobStatus, cloud.owner.jobs, { params })).toMatchObject({ status: "completed" });
    expect(await call(getJobResult, cloud.owner.jobs, { params: { id: completed } })).toMatchObject({
      results,
    });
  });

  test("is refused by a database that is not empty", async () => {
    await expect(restoreBackup(cloud.database.pool, Readable.from([backup]))).rejects.toThrow(
      /not empty: give an empty one/,
    );
  });

  const lines = () => gunzipSync(backup).toString().split("\n");
  const rewritten = (change: (text: string[]) => string[]) => () => gzipSync(change(lines()).join("\n"));
  test.each([
    ["cut short", () => backup.subarray(0, backup.length / 2), /cannot be read/],
    ["without its end", rewritten((text) => text.slice(0, -2)), /is cut short/],
    [
      "with a row changed",
      rewritten((text) => text.map((line) => line.replace('"name":"test"', '"name":"tess"'))),
      /was changed/,
    ],
    ["with a row left out", rewritten((text) => text.toSpliced(-3, 1)), /was changed/],
    [
      "that goes on",
      rewritten((text) => [...text.slice(0, -1), '["users",{}]', ""]),
      /goes on after its end/,
    ],
    [
      "of a newer version",
      rewritten((text) => [text[0]!.replace(/"schema":\d+/, '"schema":9999'), ...text.slice(1)]),
      /newer version/,
    ],
    ["of something else", () => gzipSync('{"hello": 1}\n'), /is not one that this version/],
    ["that is no archive", () => Buffer.from("hello"), /cannot be read/],
  ])("%s restores nothing", async (_, broken, sentence) => {
    const restoring = restoreBackup(untouched.pool, Readable.from([broken()]));
    await expect(restoring).rejects.toThrow(sentence);
    await expect(restoring).rejects.toBeInstanceOf(StartError);
    expect(await contentOf(untouched)).toEqual({});
  });
});
