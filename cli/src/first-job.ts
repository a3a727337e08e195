import { CloudContext, Job, User } from "@corbenic/sdk";
import { histogram } from "./print/histogram.ts";

/** Submits a Hong-Ou-Mandel experiment as any client would, and returns its distribution drawn as text. */
export async function runFirstJob({ url, token }: { url: string; token: string }): Promise<string> {
  const job = new Job({ platformName: "sim:slos", jobName: "Hong-Ou-Mandel" });
  await job.create(new CloudContext(url), User.withJobToken(token));
  const { distribution } = await job.wait();
  return [
    "",
    "Two photons meet on a balanced beam splitter and leave together (Hong-Ou-Mandel):",
    "",
    histogram(distribution),
  ].join("\n");
}
