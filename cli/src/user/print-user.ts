import { type getUser, listPlatforms, type ResponseOf } from "@corbenic/sdk/endpoints";
import { moment } from "../print/moment.ts";
import { printFields } from "../print/print-fields.ts";
import { platformNames } from "../session/platform-names.ts";
import type { Session } from "../session/session.ts";

export async function printUser(
  session: Session,
  user: ResponseOf<typeof getUser>,
  json: boolean,
): Promise<void> {
  const names =
    json || user.platform_ids.length === 0 ? new Map() : await platformNames(session, listPlatforms);
  const platforms = user.platform_ids.map((id) => names.get(id) ?? id);
  printFields(user, json, (shown) => [
    ["Id", String(shown.user_id)],
    ["Email", shown.email],
    ["Name", `${shown.first_name} ${shown.last_name}`.trim() || null],
    ["Role", shown.is_admin ? "administrator" : "user"],
    ["Priority", String(shown.priority)],
    ["Company", shown.company_id === null ? null : String(shown.company_id)],
    ["State", shown.enabled ? "enabled" : "disabled"],
    ["Platforms", platforms.length === 0 ? "none" : platforms.join(" ")],
    ["Created", moment(shown.created_at)],
  ]);
}
