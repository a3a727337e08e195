import { anchorFile } from "../audit/anchor-file.ts";
import type { Queryable } from "../database/database.ts";
import { type DutyOptions, startDuty } from "./duty.ts";

export interface AuditAnchorOptions extends Omit<DutyOptions, "name"> {
  /** The file beside the database. */
  readonly path: string;
}

/** Notes the end of the audit trail beside the database. @returns how to stop it, after a last time */
export function startAuditAnchor(db: Queryable, options: AuditAnchorOptions): () => Promise<void> {
  const noteIn = anchorFile(options.path);
  const note = () => noteIn(db);
  const name = "noting the end of the audit trail";
  const stop = startDuty(note, { ...options, name });
  return async () => {
    await stop();
    await note().catch((error: unknown) => options.log.error(error, `${name} failed`));
  };
}
