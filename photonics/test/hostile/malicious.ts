import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { decodePayload, decodeResult } from "../../src/perceval/index.ts";
import { construct } from "./construct.ts";

type Described = Parameters<typeof construct>[0];

/** Something that must be refused, and how. */
export interface Malicious {
  readonly name: string;
  readonly code: string;
  /** Where the refusal must say that it stands, or where that must begin. */
  readonly path: string;
  readonly exactPath: boolean;
  /** Whether its description says all of it. */
  readonly small: boolean;
  /** What is read; absent where it is no payload. */
  readonly payload?: () => unknown;
  /** Builds what is read, and returns what reads it. */
  readonly prepare: () => () => void;
}

interface Collection {
  readonly payload: Described;
  readonly path: string;
  readonly items: readonly {
    readonly name: string;
    readonly here: Described;
    readonly code: string;
    readonly path?: string | null;
  }[];
}

const folder = join(import.meta.dirname, "../../fixtures/malicious");

/** The collections of `fixtures/malicious`, by the names of their files. */
export function maliciousCollections(): Map<string, Malicious[]> {
  return new Map(
    readdirSync(folder).map((file) => {
      const { payload, path, items }: Collection = JSON.parse(readFileSync(join(folder, file), "utf8"));
      return [
        file.replace(/\.json$/, ""),
        items.map((item) => ({
          name: item.name,
          code: item.code,
          path: item.path ?? path,
          exactPath: item.path !== null,
          small: !JSON.stringify(item.here).includes('"times"'),
          ...readerOf(placed(payload, item.here)),
        })),
      ];
    }),
  );
}

function readerOf(described: Described): Pick<Malicious, "payload" | "prepare"> {
  if (isObject(described) && "$result" in described) {
    return {
      prepare: () => {
        const text = construct(described.$result as Described) as string;
        return () => decodeResult(text);
      },
    };
  }
  return {
    payload: () => construct(described),
    prepare: () => {
      const payload = construct(described);
      return () => decodePayload(payload);
    },
  };
}

/** The description of a collection's payload with an item in its place, or with an item's keys. */
function placed(payload: Described, here: Described): Described {
  if (payload === "$here") return here;
  if (Array.isArray(payload)) return payload.map((entry) => placed(entry, here));
  if (!isObject(payload)) return payload;
  if ("$whole" in payload) {
    const whole = { ...(payload.$whole as object) };
    // Not a spread alone, so that `__proto__` stays a key.
    for (const [key, value] of Object.entries(here as object))
      Object.defineProperty(whole, key, { value, enumerable: true, configurable: true, writable: true });
    return whole as Described;
  }
  return Object.fromEntries(Object.entries(payload).map(([key, value]) => [key, placed(value, here)]));
}

function isObject(described: Described): described is { readonly [key: string]: Described } {
  return typeof described === "object" && described !== null && !Array.isArray(described);
}
