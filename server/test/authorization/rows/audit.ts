import { listAuditEvents } from "@corbenic/protocol";
import { adminsOnly, type Row, row } from "../row.ts";

export const rows: Row[] = [row(listAuditEvents, adminsOnly)];
