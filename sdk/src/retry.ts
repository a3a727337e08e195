import type { CloudContext } from "./cloud-context.ts";
import { CloudError } from "./cloud-error.ts";
import { drawFraction } from "./random.ts";

export interface RetryOptions {
  /** Whether making the request again is safe when it is not known what became of it. */
  readonly repeatable: boolean;
  readonly attempts: number;
  readonly signal: AbortSignal | undefined;
}

const firstPauseMs = 250;
const longestPauseMs = 8_000;
/** A cloud that asks for more is believed, but not waited for. */
const longestRetryAfterS = 60;

/**
 * Makes a request until it is answered. A refusal that names the time after which to come again is followed whatever
 * the request, since nothing was done; a failure of which nothing is known only where the request is repeatable.
 * Pauses double, and are spread so that many clients do not come back at once.
 */
export async function withRetries<T>(
  request: () => Promise<T>,
  { clock, random }: CloudContext,
  { repeatable, attempts, signal }: RetryOptions,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await request();
    } catch (error) {
      if (!(error instanceof CloudError) || attempt >= attempts) throw error;
      const { retry_after_s: retryAfterS } = error.detail;
      // Whoever mistook a password is to hear it, not to wait and mistake it again.
      const told =
        typeof retryAfterS === "number" &&
        retryAfterS <= longestRetryAfterS &&
        error.code !== "login_delayed";
      if (error.status === 429 ? !told : !(repeatable && isPassing(error))) throw error;
      const pauseMs = Math.min(firstPauseMs * 2 ** (attempt - 1), longestPauseMs);
      await clock.sleep(told ? retryAfterS * 1_000 : pauseMs * (0.5 + drawFraction(random) / 2), signal);
    }
  }
}

/** Whether the same request may succeed later: nobody answered, or only what stands in front of the cloud. */
export function isPassing({ code, status }: CloudError): boolean {
  return code === "unreachable" || (code === "unexpected_answer" && status !== undefined && status >= 502);
}
