import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { UsageError } from "../exit-codes.ts";
import { readConfigFile } from "./config-file.ts";
import { resolveSetting } from "./resolve.ts";

const folder = mkdtempSync(join(tmpdir(), "corbenic-settings-"));
afterAll(() => rmSync(folder, { recursive: true }));

const none = { flags: {}, environment: {}, file: undefined };
function fileWith(content: string): string {
  const path = join(folder, `${crypto.randomUUID()}.json`);
  writeFileSync(path, content);
  return path;
}

describe("a setting", () => {
  const file = { path: "/etc/corbenic.json", values: new Map([["port", "3"]]) };

  test("comes from the flag before the environment, the file and the default, and says so", () => {
    const environment = { CORBENIC_PORT: "2" };
    const flags = { port: "1" };
    const resolve = (sources: object) => resolveSetting("port", { ...none, ...sources });
    expect(resolve({ flags, environment, file })).toEqual({ value: 1, origin: "--port" });
    expect(resolve({ environment, file })).toEqual({ value: 2, origin: "CORBENIC_PORT" });
    expect(resolve({ file })).toEqual({ value: 3, origin: "/etc/corbenic.json" });
    expect(resolve({})).toEqual({ value: 8080, origin: "default" });
  });

  test("is not set by a variable that is empty", () => {
    expect(resolveSetting("port", { ...none, environment: { CORBENIC_PORT: "" } }).origin).toBe("default");
  });

  test("that does not fit is refused with where it stands and what is allowed", () => {
    const resolve = () => resolveSetting("port", { ...none, environment: { CORBENIC_PORT: "70000" } });
    expect(resolve).toThrow(UsageError);
    expect(resolve).toThrow('"70000" from CORBENIC_PORT: it must be a whole number from 0 to 65535');
    expect(() => resolveSetting("url", { ...none, flags: { url: "ftp://x" } })).toThrow("--url");
    expect(() => resolveSetting("logLevel", { ...none, flags: { "log-level": "loud" } })).toThrow(
      "one of silent",
    );
  });

  test("of an address loses the slash at its end", () => {
    expect(resolveSetting("url", { ...none, flags: { url: "http://cloud.test/" } }).value).toBe(
      "http://cloud.test",
    );
  });
});

describe("a configuration file", () => {
  test("is read by name, or by its variable", () => {
    const path = fileWith('{"port": 9000, "data-dir": "here"}');
    const values = new Map([
      ["port", "9000"],
      ["data-dir", "here"],
    ]);
    expect(readConfigFile(path, {})).toEqual({ path, values });
    expect(readConfigFile(undefined, { CORBENIC_CONFIG: path })).toEqual({ path, values });
  });

  test("of the user is found in the configuration directory", () => {
    expect(readConfigFile(undefined, { XDG_CONFIG_HOME: folder })).toBeUndefined();
  });

  test.each([
    ["not JSON", "{", "it must be JSON"],
    ["not an object", "[]", "must hold one JSON object"],
    ["with what is no setting", '{"prot": 1}', 'sets "prot", which is no setting: use one of url, token'],
    ["with a value of another kind", '{"port": [1]}', "a text or a number"],
  ])("%s is refused in one sentence", (_, content, sentence) => {
    expect(() => readConfigFile(fileWith(content), {})).toThrow(sentence);
  });

  test("that is named and missing is refused", () => {
    expect(() => readConfigFile(join(folder, "none.json"), {})).toThrow(
      /There is no configuration file .*--config/,
    );
  });
});
