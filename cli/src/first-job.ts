import { Cloud, type CloudAddress, hongOuMandel } from "@corbenic/sdk";
import { histogram } from "./print/histogram.ts";

/** Submits a Hong-Ou-Mandel experiment as any client would, and returns its distribution drawn as text. */
export async function runFirstJob(address: CloudAddress): Promise<string> {
  const job = await new Cloud(address).submit({
    platform_name: "sim:slos",
    job_name: "Hong-Ou-Mandel",
    pcvl_version: "0.12.2",
    payload: hongOuMandel,
  });
  const { distribution } = await job.wait();
  return [
    "",
    "Two photons meet on a balanced beam splitter and leave together (Hong-Ou-Mandel):",
    "",
    histogram(distribution),
  ].join("\n");
}
