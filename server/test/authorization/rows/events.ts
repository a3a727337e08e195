import { followAllEvents, followEvents } from "@corbenic/protocol";
import { adminsOnly, ownOfAccounts, type Row, row } from "../row.ts";

export const rows: Row[] = [row(followEvents, ownOfAccounts), row(followAllEvents, adminsOnly)];
