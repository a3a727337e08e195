import { beginSession, endSession } from "@corbenic/protocol";
import { everybody, ownOfLogins, type Row, row } from "../row.ts";
import { withPassword } from "./logins.ts";

export const rows: Row[] = [
  row(beginSession, everybody, { request: withPassword }),
  row(endSession, ownOfLogins),
];
