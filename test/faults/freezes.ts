import { setTimeout as sleep } from "node:timers/promises";
import { shortLimits } from "./killable-server.ts";
import { openLoadedPair } from "./loaded-pair.ts";

const freezesEach = 12;

/** Freezes one of two API processes in the middle of whatever it does, for up to three leases, and lets it go on. */
export async function freezeApi(rounds: number): Promise<boolean> {
  const pair = await openLoadedPair();
  const { load, servers } = pair;
  let longestMs = 0;
  for (let freeze = 0; freeze < rounds * freezesEach; freeze++) {
    await sleep(300 + Math.random() * 700);
    const { pid } = servers[freeze % 2]!;
    const ms = Math.random() * 3 * shortLimits.leaseMs!;
    process.kill(pid, "SIGSTOP");
    await sleep(ms);
    process.kill(pid, "SIGCONT");
    longestMs = Math.max(longestMs, ms);
  }
  const sound = await pair.judge("API freezes");
  console.log(
    `  ${rounds * freezesEach} freezes of up to ${longestMs.toFixed(0)} ms (a lease is ${shortLimits.leaseMs} ms), ${load.answers()} answers to users`,
  );
  await pair.close();
  return sound;
}
