import { setTimeout as sleep } from "node:timers/promises";
import { openLoadedPair } from "./loaded-pair.ts";

const killsEach = 10;

/** Kills the database under load at instants that are drawn, ten times a round; two API processes stay. */
export async function killPostgres(rounds: number): Promise<boolean> {
  const pair = await openLoadedPair();
  const { load, ground } = pair;
  const backMs: number[] = [];
  for (let kill = 0; kill < rounds * killsEach; kill++) {
    await sleep(500 + Math.random() * 2_000);
    await ground.postgres.crash();
    await sleep(Math.random() * 1_500);
    const begun = performance.now();
    await ground.postgres.restart();
    const before = load.answers();
    while (load.answers() === before) await sleep(10);
    backMs.push(performance.now() - begun);
  }
  const sound = await pair.judge("PostgreSQL kills");
  const refusals = [...load.history.refusals].map(([code, n]) => `${code} ${n}`).join(", ");
  console.log(
    `  ${backMs.length} kills, ${load.answers()} answers to users, slowest return ${Math.max(...backMs).toFixed(0)} ms; refusals: ${refusals}`,
  );
  await pair.close();
  return sound;
}
