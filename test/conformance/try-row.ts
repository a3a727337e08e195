import type { Caller, Exchange, Row } from "./row.ts";
import type { Answer, Stage } from "./stage.ts";

export interface Verdict {
  readonly row: Row;
  readonly verdict: "conforms" | "not built" | "missing" | "differs";
  /** What differs, each in a few words. */
  readonly differences: readonly string[];
}

/** Tries an operation as it should be called, as it should not, and without a credential. */
export async function tryRow(stage: Stage, row: Row): Promise<Verdict> {
  if (row.valid === null) return tryAbsent(stage, row);
  const valid = await exchange(stage, row, row.valid);
  if (isRouteMissing(valid.answer))
    return { row, verdict: "missing", differences: ["there is no such route"] };
  const differences = [...valid.differences];
  for (const wrong of [row.invalid ?? []].flat()) {
    const invalid = await exchange(stage, row, wrong);
    differences.push(...invalid.differences, ...shapeOfRefusal(row, invalid.answer));
  }
  if (row.valid.as !== "nobody")
    differences.push(...(await exchange(stage, row, { as: "nobody", status: 401 })).differences);
  return { row, verdict: differences.length === 0 ? "conforms" : "differs", differences };
}

async function tryAbsent(stage: Stage, row: Row): Promise<Verdict> {
  const { answer } = await exchange(stage, row, { as: "token", status: 404 });
  const differences = isRouteMissing(answer) ? [] : [`answers ${answer.status} where nothing is built`];
  return { row, verdict: differences.length === 0 ? "not built" : "differs", differences };
}

async function exchange(
  stage: Stage,
  { method, path }: Row,
  { as, asks, status, fields = [] }: Exchange,
): Promise<{ answer: Answer; differences: string[] }> {
  const { params = [], query = {}, body } = (await asks?.(stage)) ?? {};
  const left = [...params];
  const filled = path.replace(/\{\w+\}/g, () => encodeURIComponent(left.shift() ?? "1"));
  const search = new URLSearchParams(
    Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
  );
  const answer = await stage.ask(as, method, search.size === 0 ? filled : `${filled}?${search}`, body);
  if (answer.status !== status) {
    return {
      answer,
      differences: [`${answer.status} for ${whom(as)}, not ${status}: ${sentenceOf(answer)}`],
    };
  }
  return { answer, differences: missingFields(answer.body, fields) };
}

const whom = (as: Caller) => (as === "nobody" ? "nobody in particular" : as);

function missingFields(body: unknown, fields: readonly string[]): string[] {
  if (fields.length === 0) return [];
  const entries = Array.isArray(body) ? body : [body];
  if (entries.length === 0) return ["the list is empty"];
  return fields
    .filter(
      (field) => !entries.every((entry) => typeof entry === "object" && entry !== null && field in entry),
    )
    .map((field) => `${field} is missing`);
}

/** What clients read of a refusal. Operations that are our own may answer with problem documents instead. */
function shapeOfRefusal({ ofPublicContract }: Row, { body }: Answer): string[] {
  const isDocument = typeof body === "object" && body !== null && "title" in body;
  const wanted = isDocument && !ofPublicContract ? ["type", "title", "status"] : ["error"];
  return missingFields(body, [...wanted, "code", "detail", "request_id"]).map(
    (difference) => `of the refusal, ${difference}`,
  );
}

function isRouteMissing({ status, body }: Answer): boolean {
  return status === 404 && (body as { code?: unknown } | null)?.code === "route_not_found";
}

function sentenceOf({ body }: Answer): string {
  const { error, title } = (body ?? {}) as { error?: unknown; title?: unknown };
  return String(error ?? title ?? JSON.stringify(body)).slice(0, 160);
}
