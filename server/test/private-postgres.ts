import { execFileSync, spawn } from "node:child_process";
import { appendFileSync, chownSync, globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface PrivatePostgres {
  readonly url: string;
  /** Of the process that all others of it are children of. */
  pid(): number;
  /** Kills all of its processes at once, as a power failure would. */
  crash(): Promise<void>;
  /** Starts it again on the same data and port. */
  restart(): Promise<void>;
  /** Starts it again where it has ended by itself, as what watches over services does. */
  revive(): Promise<void>;
  stop(): Promise<void>;
}

export interface PrivatePostgresOptions {
  /** Whether commits reach the disk: false for tests, which need them to be fast, true to measure what users get. */
  readonly fsync: boolean;
  /** Further settings, such as `shared_buffers=1GB`. */
  readonly settings?: readonly string[];
  /** Where to make its folder; among the temporary ones unless given. */
  readonly place?: string;
  /** Of this machine, at which others may reach it as well. */
  readonly address?: string;
}

/** Starts a PostgreSQL server in a folder of its own, or answers undefined where none is installed. */
export async function startPrivatePostgres({
  fsync,
  settings = [],
  place = tmpdir(),
  address,
}: PrivatePostgresOptions): Promise<PrivatePostgres | undefined> {
  const bin = globSync("/usr/lib/postgresql/*/bin").sort().at(-1);
  if (bin === undefined) return undefined;
  const folder = mkdtempSync(join(place, "corbenic-postgres-"));
  const owner = unprivilegedOwner();
  if (owner !== undefined) chownSync(folder, owner.uid, owner.gid);
  const data = join(folder, "data");
  const options = { ...owner, stdio: "pipe" as const, cwd: folder };
  execFileSync(join(bin, "initdb"), ["-D", data, "-U", "corbenic", "-A", "trust", "--no-sync"], options);
  const port = await freePort();
  if (address !== undefined) appendFileSync(join(data, "pg_hba.conf"), `host all all ${address}/24 trust\n`);
  const all = [
    `listen_addresses=${["127.0.0.1", address ?? []].flat().join(",")}`,
    `port=${port}`,
    `unix_socket_directories=${folder}`,
    `fsync=${fsync ? "on" : "off"}`,
    ...settings,
  ];
  const start = async () => {
    const args = ["-D", data, ...all.flatMap((setting) => ["-c", setting])];
    const server = spawn(join(bin, "postgres"), args, options);
    const exited = new Promise<void>((resolve) => server.once("exit", () => resolve()));
    await untilSaid(server.stderr, "ready to accept connections", exited);
    return { server, exited };
  };
  let running = await start();
  return {
    url: `postgres://corbenic@127.0.0.1:${port}/postgres`,
    pid: () => running.server.pid!,
    async crash() {
      const { server, exited } = running;
      // Each of the others is in a group of its own; first goes the one that would start them again.
      const others = childrenOf(server.pid!);
      server.kill("SIGKILL");
      for (const pid of others) kill(pid);
      await exited;
    },
    async restart() {
      running = await start();
    },
    async revive() {
      if (running.server.exitCode !== null || running.server.signalCode !== null) running = await start();
    },
    async stop() {
      running.server.kill("SIGINT");
      await running.exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Of a process with one thread. @throws where there is no /proc */
function childrenOf(parent: number): number[] {
  const pids = readFileSync(`/proc/${parent}/task/${parent}/children`, "utf8").trim();
  return pids === "" ? [] : pids.split(" ").map(Number);
}

/** Kills a process that may be gone by itself. */
function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
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
