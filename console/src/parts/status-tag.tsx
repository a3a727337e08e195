import type { ReactNode } from "react";

const tones: Readonly<Record<string, "good" | "warn" | "bad" | "busy" | "quiet">> = {
  completed: "good",
  available: "good",
  good: "good",
  enabled: "good",
  running: "busy",
  waiting: "quiet",
  suspended: "warn",
  cancel_requested: "warn",
  maintenance: "warn",
  canceled: "quiet",
  retired: "quiet",
  revoked: "bad",
  expired: "warn",
  disabled: "warn",
  error: "bad",
  unreachable: "bad",
};

/** The state of a job or platform, in the words of the cloud. */
export function StatusTag({ status }: { readonly status: string }): ReactNode {
  return <span className={`tag ${tones[status] ?? "quiet"}`}>{status.replace("_", " ")}</span>;
}
