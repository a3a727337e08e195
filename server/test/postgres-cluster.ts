import { execFileSync, spawn } from "node:child_process";
import { chownSync, globSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** A PostgreSQL server for tests, or null where none is installed. */
    postgresUrl: string | null;
  }
}

/** Runs a PostgreSQL server in a folder of its own for as long as the tests run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const bin = globSync("/usr/lib/postgresql/*/bin").sort().at(-1);
  if (bin === undefined) {
    console.warn("PostgreSQL is not installed: the tests that need a server are skipped.");
    project.provide("postgresUrl", null);
    return async () => undefined;
  }
  const folder = mkdtempSync(join(tmpdir(), "corbenic-postgres-"));
  const owner = unprivilegedOwner();
  if (owner !== undefined) chownSync(folder, owner.uid, owner.gid);
  const data = join(folder, "data");
  const options = { ...owner, stdio: "pipe" as const, cwd: folder };
  execFileSync(join(bin, "initdb"), ["-D", data, "-U", "corbenic", "-A", "trust", "--no-sync"], options);
  const port = await freePort();
  const settings = [
    "listen_addresses=127.0.0.1",
    `port=${port}`,
    `unix_socket_directories=${folder}`,
    "fsync=off",
  ];
  const server = spawn(
    join(bin, "postgres"),
    ["-D", data, ...settings.flatMap((setting) => ["-c", setting])],
    options,
  );
  const exited = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  await untilSaid(server.stderr, "ready to accept connections", exited);
  project.provide("postgresUrl", `postgres://corbenic@127.0.0.1:${port}/postgres`);
  return async () => {
    server.kill("SIGINT");
    await exited;
    rmSync(folder, { recursive: true, force: true });
  };
}

/** PostgreSQL refuses to run as root; Debian's package makes a user for it. */
function unprivilegedOwner(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) => Number(execFileSync("id", [flag, "postgres"]).toString());
  return { uid: id("-u"), gid: id("-g") };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

async function untilSaid(stream: NodeJS.ReadableStream, text: string, exited: Promise<void>): Promise<void> {
  let said = "";
  const heard = new Promise<void>((resolve) => {
    stream.on("data", (chunk) => {
      said += chunk;
      if (said.includes(text)) resolve();
    });
  });
  await Promise.race([
    heard,
    exited.then(() => {
      throw new Error(`PostgreSQL did not start: ${said}`);
    }),
  ]);
}
