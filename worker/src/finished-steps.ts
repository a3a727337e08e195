import { joinSteps } from "@corbenic/photonics/perceval";
import type { FromThread } from "./simulation-messages.ts";

/** The steps of an iterator as they are told. */
export interface FinishedSteps {
  add(told: FromThread & { readonly kind: "step" }): void;
  /** The result of those that are finished; undefined where none is. */
  result(): string | undefined;
}

export function createFinishedSteps(): FinishedSteps {
  const steps: string[] = [];
  let around: string | undefined;
  return {
    add(told) {
      steps.push(told.step);
      around ??= told.around;
    },
    result: () => (around === undefined ? undefined : joinSteps(steps, around)),
  };
}
