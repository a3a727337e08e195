import { type Taste, valueFor } from "./from-schema.ts";
import { hostileTexts, hostileValue } from "./hostile-values.ts";
import type { Operation } from "./operations.ts";
import type { Random } from "./random.ts";

/** A request as bytes would be made of it. */
export interface HostileRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

const contentTypes = [
  "text/plain",
  "application/xml",
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=x",
  "application/json; charset=utf-16",
  "APPLICATION/JSON",
  "application/problem+json",
  "",
];

/** A request for the operation: as it should be, nearly so, or not at all. */
export function requestFor(
  operation: Operation,
  secret: string | undefined,
  random: Random,
  known: ReadonlyMap<string, readonly unknown[]>,
): HostileRequest {
  const taste: Taste = {
    random,
    fitting: random.pick([1, 1, 1, 0.98, 0.8, 0.3]),
    known: (name) => known.get(name) ?? [],
  };
  const headers: Record<string, string> = {
    ...headersOf(operation, taste),
    ...authorization(secret, random),
  };
  const body =
    operation.body === undefined
      ? stray(operation.method, random)
      : textOf(valueFor(operation.body, taste), random);
  if (body !== undefined)
    headers["content-type"] = random.chance(0.95) ? "application/json" : random.pick(contentTypes);
  return { method: operation.method, path: pathOf(operation, taste, known), headers, body };
}

/** What the operation reads of headers, where it is something that a client can send. */
function headersOf({ parameters }: Operation, taste: Taste): Record<string, string> {
  const sent = parameters
    .filter((parameter) => parameter.in === "header" && taste.random.chance(0.4))
    .map(({ name, schema }): [string, string] => [name, String(valueFor(schema, taste, name))])
    .filter(([, value]) => /^[\t\x20-\x7e\x80-\xff]*$/.test(value));
  return Object.fromEntries(sent);
}

function authorization(secret: string | undefined, random: Random): Record<string, string> {
  if (random.chance(0.02)) {
    const odd = [
      "Bearer",
      "Bearer ",
      "Basic eDp5",
      `Bearer ${"x".repeat(9_000)}`,
      `Bearer ${secret} ${secret}`,
    ];
    return { authorization: random.pick(odd) };
  }
  return secret === undefined ? {} : { authorization: `Bearer ${secret}` };
}

function pathOf(operation: Operation, taste: Taste, known: ReadonlyMap<string, readonly unknown[]>): string {
  const { random } = taste;
  let path = operation.path;
  const query: string[] = [];
  for (const { name, in: where, schema } of operation.parameters) {
    if (where === "path") {
      path = path.replace(`{${name}}`, (_, at: number) => {
        // An id is one of what the path before it names.
        const noun = [...known.keys()].find(
          (prefix) => prefix.startsWith("/") && path.slice(0, at).startsWith(prefix),
        );
        return escaped(valueFor(schema, taste, name === "name" ? name : (noun ?? name))) || "%20";
      });
    } else if (where === "query" && random.chance(name === "wait_s" ? 1 : 0.4)) {
      query.push(`${name}=${escaped(valueFor(schema, taste, name))}`);
      if (random.chance(0.05)) query.push(`${name}=${escaped(hostileValue(random, 3))}`);
    }
  }
  if (random.chance(0.03))
    query.push(random.pick(["__proto__=1", "a[b]=c", "=", "%", "limit=&limit=", "%00=%00"]));
  return query.length === 0 ? path : `${path}?${query.join("&")}`;
}

/** As text in a URL, half a surrogate pair as the bytes that some encoders make of it. */
function escaped(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text
    .slice(0, 2_000)
    .split(/([\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff])/)
    .map((part) => (part.isWellFormed() ? encodeURIComponent(part) : "%ED%A0%80"))
    .join("");
}

/** A body where none is read. */
function stray(method: string, random: Random): string | undefined {
  if (method === "GET" || !random.chance(0.3)) return undefined;
  return random.pick(["{}", "null", "[]", "x", `{"x":1}`]);
}

/** JSON, or something that pretends to be it. */
function textOf(value: unknown, random: Random): string {
  const text = JSON.stringify(value) ?? "null";
  if (random.chance(0.9)) return text;
  const spoil = random.integer(8);
  if (spoil === 0) return text.slice(0, random.integer(text.length + 1));
  if (spoil === 1) return text.replace("{", `{"__proto__":{"is_admin":true},`);
  if (spoil === 2) return text.replace("{", `{"constructor":{"prototype":{"x":1}},`);
  if (spoil === 3) return repeatedKeys(text);
  if (spoil === 4) return `\ufeff${text}`;
  if (spoil === 5) return text.replaceAll(/:(\d+)/g, ":1e400");
  if (spoil === 6) return `${"[".repeat(20_000)}${"]".repeat(20_000)}`;
  return JSON.stringify(random.pick(hostileTexts)) + text;
}

/** Every key of the outermost object a second time, with something else. */
function repeatedKeys(text: string): string {
  const parsed: unknown = JSON.parse(text);
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) return text;
  const again = Object.keys(parsed).map((key) => `${JSON.stringify(key)}:null`);
  return again.length === 0 ? text : `${text.slice(0, -1)},${again.join(",")}}`;
}
