import { type JobState, jobSorts, jobStates } from "@corbenic/sdk/endpoints";

/** Which jobs a list shows, as its address keeps it. */
export interface JobFilters {
  readonly status?: string;
  readonly platform?: string;
  readonly group?: string;
  readonly command?: string;
  readonly text?: string;
  /** The first and the last day of their creation, in the reader's own time: `2026-03-31`. */
  readonly from?: string;
  readonly to?: string;
  /** Ids. */
  readonly token?: number;
  readonly owner?: number;
  readonly sort?: (typeof jobSorts)[number];
  /** For administrators: everybody's jobs. */
  readonly everybody?: true;
}

/** Reads filters from an address. What cannot be one is left out: addresses are typed and cut off by hand. */
export function readJobFilters(search: Record<string, unknown>): JobFilters {
  const status = String(search.status ?? "")
    .split(",")
    .filter((each): each is JobState => (jobStates as readonly string[]).includes(each));
  const sort = jobSorts.find((each) => each === search.sort);
  return {
    ...(status.length === 0 ? {} : { status: status.join(",") }),
    ...textOf("platform", search),
    ...textOf("group", search),
    ...textOf("command", search),
    ...textOf("text", search),
    ...dayOf("from", search),
    ...dayOf("to", search),
    ...idOf("token", search),
    ...(sort === undefined ? {} : { sort }),
    ...(search.everybody === true ? { everybody: true, ...idOf("owner", search) } : {}),
  };
}

type With<Key extends string, Value> = { [K in Key]?: Value };

function textOf<const Key extends string>(key: Key, search: Record<string, unknown>): With<Key, string> {
  const value = search[key];
  const text = typeof value === "string" || typeof value === "number" ? String(value) : "";
  return text === "" ? {} : ({ [key]: text } as With<Key, string>);
}

function dayOf<const Key extends string>(key: Key, search: Record<string, unknown>): With<Key, string> {
  const day = search[key];
  const isDay =
    typeof day === "string" && /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(startOf(day).getTime());
  return isDay ? ({ [key]: day } as With<Key, string>) : {};
}

function idOf<const Key extends string>(key: Key, search: Record<string, unknown>): With<Key, number> {
  const id = Number(search[key]);
  return Number.isInteger(id) && id >= 1 && id < 2 ** 31 ? ({ [key]: id } as With<Key, number>) : {};
}

/** The filters as the cloud is asked with them. */
export function queryOf({
  status,
  platform,
  group,
  command,
  text,
  from,
  to,
  token,
  owner,
  sort,
}: JobFilters) {
  return {
    ...(status === undefined ? {} : { status }),
    ...(platform === undefined ? {} : { platform_name: platform }),
    ...(group === undefined ? {} : { group_name: group }),
    ...(command === undefined ? {} : { command }),
    ...(text === undefined ? {} : { name: text }),
    ...(from === undefined ? {} : { created_after: startOf(from).toISOString() }),
    ...(to === undefined ? {} : { created_before: startOf(to, 1).toISOString() }),
    ...(token === undefined ? {} : { token_id: token }),
    ...(owner === undefined ? {} : { owner_id: owner }),
    ...(sort === undefined ? {} : { sort }),
  };
}

/** The beginning of a day, or of one so many days later, in the reader's own time. */
function startOf(day: string, later = 0): Date {
  const date = new Date(`${day}T00:00`);
  date.setDate(date.getDate() + later);
  return date;
}

/** The filters with another value of one of them, or without it where the value is empty. */
export function changed<Key extends keyof JobFilters>(
  filters: JobFilters,
  key: Key,
  value: JobFilters[Key] | "",
): JobFilters {
  const { [key]: _, ...rest } = filters;
  return value === undefined || value === "" ? rest : { ...rest, [key]: value };
}
