import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { JobSubmission } from "@corbenic/protocol";
import { CloudContext, Job, type Payload, User } from "@corbenic/sdk";
import { startServer } from "@corbenic/server";
import type { Limits } from "../../server/src/config.ts";
import { bindWorkerKey } from "../../server/src/credentials/credential-store.ts";
import { issueCredential } from "../../server/src/credentials/credentials.ts";
import {
  announcePlatform,
  type PlatformAnnouncement,
  permitUser,
} from "../../server/src/platforms/platform-store.ts";
import { insertUser } from "../../server/src/users/user-store.ts";

/** A cloud with one platform that nobody serves yet. */
export interface LabCloud {
  readonly url: string;
  readonly workerKey: string;
  readonly jobToken: string;
  /** Submits a job to the platform as a user of it. */
  submit(payload: Payload, more?: Partial<JobSubmission>): Promise<Job>;
  stop(): Promise<void>;
}

export async function startLabCloud(
  platform: PlatformAnnouncement,
  limits: Partial<Limits> = {},
): Promise<LabCloud> {
  const dataDirectory = mkdtempSync(join(tmpdir(), "corbenic-lab-"));
  const server = await startServer({
    host: "127.0.0.1",
    port: 0,
    dataDirectory,
    consoleDirectory: null,
    logger: false,
    limits,
  });
  const { pool } = server.database;
  const platformId = await announcePlatform(pool, platform);
  const userId = await insertUser(pool, { email: "lab@test", passwordHash: "-", isAdmin: false });
  await permitUser(pool, userId, platformId);
  const token = await issueCredential(pool, { kind: "job", label: "lab", userId });
  const key = await issueCredential(pool, { kind: "worker", label: "lab", userId });
  await bindWorkerKey(pool, key.id, platformId);
  return {
    url: server.url,
    workerKey: key.secret,
    jobToken: token.secret,
    async submit(payload, more) {
      const job = new Job({ platformName: platform.name, payload });
      await job.create(new CloudContext(server.url), User.withJobToken(token.secret), more);
      return job;
    },
    async stop() {
      await server.stop();
      rmSync(dataDirectory, { recursive: true, force: true });
    },
  };
}
