import { type Endpoint, pathOf } from "@corbenic/protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import { routes } from "../../src/app.ts";
import { describeOnBoth, type TestCloud } from "../test-cloud.ts";
import { loadRows } from "./load-rows.ts";
import { expected, type Input, type Row } from "./row.ts";
import { createWorld, type PrincipalName, principals, type Side, sides, type World } from "./world.ts";

const rows = await loadRows();

/** One answer of the matrix: of one endpoint to one principal about an object of one side. */
interface Cell {
  readonly row: Row;
  readonly principal: PrincipalName;
  readonly side: Side | undefined;
  readonly demanded: number | "reached";
  readonly status: number;
  /** The answer without what differs from request to request: ids and numbers. */
  readonly answer: string;
  /** Whether anything was written into the tables. */
  readonly wrote: boolean;
}

describeOnBoth("authorization", (openCloud) => {
  let cloud: TestCloud;
  let world: World;
  const cells: Cell[] = [];

  beforeAll(async () => {
    cloud = await openCloud();
    world = await createWorld(cloud);
    for (const row of rows) cells.push(...(await cellsOf(row)));
  });
  afterAll(() => cloud.close());

  async function cellsOf(row: Row): Promise<Cell[]> {
    const made: Cell[] = [];
    for (const side of row.about === undefined ? [undefined] : sides) {
      let input: Input | undefined;
      for (const principal of principals) {
        // What only reads leaves its object as it was.
        if (input === undefined || row.endpoint.method !== "GET" || row.endpoint.emptyStatus !== undefined) {
          input = side === undefined ? ((await row.request?.(world)) ?? {}) : await row.about!(world, side);
        }
        const token = await world.token(principal);
        const before = await writtenRows();
        const answer = await send(row.endpoint, input, token);
        const demanded = expected(row, principal, side);
        made.push({ row, principal, side, demanded, ...answer, wrote: (await writtenRows()) !== before });
      }
    }
    return made;
  }

  async function send(endpoint: Endpoint, input: Input, token: string | undefined) {
    const query = new URLSearchParams(
      Object.entries(input.query ?? {}).map(([name, value]): [string, string] => [name, String(value)]),
    );
    const reply = await cloud.app.inject({
      method: endpoint.method,
      url: `${pathOf(endpoint, input.params)}?${query}`,
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      ...(input.body === undefined ? {} : { payload: input.body as object }),
      // What goes on for as long as its client listens is known by how it begins.
      ...(endpoint.stream === true ? { payloadAsStream: true as const } : {}),
    });
    if (endpoint.stream === true && reply.statusCode === 200) {
      reply.stream().destroy();
      return { status: 200, answer: "200" };
    }
    const { date: _, "content-length": __, ...headers } = reply.headers;
    const text = `${reply.statusCode} ${JSON.stringify(headers)} ${reply.body}`;
    return { status: reply.statusCode, answer: withoutIds(text) };
  }

  /** What every change leaves at least one more of. */
  async function writtenRows(): Promise<string> {
    const { rows } = await cloud.database.pool.query<{ written: string }>(
      `select concat_ws(' ', (select max(id) from job_events), (select max(id) from audit_events),
                        (select max(id) from credentials), (select max(id) from users)) as written`,
    );
    return rows[0]!.written;
  }

  const named = ({ row, principal, side, demanded, status, answer }: Cell) =>
    `${row.endpoint.operationId} ${principal}${side === undefined ? "" : ` ${side}'s`}: ${status}, not ${demanded}: ${answer}`;
  const wasReached = ({ status }: Cell) => status >= 200 && status < 300;

  test("has a row for every route, and no other", () => {
    const declared = rows.map(({ endpoint }) => `${endpoint.method} ${endpoint.path}`).sort();
    const registered = routes(cloud.services).map(({ endpoint }) => `${endpoint.method} ${endpoint.path}`);
    expect(declared).toEqual(registered.sort());
  });

  test("lets nobody do what the matrix does not allow", () => {
    const unauthorised = cells.filter((cell) => wasReached(cell) && cell.demanded !== "reached");
    console.log(
      `authorization: ${rows.length} routes, ${cells.length} cells, ${unauthorised.length} unauthorised`,
    );
    expect(unauthorised.map(named)).toEqual([]);
  });

  test("answers every cell as the matrix demands", () => {
    const wrong = cells.filter((cell) =>
      cell.demanded === "reached" ? !wasReached(cell) : cell.status !== cell.demanded,
    );
    expect(wrong.map(named)).toEqual([]);
  });

  test("writes nothing for whom it refuses", () => {
    const wrote = cells.filter((cell) => cell.wrote && cell.demanded !== "reached");
    expect(wrote.map(named)).toEqual([]);
  });

  test("answers about what is somebody else's as about what is not there", () => {
    const differing = cells.filter(({ row, principal, side, demanded, answer }) => {
      if (demanded === "reached" || side === "nobody") return false;
      const absent = cells.find(
        (cell) => cell.row === row && cell.principal === principal && cell.side === "nobody",
      );
      return absent !== undefined && absent.answer !== answer;
    });
    expect(differing.map(named)).toEqual([]);
  });
});

function withoutIds(text: string): string {
  return text
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "<id>")
    .replace(/(sim|qpu):[a-z]+/g, "<platform>")
    .replace(/\d+/g, "<number>");
}
