import { type Clock, systemClock } from "./clock.ts";
import { type Random, systemRandom } from "./random.ts";

export interface ContextOptions {
  readonly fetch?: typeof fetch;
  readonly clock?: Clock;
  readonly random?: Random;
  /** How long one request may take before it counts as unanswered. */
  readonly timeoutMs?: number;
  /** How often a request is made at most, where it is safe to make it again. */
  readonly attempts?: number;
}

/** A cloud, and how it is reached. Who asks is said by each call. */
export class CloudContext {
  /** Such as `http://127.0.0.1:8080`, without a path. */
  readonly url: string;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly random: Random;
  readonly timeoutMs: number;
  readonly attempts: number;

  /** @throws {TypeError} for what is not an http or https URL */
  constructor(url: string | URL, options: ContextOptions = {}) {
    const { protocol, origin } = new URL(url);
    if (protocol !== "http:" && protocol !== "https:") {
      throw new TypeError(
        `Cannot reach a cloud at ${url}: give an address that begins with http:// or https://`,
      );
    }
    this.url = origin;
    // Called as a plain function: browsers refuse a fetch that is called as another object's method.
    this.fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init));
    this.clock = options.clock ?? systemClock;
    this.random = options.random ?? systemRandom;
    this.timeoutMs = options.timeoutMs ?? 30_000;
    this.attempts = options.attempts ?? 5;
  }
}
