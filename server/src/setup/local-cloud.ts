import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import type pg from "pg";
import { system } from "../audit/actor.ts";
import { recordChange } from "../audit/audit-store.ts";
import { bindWorkerKey } from "../credentials/credential-store.ts";
import { identify, issueCredential } from "../credentials/credentials.ts";
import { inTransaction } from "../database/transaction.ts";
import { announcePlatform, type PlatformAnnouncement, permitUser } from "../platforms/platform-store.ts";
import type { RunningServer } from "../server.ts";
import { drawPassword, hashPassword } from "../users/password.ts";
import { findAdministrator, insertUser } from "../users/user-store.ts";
import { simulatorPlatforms } from "./simulator-platforms.ts";

/** What one needs to use a cloud that runs for one person on one machine. */
export interface LocalCloud {
  /** The first administrator, whose password is shown at the first start only. */
  readonly admin: { readonly email: string; readonly password: string } | null;
  readonly jobToken: string;
  readonly workerKey: string;
  /** The key of the quantum processor's worker, where one was asked for. */
  readonly qpuKey: string | null;
  readonly platforms: readonly string[];
}

const administratorEmail = "admin@corbenic.local";

/**
 * Makes the cloud usable without further steps: the first administrator, the simulator platforms, a job token and
 * a key for the simulator worker; with `qpu` also that platform, and a key for its worker. The two secrets are kept in a file that only this user can read, so that a
 * notebook's token goes on working after a restart.
 */
export async function setUpLocalCloud(
  server: RunningServer,
  { qpu }: { readonly qpu?: PlatformAnnouncement | undefined } = {},
): Promise<LocalCloud> {
  const { pool } = server.database;
  const password = drawPassword();
  const passwordHash = (await findAdministrator(pool)) === undefined ? await hashPassword(password) : null;
  const kept = readSecrets(server.credentialsPath);
  return inTransaction(pool, async (client) => {
    const existing = await findAdministrator(client);
    const created = existing === undefined && passwordHash !== null;
    const userId = created ? await createAdministrator(client, passwordHash) : existing!.id;
    const platformIds: string[] = [];
    for (const platform of simulatorPlatforms) {
      const id = await announcePlatform(client, platform);
      await permitUser(client, userId, id);
      platformIds.push(id);
    }
    const jobToken = await keepOrIssue(client, "job", kept.job_token, userId);
    const workerKey = await keepOrIssue(client, "worker", kept.worker_key, userId);
    await bindKey(client, workerKey, platformIds);
    const qpuKey = qpu === undefined ? null : await setUpQpu(client, qpu, kept.qpu_key, userId);
    writeSecrets(server.credentialsPath, {
      ...kept,
      job_token: jobToken,
      worker_key: workerKey,
      ...(qpuKey === null ? {} : { qpu_key: qpuKey }),
    });
    return {
      admin: created ? { email: administratorEmail, password } : null,
      jobToken,
      workerKey,
      qpuKey,
      platforms: [...simulatorPlatforms, ...(qpu === undefined ? [] : [qpu])].map(({ name }) => name),
    };
  });
}

async function createAdministrator(client: pg.PoolClient, passwordHash: string): Promise<number> {
  const id = await insertUser(client, { email: administratorEmail, passwordHash, isAdmin: true });
  await recordChange(client, system, {
    action: "user.bootstrap",
    object: `user:${id}`,
    after: { email: administratorEmail, is_admin: true },
  });
  return id;
}

/** A worker of its own, with a key of its own: a simulator must not take what is meant to be measured. */
async function setUpQpu(
  client: pg.PoolClient,
  qpu: PlatformAnnouncement,
  kept: string | undefined,
  userId: number,
): Promise<string> {
  const id = await announcePlatform(client, qpu);
  await permitUser(client, userId, id);
  const key = await keepOrIssue(client, "worker", kept, userId);
  await bindKey(client, key, [id]);
  return key;
}

async function bindKey(client: pg.PoolClient, secret: string, platformIds: readonly string[]): Promise<void> {
  const key = await identify(client, secret);
  for (const id of platformIds) await bindWorkerKey(client, key!.credentialId, id);
}

async function keepOrIssue(
  client: pg.PoolClient,
  kind: "job" | "worker",
  kept: string | undefined,
  userId: number,
): Promise<string> {
  if (kept !== undefined && (await identify(client, kept)) !== undefined) return kept;
  // Processes on one database may start within the same second, and labels are an account's own.
  const start = randomBytes(3).toString("hex");
  const label = `local ${start}, ${new Date().toISOString().slice(0, 19).replace("T", " ")}`;
  const { id, secret } = await issueCredential(client, { kind, label, userId });
  const noun = kind === "job" ? "token" : "worker_key";
  await recordChange(client, system, { action: `${noun}.create`, object: `${noun}:${id}`, after: { label } });
  return secret;
}

interface Secrets {
  readonly job_token?: string;
  readonly worker_key?: string;
  readonly qpu_key?: string;
}

function readSecrets(path: string): Secrets {
  if (!existsSync(path)) return {};
  const parsed = JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
  return Object.fromEntries(Object.entries(parsed).filter(([, value]) => typeof value === "string"));
}

function writeSecrets(path: string, secrets: Secrets): void {
  const half = `${path}.new`;
  writeFileSync(half, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  chmodSync(half, 0o600);
  renameSync(half, path);
}
