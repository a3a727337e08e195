import type { Placed } from "./component.ts";

/** Components in order on a number of modes. */
export interface Circuit {
  readonly kind: "circuit";
  readonly name: string;
  readonly modes: number;
  readonly components: readonly Placed[];
}
