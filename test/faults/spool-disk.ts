import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { startBalancer } from "./balancer.ts";
import { mountSmallDisk, type SmallDisk } from "./disk-full.ts";
import { freePort, judge, openPostgresGround, settle } from "./ground.ts";
import { createKillableServer } from "./killable-server.ts";
import { startLoad } from "./load.ts";
import { startWorkerProcess } from "./start-worker-process.ts";

const cutsEach = 8;

/**
 * Fills the disk that workers keep their finished results on while the cloud is away, and kills one of them there
 * every other time: what was not kept is computed again.
 */
export async function fillSpools(rounds: number): Promise<boolean> {
  const disk = mountSmallDisk(8);
  if (disk !== undefined) return onDisk(disk, rounds).finally(() => disk.close());
  console.log("Full spools: skipped, since this user may not mount a small disk");
  return true;
}

async function onDisk(disk: SmallDisk, rounds: number): Promise<boolean> {
  const ground = await openPostgresGround();
  const port = await freePort();
  const server = createKillableServer({
    port,
    dataDirectory: ground.dataDirectory,
    databaseUrl: ground.postgres.url,
  });
  await server.start();
  const network = await startBalancer([port]);
  const load = startLoad({ baseUrl: server.url, token: ground.jobToken }, { users: 12, pauseMs: 60 });

  const start = (index: number) =>
    startWorkerProcess({
      url: `http://127.0.0.1:${network.port}`,
      key: ground.workerKeys[index]!,
      spoolDirectory: `${disk.path}/spool-${index}`,
    });
  const workers = [start(0), start(1)];
  await sleep(2_000);
  let kills = 0;
  for (let cut = 0; cut < rounds * cutsEach; cut++) {
    await sleep(1_000);
    disk.fill();
    network.cut();
    await sleep(500 + Math.random() * 3_000);
    if (cut % 2 === 1) {
      const index = kills++ % workers.length;
      workers[index]!.kill("SIGKILL");
      await once(workers[index]!, "exit");
      workers[index] = start(index);
      await sleep(500);
    }
    network.mend();
    disk.makeRoom();
  }
  await load.stop();
  await settle(ground.pool);
  for (const worker of workers) {
    worker.kill("SIGTERM");
    await once(worker, "exit");
  }
  const sound = await judge(ground.pool, load.history, "Full spools");
  console.log(
    `  ${rounds * cutsEach} times full while the cloud was away, ${kills} workers killed there, ${load.answers()} answers to users`,
  );
  await server.kill("SIGTERM");
  await network.close();
  await ground.close();
  return sound;
}
