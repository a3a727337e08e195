import type { CallerKind } from "@corbenic/protocol";

/** Who asks for a change, from where, and in which request. */
export interface Actor {
  readonly kind: CallerKind | "anyone" | "system";
  readonly userId: number | null;
  readonly credentialId: number | null;
  readonly address: string | null;
  readonly requestId: string | null;
}

/** The cloud itself, when it is set up or acts on rules alone. */
export const system: Actor = {
  kind: "system",
  userId: null,
  credentialId: null,
  address: null,
  requestId: null,
};
