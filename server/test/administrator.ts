import { randomUUID } from "node:crypto";
import type { CallTarget } from "@corbenic/protocol";
import { issueCredential } from "../src/credentials/credentials.ts";
import { insertUser } from "../src/users/user-store.ts";
import type { TestCloud } from "./test-cloud.ts";

/** An administrator of the test cloud: logged in, and by a job token. */
export interface Administrator {
  readonly userId: number;
  readonly login: CallTarget;
  readonly jobs: CallTarget;
}

export async function addAdministrator(cloud: TestCloud): Promise<Administrator> {
  const { pool } = cloud.database;
  const email = `${randomUUID()}@test`;
  const userId = await insertUser(pool, { email, passwordHash: "-", isAdmin: true });
  const as = async (kind: "login" | "job"): Promise<CallTarget> => {
    const { secret } = await issueCredential(pool, { kind, label: email, userId });
    return { ...cloud.anonymous, token: secret };
  };
  return { userId, login: await as("login"), jobs: await as("job") };
}
