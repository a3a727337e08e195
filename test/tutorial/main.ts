/** Runs what docs/tutorial.md tells its reader to, word for word, in a copy of this folder, and checks what it promises. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../faults/ground.ts";
import { openTerminal } from "./terminal.ts";

const root = new URL("../../", import.meta.url).pathname;
const text = readFileSync(join(root, "docs/tutorial.md"), "utf8");
const blocks = [...text.matchAll(/^```sh\n(.*?)^```/gms)].map(([, block]) => block!.trim());
const [setUp, serve, startWorker, submit, kill, startAnother, show, stop] = blocks;
assert.equal(blocks.length, 8, "docs/tutorial.md has other commands than its test knows");

const folder = mkdtempSync(join(tmpdir(), "corbenic-tutorial-"));
execFileSync("bash", ["-c", `git ls-files -z | xargs -0 cp --parents -t "${folder}"`], { cwd: root });
execFileSync("cp", ["-al", "node_modules", folder], { cwd: root });

// Its reader has port 8080 for himself; whoever runs this may not.
const url = `http://127.0.0.1:${await freePort()}`;
const environment = { ...process.env, CORBENIC_PORT: new URL(url).port, CORBENIC_URL: url };
const [first, second] = [openTerminal(folder, environment), openTerminal(folder, environment)];
const says = (what: string, answer: string, ...expected: RegExp[]) => {
  for (const pattern of expected) assert.match(answer, pattern, what);
  console.log(`${what}: as promised`);
};

says("The first start", await first.run(setUp!), /\|2,0> .*0\.5000/, /\|0,2> .*0\.5000/);
await first.begin(serve!, /Corbenic \S+ serves http/);
await second.begin(startWorker!, /Taking jobs from http/);
await second.run(submit!);
const shown = () => second.run("node cli/src/main.ts job show $job");
let answer = "";
do {
  await sleep(1_000);
  answer = await shown();
} while (/Status\s+waiting/.test(answer) || /Progress\s+0 %/.test(answer));
says("The job", answer, /Status\s+running/, /Progress\s+\d+ %/, /Attempt\s+1 of 3/);
says("After the kill", await second.run(kill!), /Status\s+running/, /Attempt\s+1 of 3/);
await second.run(startAnother!);
says(
  "The end",
  await second.run(show!),
  /Status\s+completed/,
  /Attempt\s+2 of 3/,
  /requeue\s+waiting\s+reaper\s+Its worker was lost/,
  /complete\s+completed\s+holder/,
);
await second.run(stop!);
await Promise.all([first.end(), second.end()]);
rmSync(folder, { recursive: true });
