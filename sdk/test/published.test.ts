import { spawnSync } from "node:child_process";
import {
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { builtinModules } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildSdk } from "../publish/build.ts";
import { bundleUse, measure, uses } from "../publish/measure.ts";

const root = resolve(import.meta.dirname, "..", "..");
const project = mkdtempSync(join(tmpdir(), "corbenic-sdk-"));
const built = join(project, "node_modules", "@corbenic", "sdk");

/** A program as somebody writes it who has installed the package. */
const program = `
import { beamSplitter, CloudContext, CloudError, circuit, experiment, Job, Platform, User } from "@corbenic/sdk";
import { getHealth } from "@corbenic/sdk/endpoints";

const refuse = async () => new Response(JSON.stringify({ error: "No.", code: "job_not_found", request_id: "1" }), { status: 404 });
const cloud = new CloudContext("http://cloud.test", { fetch: refuse });
const me: User = User.withJobToken("cbn_j_secret");
const hom = experiment(circuit(2).add(0, beamSplitter()), { input: [1, 1] });
const platform = new Platform({ name: "sim:qa" }, me);
const status: string = await new Job({ jobId: "1" }).getStatus(cloud, me).then(
  ({ status, progress }) => \`\${status} \${progress.toFixed(1)}\`,
  (error: unknown) => (error instanceof CloudError ? error.code : "?"),
);
console.log(status, getHealth.path, hom.modes, platform.name);
`;

/** The same in a page: it writes, zips, reads and inflates a payload, and is refused by a cloud. */
const page = `
import { beamSplitter, CloudContext, circuit, decodePayload, encodePayload, experiment, Job, photonicJob, User } from "SDK/index.js";
const fetch = async () => Response.json({ error: "No.", code: "job_not_found" }, { status: 404 });
const hom = experiment(circuit(2).add(0, beamSplitter()), { input: [1, 1] });
const payload = encodePayload(photonicJob("sample_count", hom, { maxShots: 10 }));
const { command, experiment: read } = decodePayload(payload);
const job = new Job({ jobId: "1" });
const { code } = await job.getStatus(new CloudContext("http://cloud.test", { fetch }), User.withJobToken("t")).catch((error) => error);
const text = document.createElement("p");
text.textContent = [command, read.modes, payload.experiment.startsWith(":PCVL:zip:"), code].join(" ");
document.body.append(text);
`;

const chromium = "/usr/bin/chromium";
const quietly = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"].concat([
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
]);

describe("the published package", () => {
  beforeAll(async () => {
    mkdirSync(join(project, "node_modules"), { recursive: true });
    for (const name of ["fflate", "typebox"]) {
      symlinkSync(join(root, "node_modules", name), join(project, "node_modules", name));
    }
    await buildSdk(built);
    writeFileSync(join(project, "package.json"), '{ "type": "module" }');
    writeFileSync(join(project, "program.ts"), program);
  });
  afterAll(() => rmSync(project, { recursive: true, force: true }));

  test("has nothing that its checker would change", async () => {
    const { messages, pkg } = await publint({ pkgDir: built, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg ?? {}))).toEqual([]);
  });

  test("imports itself and fflate, and nothing of Node", () => {
    const sources = globSync("**/*.js", { cwd: built }).map((file) =>
      readFileSync(join(built, file), "utf8"),
    );
    expect(sources.length).toBeGreaterThan(20);
    const imported = sources.flatMap((text) =>
      [...text.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map(([, specifier]) => specifier!),
    );
    const foreign = new Set(imported.filter((specifier) => !specifier.startsWith(".")));
    expect([...foreign]).toEqual(["fflate"]);
    expect(builtinModules.filter((name) => foreign.has(name))).toEqual([]);
    expect(sources.filter((text) => /\b(Buffer|process|require|__dirname)\b\s*[.(]/.test(text))).toEqual([]);
  });

  test("has types that a strict program compiles with, outside Node as well", () => {
    const compilerOptions = {
      target: "es2022",
      lib: ["es2024", "dom", "dom.iterable"],
      module: "nodenext",
      types: [],
      strict: true,
      noEmit: true,
    };
    const configuration = { compilerOptions, files: ["program.ts"] };
    writeFileSync(join(project, "tsconfig.json"), JSON.stringify(configuration));
    const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
    const { stdout } = spawnSync(process.execPath, [tsc, "-p", project], { encoding: "utf8" });
    expect(stdout).toBe("");
  });

  test("runs", () => {
    const { stdout, stderr } = spawnSync(process.execPath, [join(project, "program.ts")], {
      encoding: "utf8",
    });
    expect(stderr).toBe("");
    expect(stdout).toBe("job_not_found /health 2 sim:qa\n");
  });

  test.skipIf(!existsSync(chromium))("runs in a browser", async () => {
    const code = await bundleUse(built, page);
    const file = join(project, "page.html");
    writeFileSync(file, `<body><script type="module">${code}</script></body>`);
    const { stdout } = spawnSync(
      chromium,
      [...quietly, `--user-data-dir=${join(project, "chromium")}`, "--dump-dom", `file://${file}`],
      { encoding: "utf8" },
    );
    expect(/<p>(.*?)<\/p>/.exec(stdout)?.[1]).toBe("sample_count 2 true job_not_found");
  });

  test("leaves out what an application does not use", async () => {
    const whole = await measure(built, uses["all of it"]!);
    const jobs = await measure(built, uses["submitting and reading jobs"]!);
    const errors = await measure(built, uses["errors only"]!);
    expect(jobs.minified).toBeLessThan(whole.minified / 2);
    expect(errors.minified).toBeLessThan(whole.minified / 10);
  });
});
