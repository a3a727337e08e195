import type { BodyOf, updateSelf } from "@corbenic/protocol";

/** What users change of themselves. */
export type OwnChange = BodyOf<typeof updateSelf>;

const ownFields: readonly string[] = ["first_name", "last_name", "password", "current_password"];

export function isOwnChange(change: object): change is OwnChange {
  return Object.keys(change).every((field) => ownFields.includes(field));
}
