import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as sdk from "../src/index.ts";

/** What the classes are specified to have, under the names of the specification: `snake_case` there, camelCase here. */
interface ClassSpecification {
  readonly constants: Record<string, unknown>;
  readonly properties: Record<string, unknown>;
  readonly methods: readonly string[];
  readonly classMethods: readonly string[];
}

const specification = JSON.parse(
  readFileSync(join(import.meta.dirname, "cloud-objects.json"), "utf8"),
) as Record<string, ClassSpecification>;
const documentation = readFileSync(
  resolve(import.meta.dirname, "..", "..", "docs", "cloud-objects.md"),
  "utf8",
);

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const camelCase = (name: string) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

function classOf(name: string): Record<string, unknown> & { new (): Record<string, unknown> } {
  return (sdk as unknown as Record<string, ReturnType<typeof classOf>>)[name]!;
}

/** The name and parameters of `create(context, user)`. */
function signature(text: string): { name: string; parameters: string[] } {
  const [, name, list] = /^(\w+)\((.*)\)$/.exec(text)!;
  return { name: camelCase(name!), parameters: list === "" ? [] : list!.split(", ").map(camelCase) };
}

/** The parameters as they stand in the source of a function, without their defaults. */
function parametersOf(method: unknown): string[] {
  const source = String(method);
  let depth = 0;
  let text = "";
  for (const character of source.slice(source.indexOf("("))) {
    if ("({[".includes(character)) depth += 1;
    if (depth === 1 && character !== "(" && character !== ")") text += character;
    if (")}]".includes(character)) depth -= 1;
    if (depth === 0) break;
  }
  return text.split(",").map((parameter) => parameter.split("=")[0]!.trim());
}

function expectDefault(value: unknown, wanted: unknown, owner: Record<string, unknown>): void {
  const special = (
    typeof wanted === "object" && wanted !== null && !Array.isArray(wanted) ? wanted : {}
  ) as Record<string, unknown>;
  if ("class" in special) expect(value).toBeInstanceOf(classOf(special.class as string));
  else if ("form" in special) expect(value).toMatch(uuid);
  else if ("value" in special) expect(value).toEqual(special.value);
  else if ("constant" in special) expect(value).toEqual(owner[special.constant as string]);
  else expect(value).toEqual(wanted);
}

describe("the cloud objects", () => {
  // A platform speaks for an administrator.
  beforeAll(() => {
    sdk.Platform.ADMIN = new sdk.User({ isAdmin: true });
  });
  afterAll(() => {
    sdk.Platform.ADMIN = null;
  });

  for (const [name, { constants, properties, methods, classMethods }] of Object.entries(specification)) {
    describe(name, () => {
      test("is exported", () => {
        expect(classOf(name)).toBeDefined();
      });

      for (const [constant, value] of Object.entries(constants)) {
        test(`has ${constant}`, () => {
          if (constant === "ADMIN") return expect(classOf(name)).toHaveProperty("ADMIN");
          const found = classOf(name)[constant];
          if (typeof value === "object") expect(found).toMatchObject(value as object);
          else expect(found).toBe(value);
        });
      }

      for (const [property, value] of Object.entries(properties)) {
        test(`has ${camelCase(property)} by default`, () => {
          const object = new (classOf(name))();
          expect(object).toHaveProperty(camelCase(property));
          expectDefault(object[camelCase(property)], value, classOf(name));
        });

        if (typeof value === "object" && value !== null && !("constant" in value)) {
          test(`gives each object a ${camelCase(property)} of its own`, () => {
            const [one, other] = [new (classOf(name))(), new (classOf(name))()];
            expect(one[camelCase(property)]).not.toBe(other[camelCase(property)]);
          });
        }
      }

      for (const method of methods) {
        test(`does ${signature(method).name}`, () => {
          const { name: found, parameters } = signature(method);
          const implementation = new (classOf(name))()[found];
          expect(implementation).toBeTypeOf("function");
          expect(parametersOf(implementation).slice(0, parameters.length)).toEqual(
            parameters.length === 0 ? [] : parameters,
          );
        });
      }

      for (const method of classMethods) {
        test(`does ${signature(method).name} of the class`, () => {
          const { name: found, parameters } = signature(method);
          expect(classOf(name)[found]).toBeTypeOf("function");
          expect(parametersOf(classOf(name)[found]).slice(0, parameters.length)).toEqual(parameters);
        });
      }

      test("is documented, member by member", () => {
        const members = [
          ...Object.keys(constants),
          ...Object.keys(properties),
          ...[...methods, ...classMethods].map((method) => method.replace(/\(.*/, "")),
        ];
        const missing = members.filter((member) => {
          const row = documentation.split("\n").find((line) => line.startsWith(`| \`${name}.${member}`));
          return row === undefined || !row.includes(`\`${name}.${camelCase(member)}`);
        });
        expect(missing).toEqual([]);
      });
    });
  }
});
