/** A field that a change set, with what it was before: both as they are read, empty for nothing. */
export interface Difference {
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

/** What an event of the audit trail changed, field by field. Fields that were nothing and still are, are left out. */
export function differencesOf(before: unknown, after: unknown): Difference[] {
  const [was, is] = [fieldsOf(before), fieldsOf(after)];
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .map((field) => ({
      field: field.replaceAll("_", " "),
      before: written(was[field]),
      after: written(is[field]),
    }))
    .filter((each) => each.before !== each.after);
}

/** Fields within fields stand under both names, such as `limits queue max`. */
function fieldsOf(value: unknown, name = ""): Readonly<Record<string, unknown>> {
  if (value === null || value === undefined) return {};
  if (typeof value !== "object" || Array.isArray(value)) return { [name === "" ? "value" : name]: value };
  return Object.assign(
    {},
    ...Object.entries(value).map(([key, each]) => fieldsOf(each, name === "" ? key : `${name} ${key}`)),
  );
}

const moment = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
/** Of an id that nobody reads to its end, what tells it from others. */
const uuid = /^([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const isInstant = /^\d{4}-\d\d-\d\dT[\d:.]+(Z|\+00:00)$/;

function written(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return value.toLocaleString("en");
  if (typeof value === "string") {
    return isInstant.test(value) ? moment.format(new Date(value)) : value.replace(uuid, "$1 …");
  }
  return Array.isArray(value) && value.every((each) => typeof each !== "object")
    ? value.map(written).join(", ")
    : JSON.stringify(value);
}
