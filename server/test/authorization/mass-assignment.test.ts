import { type Endpoint, pathOf } from "@corbenic/protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeOnBoth, type TestCloud } from "../test-cloud.ts";
import { loadRows } from "./load-rows.ts";
import type { Input, Row } from "./row.ts";
import { createWorld, type PrincipalName, type World } from "./world.ts";

const writable = (await loadRows()).filter(({ endpoint }) => endpoint.body !== undefined);

interface BodySchema {
  readonly additionalProperties?: boolean;
  readonly properties: Record<string, unknown>;
}

/** The object that an endpoint reads, also where it may be left out. */
function bodyOf({ endpoint }: Row): BodySchema {
  const schema = endpoint.body as BodySchema | { readonly anyOf: readonly BodySchema[] };
  return "properties" in schema ? schema : schema.anyOf.find((each) => "properties" in each)!;
}

/** Values that nobody else writes, to be found again wherever they got. */
const hostile = { text: "hostile-value", number: 770_077 };

describeOnBoth("mass assignment", (openCloud) => {
  let cloud: TestCloud;
  let world: World;
  let columns: string[];
  beforeAll(async () => {
    cloud = await openCloud();
    world = await createWorld(cloud);
    const { rows } = await cloud.database.pool.query<{ name: string }>(
      "select distinct column_name as name from information_schema.columns where table_schema = current_schema()",
    );
    columns = rows.map(({ name }) => name);
  });
  afterAll(() => cloud.close());

  const inputOf = async (row: Row): Promise<Input> =>
    (await (row.about?.(world, "owner") ?? row.request?.(world))) ?? {};

  /** Whom the endpoint lets in, on the side of the object. */
  function callerOf({ callers }: Endpoint): PrincipalName {
    if (callers === "anyone") return "An";
    return callers.includes("user") ? "Uo" : callers.includes("admin") ? "Ad" : "Wo";
  }

  async function send({ endpoint }: Row, input: Input, extra: object) {
    const token = await world.token(callerOf(endpoint));
    return cloud.app.inject({
      method: endpoint.method,
      url: pathOf(endpoint, input.params),
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      payload: { ...(input.body as object), ...extra },
    });
  }

  async function content(): Promise<string[]> {
    const { rows: tables } = await cloud.database.pool.query<{ name: string }>(
      "select table_name as name from information_schema.tables where table_schema = current_schema() and table_type = 'BASE TABLE'",
    );
    const all: string[] = [];
    for (const { name } of tables) {
      const { rows } = await cloud.database.pool.query<{ row: string }>(
        `select '${name} ' || row_to_json(t)::text as row from "${name}" t`,
      );
      all.push(...rows.map(({ row }) => row));
    }
    return all;
  }

  test("through strict bodies is refused for every column, and changes nothing", async () => {
    const strict = writable.filter((row) => bodyOf(row).additionalProperties === false);
    let tried = 0;
    for (const row of strict) {
      const input = await inputOf(row);
      const token = await world.token(callerOf(row.endpoint));
      const before = (await content()).length;
      for (const column of columns) {
        if (column in bodyOf(row).properties) continue;
        tried += 1;
        const { statusCode, body } = await cloud.app.inject({
          method: row.endpoint.method,
          url: pathOf(row.endpoint, input.params),
          headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
          payload: { ...(input.body as object), [column]: hostile.number },
        });
        expect([row.endpoint.operationId, column, statusCode, body]).toEqual([
          row.endpoint.operationId,
          column,
          400,
          expect.stringContaining("must NOT have additional properties"),
        ]);
      }
      expect((await content()).length).toBe(before);
    }
    console.log(`mass assignment: ${strict.length} strict schemas, ${tried} fields tried, 0 changes`);
    expect(strict.length).toBeGreaterThan(10);
  });

  test("through tolerant bodies has no effect, whatever the field is called", async () => {
    const tolerant = writable.filter((row) => bodyOf(row).additionalProperties !== false);
    let tried = 0;
    for (const row of tolerant) {
      const foreign = columns.filter((column) => !(column in bodyOf(row).properties));
      tried += foreign.length;
      const made: string[][] = [];
      for (const value of [undefined, hostile.text, hostile.number, true]) {
        const input = await inputOf(row);
        const before = new Set(await content());
        const extra = value === undefined ? {} : Object.fromEntries(foreign.map((name) => [name, value]));
        const { statusCode, body } = await send(row, input, extra);
        expect([row.endpoint.operationId, statusCode, body]).toEqual([row.endpoint.operationId, 200, body]);
        made.push((await content()).filter((line) => !before.has(line)));
      }
      expect(made.flat().filter((line) => /hostile-value|770077/.test(line))).toEqual([]);
      const [plain, ...others] = made.map(switches);
      for (const other of others)
        expect([row.endpoint.operationId, other]).toEqual([row.endpoint.operationId, plain]);
    }
    console.log(`mass assignment: ${tolerant.length} tolerant schemas, ${tried} fields tried, 0 changes`);
    expect(tolerant.length).toBeGreaterThan(10);
  });
});

/** What is on or off, in which state and of which priority, in the rows that a request made or changed. */
function switches(lines: readonly string[]): string[] {
  const telling = /"\w+":(true|false|"(waiting|suspended|canceled|available)")|"priority":\d+/g;
  return lines
    .filter((line) => !line.startsWith("audit_"))
    .flatMap((line) => [...line.matchAll(telling)].map(([field]) => `${line.split(" ", 1)} ${field}`))
    .sort();
}
