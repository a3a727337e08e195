import { Gauge, type Registry } from "prom-client";
import type { Queryable } from "../database/database.ts";
import { listPlatformLoads, type PlatformLoad } from "./platform-load-store.ts";

/** The gauges of a platform, each with what it reads. */
const gauges: Readonly<Record<string, { help: string; read: (load: PlatformLoad) => number | null }>> = {
  corbenic_jobs_unended: { help: "Jobs that wait, run or are suspended.", read: (load) => load.unended },
  corbenic_jobs_running: { help: "Jobs that a worker holds.", read: (load) => load.running },
  corbenic_queue_head_wait_seconds: {
    help: "For how long the job whose turn is next has waited; absent when none waits.",
    read: (load) => load.head_wait_s,
  },
  corbenic_platform_available: {
    help: "1 while the platform is available, else 0.",
    read: (load) => Number(load.status === "available"),
  },
  corbenic_platform_unasked_seconds: {
    help: "Since a worker last asked for a job; absent when none ever did.",
    read: (load) => load.unasked_s,
  },
};

/** What is waiting and running in the whole cloud, read from the database when it is asked for. */
export function measureCloud(registry: Registry, db: Queryable): void {
  let reading: Promise<PlatformLoad[]> | undefined;
  /** The gauges are collected at once, and share one look at the database. */
  const look = () => {
    reading ??= listPlatformLoads(db).finally(() => {
      reading = undefined;
    });
    return reading;
  };
  for (const [name, { help, read }] of Object.entries(gauges)) {
    new Gauge({
      name,
      help,
      labelNames: ["platform"],
      registers: [registry],
      async collect() {
        const loads = await look();
        this.reset();
        for (const load of loads) {
          const value = read(load);
          if (value !== null) this.set({ platform: load.name }, value);
        }
      },
    });
  }
}
