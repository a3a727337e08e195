import { type JobState, jobSorts, jobStates } from "@corbenic/sdk/endpoints";

/** Which jobs a list shows, as its address keeps it. */
export interface JobFilters {
  readonly status?: string;
  readonly platform?: string;
  readonly group?: string;
  readonly command?: string;
  readonly text?: string;
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
    ...(sort === undefined ? {} : { sort }),
    ...(search.everybody === true ? { everybody: true } : {}),
  };
}

function textOf<const Key extends string>(
  key: Key,
  search: Record<string, unknown>,
): { [K in Key]?: string } {
  const value = search[key];
  const text = typeof value === "string" || typeof value === "number" ? String(value) : "";
  return text === "" ? {} : ({ [key]: text } as { [K in Key]: string });
}

/** The filters as the cloud is asked with them. */
export function queryOf({ status, platform, group, command, text, sort }: JobFilters) {
  return {
    ...(status === undefined ? {} : { status }),
    ...(platform === undefined ? {} : { platform_name: platform }),
    ...(group === undefined ? {} : { group_name: group }),
    ...(command === undefined ? {} : { command }),
    ...(text === undefined ? {} : { name: text }),
    ...(sort === undefined ? {} : { sort }),
  };
}
