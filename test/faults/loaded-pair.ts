import { thisMachine } from "../../worker/src/machine.ts";
import { startWorker } from "../../worker/src/worker.ts";
import { createEchoRunner } from "./echo-runner.ts";
import { freePort, judge, openPostgresGround, type PostgresGround, settle } from "./ground.ts";
import { createKillableServer, type KillableServer } from "./killable-server.ts";
import { type Load, startLoad } from "./load.ts";
import { observedFetch } from "./observed-fetch.ts";

/** Two API processes on one PostgreSQL, with workers and users at work. */
export interface LoadedPair {
  readonly ground: PostgresGround;
  readonly servers: readonly KillableServer[];
  readonly load: Load;
  /** Lets what was begun end, and judges it. @returns whether everything promised was kept */
  judge(title: string): Promise<boolean>;
  close(): Promise<void>;
}

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

export async function openLoadedPair(): Promise<LoadedPair> {
  const ground = await openPostgresGround();
  const servers = await Promise.all(
    [0, 1].map(async (index) =>
      createKillableServer({
        port: await freePort(),
        dataDirectory: `${ground.dataDirectory}/${index}`,
        databaseUrl: ground.postgres.url,
      }),
    ),
  );
  for (const server of servers) await server.start();
  const load = startLoad({ baseUrl: servers[0]!.url, token: ground.jobToken }, { users: 12, pauseMs: 80 });
  const machine = { ...thisMachine, fetch: observedFetch(load.history) };
  const workers = ground.workerKeys.map((key, index) =>
    startWorker({ url: servers[index % 2]!.url, key, log: silent, machine, runner: createEchoRunner() }),
  );
  return {
    ground,
    servers,
    load,
    async judge(title) {
      await load.stop();
      await settle(ground.pool);
      await Promise.all(workers.map((worker) => worker.stop()));
      return judge(ground.pool, load.history, title);
    },
    async close() {
      for (const server of servers) await server.kill("SIGTERM");
      await ground.close();
    },
  };
}
