/**
 * What it takes to refuse bombs: zipped ones that would inflate to ten sizes, payloads that are as heavy as the limits
 * allow before something at their end is wrong, and all that is kept as malicious. Each of the first two in a process
 * of its own, which has read ordinary payloads before. Times are those of the thread on a processor, which other
 * programs on the machine do not add to.
 */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { deflateSync } from "node:zlib";
import { BadPayload, decodePayload } from "@corbenic/photonics/perceval";
import { vectorsOf, vectorVersions } from "../photonics/test/client-vectors.ts";
import { construct } from "../photonics/test/hostile/construct.ts";
import { maliciousCollections } from "../photonics/test/hostile/malicious.ts";

const mebi = 2 ** 20;
const runs = 5;

interface Refusal {
  readonly code: string;
  readonly ms: number;
  /** Most resident memory on the way, above what there was before; absent where the system does not tell (Linux does). */
  readonly mebibytes: number | undefined;
}

function refuse(read: () => void): Refusal {
  globalThis.gc?.();
  const before = resetPeak();
  const begun = process.threadCpuUsage();
  let code = "accepted";
  try {
    read();
  } catch (error) {
    if (!(error instanceof BadPayload)) throw error;
    code = error.code;
  }
  const { user, system } = process.threadCpuUsage(begun);
  const ms = (user + system) / 1000;
  return { code, ms, mebibytes: before === undefined ? undefined : resident("VmHWM") - before };
}

function resetPeak(): number | undefined {
  if (process.platform !== "linux") return undefined;
  writeFileSync("/proc/self/clear_refs", "5");
  return resident("VmRSS");
}

function resident(field: string): number {
  const status = readFileSync("/proc/self/status", "utf8");
  return Number(new RegExp(`${field}:\\s*(\\d+)`).exec(status)![1]) / 1024;
}

function warmUp(): void {
  for (let round = 0; round < 5; round++)
    for (const version of vectorVersions)
      for (const { request } of vectorsOf(version)) decodePayload(request.payload);
}

/** Reads the payload that stands in the input, again and again; the first one counts for the memory. */
function child(): void {
  const text = readFileSync(0, "utf8");
  warmUp();
  const refusals = Array.from({ length: runs }, () => {
    const payload: unknown = JSON.parse(text);
    return refuse(() => decodePayload(payload));
  });
  const ms = refusals.map((each) => each.ms).toSorted((a, b) => a - b);
  console.log(JSON.stringify({ ...refusals[0], ms: ms[Math.floor(runs / 2)], first: refusals[0]!.ms }));
}

function inChild(payload: unknown): Refusal & { first: number } {
  const { stdout, status } = spawnSync(process.execPath, ["--expose-gc", import.meta.filename, "child"], {
    input: JSON.stringify(payload),
    stdio: ["pipe", "pipe", "inherit"],
    maxBuffer: mebi,
  });
  if (status !== 0) throw new Error(`the process ended with ${status}`);
  return JSON.parse(stdout.toString());
}

const zip = (text: string | Buffer) => `:PCVL:zip:${deflateSync(text).toString("base64")}`;
/** A message that is read whole: a field that no client has, of so many bytes. */
const skipped = (bytes: number) => {
  const head = Buffer.from([0x40, 2, 0x7a, 0x80, 0x80, 0x80, 0x80, 0]);
  for (let i = 0, rest = bytes; i < 4; i++, rest = Math.floor(rest / 128)) head[3 + i] = (rest % 128) | 128;
  return Buffer.concat([head, Buffer.alloc(bytes)]);
};
const experiment = (fields: object) =>
  construct({ $tag: "Experiment", zip: true, fields: fields as never }) as string;
const angle = { real_value: 0.1 };
const beamSplitter = {
  beam_splitter: { theta: angle, phi_tl: angle, phi_bl: angle, phi_tr: angle, phi_br: angle },
};

function print(name: string, { code, ms, first, mebibytes }: Refusal & { first: number }): void {
  console.log(
    name.padEnd(52) +
      ms.toFixed(1).padStart(8) +
      first.toFixed(1).padStart(10) +
      (mebibytes?.toFixed(0) ?? "-").padStart(8) +
      `  ${code}`,
  );
}

function main(): void {
  console.log(`Node ${process.version}`);
  console.log(`${"bomb".padEnd(52)}      ms  first ms     MiB  refusal`);
  for (const size of [1, 4, 8, 15, 16, 32, 64, 128, 256, 512]) {
    const zeros = zip(Buffer.alloc(size * mebi));
    const message = Buffer.from(
      `:PCVL:Experiment:${skipped(Math.floor(size * mebi * 0.74)).toString("base64")}`,
    );
    print(`${size} MiB of zeros`, inChild({ command: "probs", experiment: zeros }));
    print(
      `${size} MiB of a message, zipped twice`,
      inChild({ command: "probs", experiment: zip(zip(message)) }),
    );
  }
  const readable = zip(`:PCVL:Experiment:${skipped(11 * mebi).toString("base64")}`);
  const heavy: [string, object][] = [
    [
      "three zips of 15 MiB that can be read",
      { experiment: experiment({ n_mode: 2 }), a: [readable, readable, readable] },
    ],
    [
      "20,000 beam splitters, then one outside",
      {
        experiment: experiment({
          n_mode: 2,
          components: [...new Array(19_999).fill(beamSplitter), { ...beamSplitter, starting_mode: 1 }],
        }),
      },
    ],
    [
      "a matrix of 530 rows that is not unitary",
      {
        experiment: experiment({
          n_mode: 530,
          components: [
            {
              unitary: {
                mat: {
                  rows: 530,
                  cols: 530,
                  numeric: { data: Array.from({ length: 561_800 }, (_, i) => Math.sin(i) / 30) },
                },
              },
            },
          ],
        }),
      },
    ],
    [
      "10,000 steps with input and noise, then a bad one",
      {
        experiment: experiment({ n_mode: 12 }),
        iterator: [
          ...new Array(9_999).fill({
            input_state: ":PCVL:BasicState:|1,0,1,0,1,0,1,0,1,0,1,0>",
            noise: ':PCVL:NoiseModel:{"g2": 0.02, "transmittance": 0.06}',
            circuit_params: { a: 0.1, b: 0.2 },
          }),
          { max_shots: -1 },
        ],
      },
    ],
    ["a million values", { experiment: experiment({ n_mode: 2 }), a: new Array(1_000_000).fill(0) }],
  ];
  for (const [name, rest] of heavy) print(name, inChild({ command: "probs", ...rest }));

  warmUp();
  const items = [...maliciousCollections()].flatMap(([collection, of]) =>
    of.map((item) => {
      const read = item.prepare();
      refuse(read);
      return { name: `${collection}: ${item.name}`, ...refuse(read) };
    }),
  );
  const slowest = items.toSorted((a, b) => b.ms - a.ms)[0]!;
  const largest = items.toSorted((a, b) => (b.mebibytes ?? 0) - (a.mebibytes ?? 0))[0]!;
  console.log(`\n${items.length} malicious payloads, the second time each`);
  print(`slowest: ${slowest.name}`, { ...slowest, first: slowest.ms });
  print(`largest: ${largest.name}`, { ...largest, first: largest.ms });
}

if (process.argv[2] === "child") child();
else main();
