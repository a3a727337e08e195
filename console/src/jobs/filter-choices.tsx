import { listJobGroups, listPlatforms, listTokens, listUsers } from "@corbenic/sdk/endpoints";
import { type ReactNode, useState } from "react";
import { Choice } from "../parts/choice.tsx";
import { Combobox } from "../parts/combobox.tsx";
import { useAnswer } from "../queries.ts";
import { changed, type JobFilters } from "./job-filters.ts";

interface ChoiceProps {
  readonly filters: JobFilters;
  readonly onChange: (filters: JobFilters) => void;
}

const groupsAtOnce = 20;
const commands = ["probs", "sample_count", "samples"].map((each) => [each, each] as const);

export function PlatformChoice({ filters, onChange }: ChoiceProps): ReactNode {
  const { data } = useAnswer(listPlatforms, { query: { limit: 200 } });
  const names = data?.platforms.map(({ name }) => [name, name] as const) ?? [];
  return (
    <Choice
      label="Platform"
      unseen
      value={filters.platform ?? ""}
      options={withAll("All platforms", names, filters.platform)}
      onChoose={(platform) => onChange(changed(filters, "platform", platform))}
    />
  );
}

export function CommandChoice({ filters, onChange }: ChoiceProps): ReactNode {
  return (
    <Choice
      label="Command"
      unseen
      value={filters.command ?? ""}
      options={withAll("All commands", commands, filters.command)}
      onChoose={(command) => onChange(changed(filters, "command", command))}
    />
  );
}

/** The account's groups whose names contain what is typed, those with the newest jobs first. */
export function GroupChoice({ filters, onChange }: ChoiceProps): ReactNode {
  const [text, setText] = useState("");
  const { data } = useAnswer(listJobGroups, {
    query: { limit: groupsAtOnce, ...(text === "" ? {} : { name: text }) },
  });
  return (
    <Combobox
      label="Group"
      none="All groups"
      value={filters.group ?? ""}
      found={data?.groups.map(({ name }) => name)}
      onSearch={setText}
      onChoose={(group) => onChange(changed(filters, "group", group))}
    />
  );
}

export function TokenChoice({ filters, onChange }: ChoiceProps): ReactNode {
  const { data } = useAnswer(listTokens, { query: {} });
  const tokens = data?.map(({ id, label }) => [String(id), label] as const) ?? [];
  if (tokens.length === 0 && filters.token === undefined) return null;
  return (
    <Choice
      label="Job token"
      unseen
      value={String(filters.token ?? "")}
      options={withAll("All tokens", tokens, filters.token?.toString())}
      onChoose={(id) => onChange(changed(filters, "token", id === "" ? undefined : Number(id)))}
    />
  );
}

/** For administrators who look at everybody's jobs. */
export function OwnerChoice({ filters, onChange }: ChoiceProps): ReactNode {
  const { data } = useAnswer(listUsers, { query: { limit: 200 } });
  const owners = data?.users.map(({ user_id, email }) => [String(user_id), email] as const) ?? [];
  return (
    <Choice
      label="Owner"
      unseen
      value={String(filters.owner ?? "")}
      options={withAll("All owners", owners, filters.owner?.toString())}
      onChoose={(id) => onChange(changed(filters, "owner", id === "" ? undefined : Number(id)))}
    />
  );
}

/** Also what an address names that is not among the values. */
function withAll(
  all: string,
  values: readonly (readonly [string, string])[],
  chosen: string | undefined,
): readonly (readonly [string, string])[] {
  const isKnown = chosen === undefined || values.some(([value]) => value === chosen);
  return [["", all], ...values, ...(isKnown ? [] : [[chosen, chosen] as const])];
}
