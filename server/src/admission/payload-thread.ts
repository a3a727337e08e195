import { parentPort } from "node:worker_threads";
import { checkPayload, type PayloadRules, type PayloadVerdict } from "./payload-check.ts";

/** A payload to check, as its JSON text: text crosses to a thread in one copy, an object value by value. */
export interface ToPayloadThread {
  readonly payload: string;
  readonly rules: PayloadRules;
}

export type FromPayloadThread = PayloadVerdict | { readonly failure: string };

const port = parentPort;
port?.on("message", ({ payload, rules }: ToPayloadThread) => {
  port.postMessage(check(payload, rules) satisfies FromPayloadThread);
});

function check(payload: string, rules: PayloadRules): FromPayloadThread {
  try {
    return checkPayload(JSON.parse(payload) as Record<string, unknown>, rules);
  } catch (error) {
    return { failure: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
