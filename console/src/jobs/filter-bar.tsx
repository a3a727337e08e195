import { jobStates, listPlatforms } from "@corbenic/sdk/endpoints";
import { type FormEvent, type ReactNode, useEffect, useState } from "react";
import { useAnswer } from "../queries.ts";
import { useAccount } from "../session/account.ts";
import type { JobFilters } from "./job-filters.ts";

interface FilterBarProps {
  readonly filters: JobFilters;
  readonly onChange: (filters: JobFilters) => void;
}

/** What the list is narrowed by: states as chips, the rest as they were chosen, each taken away by a click. */
export function FilterBar({ filters, onChange }: FilterBarProps): ReactNode {
  const account = useAccount();
  const platforms = useAnswer(listPlatforms, { query: { limit: 200 } });
  const states = new Set(filters.status?.split(",") ?? []);
  const toggle = (state: string) => {
    if (!states.delete(state)) states.add(state);
    onChange(without(filters, "status", states.size === 0 ? undefined : [...states].join(",")));
  };
  return (
    <div className="filters">
      <fieldset className="chips" aria-label="States">
        {jobStates.map((state) => (
          <button
            key={state}
            type="button"
            className="chip-button"
            aria-pressed={states.has(state)}
            onClick={() => toggle(state)}
          >
            {state.replace("_", " ")}
          </button>
        ))}
      </fieldset>
      <div className="row">
        <SearchBox text={filters.text ?? ""} onSearch={(text) => onChange(without(filters, "text", text))} />
        <select
          aria-label="Platform"
          value={filters.platform ?? ""}
          onChange={({ target }) => onChange(without(filters, "platform", target.value))}
        >
          <option value="">All platforms</option>
          {platforms.data?.platforms.map(({ name }) => (
            <option key={name}>{name}</option>
          ))}
        </select>
        <select
          aria-label="Command"
          value={filters.command ?? ""}
          onChange={({ target }) => onChange(without(filters, "command", target.value))}
        >
          <option value="">All commands</option>
          {["probs", "sample_count", "samples"].map((command) => (
            <option key={command}>{command}</option>
          ))}
        </select>
        <select
          aria-label="Order"
          value={filters.sort ?? "-created"}
          onChange={({ target }) =>
            onChange({ ...filters, sort: target.value as NonNullable<JobFilters["sort"]> })
          }
        >
          <option value="-created">Newest first</option>
          <option value="created">Oldest first</option>
          <option value="name">By name, A to Z</option>
          <option value="-name">By name, Z to A</option>
        </select>
        {filters.group !== undefined && (
          <button
            type="button"
            className="chip-button"
            onClick={() => onChange(without(filters, "group", ""))}
          >
            group: {filters.group} <span aria-hidden="true">×</span>
            <span className="unseen">, take the filter away</span>
          </button>
        )}
        {account.is_admin && (
          <label className="check">
            <input
              type="checkbox"
              checked={filters.everybody ?? false}
              onChange={({ target }) => {
                const { everybody: _, ...rest } = filters;
                onChange(target.checked ? { ...rest, everybody: true } : rest);
              }}
            />
            Everybody's
          </label>
        )}
      </div>
    </div>
  );
}

function without(filters: JobFilters, key: keyof JobFilters, value: string | undefined): JobFilters {
  const { [key]: _, ...rest } = filters;
  return value === undefined || value === "" ? rest : { ...rest, [key]: value };
}

function SearchBox(props: { readonly text: string; readonly onSearch: (text: string) => void }): ReactNode {
  const [text, setText] = useState(props.text);
  useEffect(() => setText(props.text), [props.text]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    props.onSearch(text.trim());
  };
  return (
    <search>
      <form onSubmit={submit}>
        <input
          type="search"
          aria-label="Search names"
          placeholder="Search names"
          value={text}
          onChange={({ target }) => {
            setText(target.value);
            if (target.value === "") props.onSearch("");
          }}
        />
      </form>
    </search>
  );
}
