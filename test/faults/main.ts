import { parseArgs } from "node:util";

/** Breaks a running cloud on purpose, in real processes, and says what was lost. */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: "string", default: "1" } },
});
const rounds = Number(values.rounds);
const faults: Record<string, () => Promise<boolean>> = {
  api: async () => (await import("./api-kills.ts")).killApi(rounds),
  worker: async () => (await import("./worker-kills.ts")).killWorkers(rounds),
  postgres: async () => (await import("./postgres-kills.ts")).killPostgres(rounds),
  freeze: async () => (await import("./freezes.ts")).freezeApi(rounds),
  disk: async () => (await import("./full-disks.ts")).fillDisks(rounds),
  rolling: async () => (await import("./balanced-cloud.ts")).restartInTurns(rounds),
  database: async () => (await import("./balanced-cloud.ts")).restartDatabase(rounds),
  network: async () => (await import("./balanced-cloud.ts")).cutNetwork(rounds),
  spool: async () => (await import("./spool-disk.ts")).fillSpools(rounds),
  machines: async () => (await import("./machines.ts")).pullCables(rounds),
  embedded: async () => (await import("./embedded-kills.ts")).killEmbedded(rounds),
};
let sound = true;
for (const name of positionals.length === 0 ? Object.keys(faults) : positionals) {
  const inject = faults[name];
  if (inject === undefined)
    throw new Error(`There is no fault ${name}: choose of ${Object.keys(faults).join(", ")}.`);
  sound = (await inject()) && sound;
}
process.exit(sound ? 0 : 1);
