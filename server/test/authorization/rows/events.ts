import { followEvents } from "@corbenic/protocol";
import { ownOfAccounts, type Row, row } from "../row.ts";

export const rows: Row[] = [row(followEvents, ownOfAccounts)];
