import { styleText } from "node:util";
import type { LocalCloud } from "@corbenic/server";

export interface Place {
  readonly url: string;
  readonly dataDirectory: string;
  readonly version: string;
}

/** What a person needs to know of a cloud that has just started. */
export function describeReady({ url, dataDirectory, version }: Place, cloud: LocalCloud): string {
  const rows: [string, string][] = [
    ["Console", `${url}/`],
    ["API", url],
    ["API reference", `${url}/reference`],
    ["Health", `${url}/health`],
    ["Data", dataDirectory],
    ["Platforms", cloud.platforms.join(", ")],
    ["Job token", cloud.jobToken],
  ];
  if (cloud.admin !== null) {
    rows.push(
      ["Administrator", cloud.admin.email],
      ["Password", `${cloud.admin.password}  (shown this once)`],
    );
  }
  const width = Math.max(...rows.map(([label]) => label.length));
  return [
    "",
    styleText("bold", `Corbenic ${version} is ready.`),
    "",
    ...rows.map(([label, value]) => `  ${label.padEnd(width)}  ${value}`),
    "",
    "Point Perceval at it:",
    "",
    ...pythonLines(url, cloud.jobToken).map((line) => `  ${line}`),
    "",
  ].join("\n");
}

export function pythonLines(url: string, token: string): string[] {
  return [
    "import perceval as pcvl",
    `token, url = "${token}", "${url}"`,
    `processor = pcvl.RemoteProcessor("sim:slos", token, url)`,
  ];
}

/** The same for programs, on one line. */
export function readyLine({ url, dataDirectory, version }: Place, cloud: LocalCloud): string {
  return JSON.stringify({
    url,
    console_url: `${url}/`,
    data_dir: dataDirectory,
    version,
    admin: cloud.admin,
    job_token: cloud.jobToken,
    worker_key: cloud.workerKey,
    platforms: cloud.platforms,
  });
}
