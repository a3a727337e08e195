import { text } from "node:stream/consumers";
import { password as ask, isCancel } from "@clack/prompts";
import { UsageError } from "./exit-codes.ts";

/** A password from standard input, or asked for on the terminal without showing it. @throws {UsageError} */
export async function readPassword(message: string, fromStdin: boolean): Promise<string> {
  if (fromStdin) return (await text(process.stdin)).replace(/\r?\n$/, "");
  if (!process.stdin.isTTY) {
    throw new UsageError("There is no terminal to ask for the password: give it with --password-stdin.");
  }
  const answer = await ask({ message });
  if (isCancel(answer)) throw new UsageError("No password was given.");
  return answer;
}
