import { Agent, request as send } from "node:http";
import { isProblemCode } from "@corbenic/protocol";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { startFuzzCloud } from "./fuzz-cloud.ts";
import { createFuzzWorlds } from "./fuzz-world.ts";
import { type HostileRequest, requestFor } from "./hostile-request.ts";
import { type Operation, readOperations } from "./operations.ts";
import { createRandom } from "./random.ts";

export interface FuzzReport {
  readonly operations: number;
  readonly requests: number;
  readonly byStatus: ReadonlyMap<number, number>;
  /** Operations that were never done, only refused. */
  readonly neverDone: readonly string[];
  /** What an answer should not have been, with the request. */
  readonly faults: readonly string[];
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

/** After so many requests accounts, platforms and credentials are made anew. */
const worldRequests = 250;
const lanes = 4;
const faultsMax = 25;

/**
 * Asks a cloud of its own everything that its document lists, as every kind of caller, in all the ways that the
 * schemas allow and do not allow. An answer is at fault when its status is 500 or more, or is not documented, or when
 * its body is not of the documented schema.
 */
export async function runFuzz(options: {
  readonly requests: number;
  readonly seed: number;
}): Promise<FuzzReport> {
  const random = createRandom(options.seed);
  const cloud = await startFuzzCloud();
  const agent = new Agent({ keepAlive: true, maxSockets: lanes });
  try {
    const operations = await readOperations(cloud.server.url);
    const check = createCheck(operations);
    const newWorld = await createFuzzWorlds(cloud.server);
    const byStatus = new Map<number, number>();
    const done = new Set<string>();
    const faults: string[] = [];
    for (let asked = 0; asked < options.requests && faults.length < faultsMax; asked += worldRequests) {
      const { callers, known } = await newWorld();
      const round = Array.from({ length: Math.min(worldRequests, options.requests - asked) }, (_, i) => {
        const operation = operations[(asked + i) % operations.length]!;
        const allowed = callers.filter(({ kind }) => operation.callers.includes(kind));
        const caller = random.pick(allowed.length > 0 && random.chance(0.7) ? allowed : callers);
        return { operation, caller, request: requestFor(operation, caller.secret, random, known) };
      });
      round.sort((a, b) => Number(endsOwnCredential(a.operation)) - Number(endsOwnCredential(b.operation)));
      await inLanes(round, async ({ operation, caller, request }) => {
        const answer = await ask(cloud.server.url, agent, request).catch((error: NodeJS.ErrnoException) => {
          // A connection that the server had given up at this moment: a new one tells whether it was that.
          if (error.code === "ECONNRESET" || error.code === "EPIPE")
            return ask(cloud.server.url, false, request);
          throw error;
        });
        byStatus.set(answer.status, (byStatus.get(answer.status) ?? 0) + 1);
        if (answer.status < 300) done.add(operation.operationId);
        const fault = isDecodable(request.path) ? check(operation, answer) : undefined;
        if (fault !== undefined) faults.push(describe(operation, caller.name, request, answer, fault));
      });
    }
    const requests = [...byStatus.values()].reduce((sum, count) => sum + count, 0);
    const neverDone = operations.map(({ operationId }) => operationId).filter((id) => !done.has(id));
    return { operations: operations.length, requests, byStatus, neverDone, faults };
  } finally {
    agent.destroy();
    await cloud.stop();
  }
}

/** Whether nothing else can be done with the credential with which it was done: asked for last. */
function endsOwnCredential({ operationId }: Operation): boolean {
  return /^(logOut|updateSelf|rotateOwnWorkerKey|revokeToken)/.test(operationId);
}

/** What cannot be decoded names no operation. */
function isDecodable(path: string): boolean {
  return !path.split("?")[0]!.includes("%ED%A0%80");
}

async function inLanes<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = items.values();
  const lane = async () => {
    for (const item of left) await work(item);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

function ask(
  url: string,
  agent: Agent | false,
  { method, path, headers, body }: HostileRequest,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const framed = body === undefined ? headers : { ...headers, "content-length": Buffer.byteLength(body) };
    const request = send(new URL(url), { method, path, headers: framed, agent }, (response) => {
      const { statusCode: status = 0 } = response;
      const type = response.headers["content-type"] ?? "";
      if (type.startsWith("text/event-stream")) {
        // It goes on for as long as anybody listens: how it begins is the answer.
        response.on("error", () => undefined).destroy();
        resolve({ status, type, text: "" });
        return;
      }
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => resolve({ status, type, text: Buffer.concat(chunks).toString() }));
    });
    request.on("error", reject);
    request.end(body);
  });
}

/** @returns what tells of an answer what is wrong with it */
function createCheck(operations: readonly Operation[]) {
  const ajv = new Ajv2020({ allErrors: true, strict: false });
  addFormats.default(ajv);
  const validators = new Map(
    operations.flatMap(({ operationId, responses }) =>
      Object.entries(responses).flatMap(([status, { content = {} }]) =>
        Object.entries(content).map(
          ([type, { schema }]) => [`${operationId} ${status} ${type}`, ajv.compile(schema)] as const,
        ),
      ),
    ),
  );
  return ({ operationId, responses }: Operation, { status, type, text }: Answer): string | undefined => {
    if (status >= 500) return "the server failed";
    if (status === 204)
      return text === "" && "204" in responses ? undefined : "204 is not documented, or has a body";
    const mediaType = type.split(";")[0]!;
    const answer: unknown = mediaType === "text/event-stream" ? text : JSON.parse(text);
    // What was made of the path may be no path of the cloud, or a query that no parser reads.
    if (status === 404 && typeof answer === "object" && answer !== null && "code" in answer) {
      if (answer.code === "route_not_found") return undefined;
    }
    // More headers than the server reads are refused before it is known what is asked.
    if (status === 431)
      return fitsAnyOperation(answer) ? undefined : "the answer has not the fields of a refusal";
    const validate = validators.get(`${operationId} ${status} ${mediaType}`);
    if (validate === undefined) return `${status} of type ${mediaType} is not documented`;
    return validate(answer)
      ? undefined
      : `the answer does not fit its schema: ${ajv.errorsText(validate.errors)}`;
  };
}

/** What tells anybody, whatever was asked, why it was refused. */
function fitsAnyOperation(answer: unknown): boolean {
  if (typeof answer !== "object" || answer === null) return false;
  const { error, code, request_id } = answer as Record<string, unknown>;
  return typeof error === "string" && isProblemCode(code) && typeof request_id === "string";
}

function describe(
  operation: Operation,
  caller: string,
  { method, path, headers, body }: HostileRequest,
  answer: Answer,
  fault: string,
): string {
  const sent = JSON.stringify({ type: headers["content-type"], body: body?.slice(0, 600) });
  return `${operation.operationId} as ${caller}: ${fault}\n  ${method} ${path.slice(0, 300)} ${sent}\n  ${answer.status} ${answer.text.slice(0, 600)}`;
}
