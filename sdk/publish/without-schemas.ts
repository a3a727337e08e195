import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Plugin } from "rolldown";

const protocol = resolve(import.meta.dirname, "..", "..", "protocol", "src");

/**
 * Replaces the modules that describe operations by what a client needs of them: the method and path of each. The
 * schemas, by which the server validates and documents, would be most of the package; and literals, unlike the calls
 * that make schemas, are dropped by bundlers where nobody uses them.
 */
export function withoutSchemas(): Plugin {
  return {
    name: "without-schemas",
    async load(id) {
      if (!id.startsWith(join(protocol, "/")) || !readFileSync(id, "utf8").includes('from "typebox"'))
        return null;
      const exported: Record<string, unknown> = await import(id);
      const lines = Object.entries(exported).map(
        ([name, value]) => `export const ${name} = ${literal(value)};`,
      );
      return { code: lines.join("\n"), moduleType: "js" };
    },
  };
}

function literal(value: unknown): string {
  if (typeof value === "function") return "() => ({})";
  if (typeof value !== "object" || value === null || Array.isArray(value)) return JSON.stringify(value);
  if (!("operationId" in value)) return "{}";
  const { operationId, method, path } = value as Record<string, unknown>;
  return JSON.stringify({ operationId, method, path });
}
