import { getHealth, getLiveness } from "@corbenic/protocol";
import { everybody, type Row, row } from "../row.ts";

export const rows: Row[] = [row(getHealth, everybody), row(getLiveness, everybody)];
