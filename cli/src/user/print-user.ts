import type { getUser, ResponseOf } from "@corbenic/sdk/endpoints";
import { moment } from "../print/moment.ts";
import { printFields } from "../print/print-fields.ts";

export function printUser(user: ResponseOf<typeof getUser>, json: boolean): void {
  printFields(user, json, (shown) => [
    ["Id", String(shown.user_id)],
    ["Email", shown.email],
    ["Name", `${shown.first_name} ${shown.last_name}`.trim() || null],
    ["Role", shown.is_admin ? "administrator" : "user"],
    ["Priority", String(shown.priority)],
    ["Company", shown.company_id === null ? null : String(shown.company_id)],
    ["State", shown.enabled ? "enabled" : "disabled"],
    ["Platforms", shown.platform_ids.length === 0 ? "none" : shown.platform_ids.join(" ")],
    ["Created", moment(shown.created_at)],
  ]);
}
