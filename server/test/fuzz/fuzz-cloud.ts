import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bindWorkerKey } from "../../src/credentials/credential-store.ts";
import { issueCredential } from "../../src/credentials/credentials.ts";
import { announcePlatform, permitUser } from "../../src/platforms/platform-store.ts";
import { type RunningServer, startServer } from "../../src/server.ts";
import { insertUser } from "../../src/users/user-store.ts";
import { decodablePayload } from "./payload.ts";

/** Who calls: the credential that is sent, where there is one, and the kind of principal that it makes. */
export interface Caller {
  readonly name: string;
  readonly kind: string;
  readonly secret: string | undefined;
}

export interface FuzzCloud {
  readonly server: RunningServer;
  /** New accounts, platforms and credentials: what was asked before may have deleted any of them. */
  renew(): Promise<{ callers: readonly Caller[]; known: ReadonlyMap<string, readonly unknown[]> }>;
  stop(): Promise<void>;
}

/** A cloud on an embedded database, listening on a free port. */
export async function startFuzzCloud(): Promise<FuzzCloud> {
  const dataDirectory = mkdtempSync(join(tmpdir(), "corbenic-fuzz-"));
  const server = await startServer({
    host: "127.0.0.1",
    port: 0,
    dataDirectory,
    consoleDirectory: null,
    logger: false,
    limits: { statusMs: 200, reaperMs: 200 },
  });
  const { pool } = server.database;

  async function account(isAdmin: boolean): Promise<{ userId: number; login: string; jobs: string }> {
    const email = `${randomUUID()}@fuzz.test`;
    const userId = await insertUser(pool, { email, passwordHash: "-", isAdmin });
    const issue = async (kind: "login" | "job") =>
      (await issueCredential(pool, { kind, label: kind, userId })).secret;
    return { userId, login: await issue("login"), jobs: await issue("job") };
  }

  async function ask<Answer>(path: string, secret: string, body?: object): Promise<Answer> {
    const init = { method: "POST", body: JSON.stringify(body) };
    const headers = { authorization: `Bearer ${secret}`, "content-type": "application/json" };
    const answer = await fetch(server.url + path, { headers, ...(body === undefined ? {} : init) });
    return (await answer.json()) as Answer;
  }

  return {
    server,
    async renew() {
      const [admin, owner, other] = [await account(true), await account(false), await account(false)];
      const specs = { available_commands: ["probs", "sample_count", "samples"] };
      const names = [`sim:${randomUUID()}`, `qpu:${randomUUID()}`];
      const keys: string[] = [];
      const ids: string[] = [];
      for (const [index, user] of [owner, other].entries()) {
        const id = await announcePlatform(pool, { name: names[index]!, type: "simulator", specs });
        await permitUser(pool, user.userId, id);
        const key = await issueCredential(pool, { kind: "worker", label: "fuzz", userId: admin.userId });
        await bindWorkerKey(pool, key.id, id);
        keys.push(key.secret);
        ids.push(id);
      }
      const revoked = await issueCredential(pool, { kind: "job", label: "revoked", userId: owner.userId });
      await pool.query("update credentials set revoked_at = now() where id = $1", [revoked.id]);
      const reading = { kind: "job", label: "reading", userId: owner.userId, readOnly: true } as const;
      const reader = await issueCredential(pool, reading);
      const callers = [
        ["nobody", "none", undefined],
        ["revoked", "none", revoked.secret],
        ["reader", "job_token", reader.secret],
        ["owner", "job_token", owner.jobs],
        ["other", "job_token", other.jobs],
        ["owner logged in", "user", owner.login],
        ["other logged in", "user", other.login],
        ["administrator", "admin", admin.login],
        ["administrator's token", "job_token", admin.jobs],
        ["worker", "worker", keys[0]],
        ["other worker", "worker", keys[1]],
      ].map(([name, kind, secret]) => ({ name: name!, kind: kind!, secret }));
      const jobs: string[] = [];
      for (let i = 0; i < 4; i++) {
        const body = { platform_name: names[0], job_name: "fuzz", payload: decodablePayload };
        jobs.push((await ask<{ job_id: string }>("/api/job", owner.jobs, body)).job_id);
      }
      const leased = await ask<{ job_id: string; lease_token: string }>(`/admin/job`, keys[0]!);
      const inAnHour = new Date(Date.now() + 3_600_000).toISOString();
      const inTwoHours = new Date(Date.now() + 7_200_000).toISOString();
      const planned = { start: inAnHour, end: inTwoHours };
      const window = await ask<{ id: string }>(
        `/admin/platforms/${ids[0]}/maintenance-windows`,
        admin.login,
        planned,
      );
      const tokens = await idsOf("credentials", `user_id = ${owner.userId}`);
      const users = [owner.userId, other.userId];
      const known = new Map<string, readonly unknown[]>([
        ["/admin/job/", [leased.job_id]],
        ["lease_token", [leased.lease_token]],
        ["/admin/platforms/", ids],
        ["/admin/maintenance-windows/", [window.id]],
        ["/api/job", jobs],
        ["/admin/jobs/", jobs],
        ["/api/user", users],
        ["/admin/users/", users],
        ["/api/tokens/", tokens],
        ["/api/auth/token", tokens],
        ["start", [inAnHour]],
        ["end", [inTwoHours]],
        ["platform_name", names],
        ["name", names],
        ["platform_id", ids],
        ["platform_ids", ids],
        ["job_id", jobs],
        ["job_ids", jobs],
        ["user_id", users],
        ["token_id", tokens],
        ["token_ids", tokens],
        ["payload", [decodablePayload]],
        ["specs", [specs]],
        ["results", [JSON.stringify({ results: ":PCVL:BSDistribution:{|2,0>=0.5;|0,2>=0.5}" })]],
        // Waiting for jobs that do not come would be all that is done.
        ["wait_s", [0, 0.01]],
      ]);
      return { callers, known };
    },
    async stop() {
      await server.stop();
      rmSync(dataDirectory, { recursive: true, force: true });
    },
  };

  async function idsOf(table: string, condition: string): Promise<unknown[]> {
    const { rows } = await pool.query<{ id: unknown }>(`select id from ${table} where ${condition} limit 5`);
    return rows.map(({ id }) => id);
  }
}
