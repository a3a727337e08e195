import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { loadConfiguration, runCucumber } from "@cucumber/cucumber/api";
import { startCloud } from "../test/system/running-cloud.ts";
import type { Deployment } from "./steps/world.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    url: { type: "string" },
    "admin-email": { type: "string" },
    "admin-password": { type: "string" },
    simulator: { type: "string", default: "sim:qa" },
    tags: { type: "string" },
    parallel: { type: "string", default: "1" },
    format: { type: "string", default: "progress" },
  },
});

/** Runs the features against a deployment. @returns whether all of them passed */
async function runFeatures(deployment: Deployment): Promise<boolean> {
  const { runConfiguration } = await loadConfiguration(
    {
      file: false,
      provided: {
        paths: positionals.length > 0 ? positionals : ["features/**/*.feature"],
        import: ["features/steps/*.ts"],
        format: [values.format],
        parallel: Number(values.parallel),
        worldParameters: { ...deployment },
        ...(values.tags === undefined ? {} : { tags: values.tags }),
      },
    },
    { cwd: join(import.meta.dirname, "..") },
  );
  return (await runCucumber(runConfiguration, { cwd: join(import.meta.dirname, "..") })).success;
}

/** Runs them against a cloud that is started for them, with nothing in it, and is gone afterwards. */
async function runLocally(): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), "corbenic-features-"));
  try {
    const { ready, ended, kill } = await startCloud(join(folder, "data"));
    try {
      const { email, password } = ready.admin!;
      return await runFeatures({
        url: ready.url,
        adminEmail: email,
        adminPassword: password,
        simulator: values.simulator,
      });
    } finally {
      kill("SIGTERM");
      await ended;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const { url, "admin-email": adminEmail, "admin-password": adminPassword, simulator } = values;
if (url === undefined) {
  process.exitCode = (await runLocally()) ? 0 : 1;
} else if (adminEmail === undefined || adminPassword === undefined) {
  process.stderr.write(
    "To run the features against a deployment give --admin-email and --admin-password as well.\n",
  );
  process.exitCode = 2;
} else {
  process.exitCode = (await runFeatures({ url, adminEmail, adminPassword, simulator })) ? 0 : 1;
}
