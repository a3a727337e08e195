import { createServer } from "node:net";
import { availableParallelism, totalmem } from "node:os";
import { resolve } from "node:path";
import { acquireDataDirectory, checkDatabase, StartError } from "@corbenic/server";
import type { Values } from "./settings/with-settings.ts";

/** One thing that was looked at. */
export interface Finding {
  readonly check: string;
  readonly verdict: "good" | "doubtful" | "bad";
  readonly found: string;
  readonly remedy?: string;
}

const gibibyte = 2 ** 30;
const nodeMajorMin = 24;
const memoryGibMin = 2;

/** Looks at everything that a start needs, and changes nothing but a data directory that is missing. */
export async function findings(
  settings: Values<"host" | "port" | "dataDir" | "databaseUrl">,
): Promise<Finding[]> {
  return [
    nodeVersion(),
    machine(),
    await portIsFree(settings.host, settings.port),
    dataDirectory(resolve(settings.dataDir)),
    await database(settings.databaseUrl),
  ];
}

function nodeVersion(): Finding {
  const found = process.version;
  return Number.parseInt(process.versions.node, 10) >= nodeMajorMin
    ? { check: "Node", verdict: "good", found }
    : {
        check: "Node",
        verdict: "bad",
        found,
        remedy: `Run it with Node ${nodeMajorMin} or newer; npm start brings one.`,
      };
}

function machine(): Finding {
  const gib = totalmem() / gibibyte;
  const found = `${availableParallelism()} cores, ${gib.toFixed(1)} GiB of memory`;
  return gib >= memoryGibMin
    ? { check: "Machine", verdict: "good", found }
    : {
        check: "Machine",
        verdict: "doubtful",
        found,
        remedy: "Large simulations will be refused for lack of memory.",
      };
}

async function portIsFree(host: string, port: number): Promise<Finding> {
  const check = `Port ${port}`;
  const refusal = await tryToListen(host, port);
  return refusal === undefined
    ? { check, verdict: "good", found: `free on ${host}` }
    : {
        check,
        verdict: "doubtful",
        found: refusal,
        remedy: "Stop what listens there, or choose another with --port.",
      };
}

function tryToListen(host: string, port: number): Promise<string | undefined> {
  return new Promise((tell) => {
    const probe = createServer();
    probe.once("error", (error) => tell(error.message));
    probe.listen(port, host, () => probe.close(() => tell(undefined)));
  });
}

function dataDirectory(path: string): Finding {
  const check = "Data directory";
  try {
    acquireDataDirectory(path).release();
    return { check, verdict: "good", found: path };
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    return { check, verdict: "doubtful", found: path, remedy: error.message };
  }
}

async function database(url: string | undefined): Promise<Finding> {
  const check = "Database";
  if (url === undefined) return { check, verdict: "good", found: "embedded, in the data directory" };
  try {
    return { check, verdict: "good", found: await checkDatabase(url) };
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    return { check, verdict: "bad", found: "does not answer", remedy: error.message };
  }
}
