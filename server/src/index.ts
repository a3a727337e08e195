export { type AuditHead, type AuditVerdict, type Break, verifyAudit } from "./audit/verify-audit.ts";
export { restoreBackup } from "./backup/restore-backup.ts";
export { writeBackup } from "./backup/write-backup.ts";
export { acquireDataDirectory } from "./database/data-directory.ts";
export { openDatabase } from "./database/open-database.ts";
export { checkDatabase } from "./database/postgres.ts";
export { type RunningServer, type ServerOptions, startServer } from "./server.ts";
export { type LocalCloud, setUpLocalCloud } from "./setup/local-cloud.ts";
export { StartError } from "./start-error.ts";
