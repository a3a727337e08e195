import { jobStates } from "@corbenic/sdk/endpoints";
import { type FormEvent, type ReactNode, useEffect, useState } from "react";
import { Choice } from "../parts/choice.tsx";
import { useAccount } from "../session/account.ts";
import { CommandChoice, GroupChoice, OwnerChoice, PlatformChoice, TokenChoice } from "./filter-choices.tsx";
import { changed, type JobFilters } from "./job-filters.ts";

interface FilterBarProps {
  readonly filters: JobFilters;
  readonly onChange: (filters: JobFilters) => void;
}

const sorts = [
  ["-created", "Newest first"],
  ["created", "Oldest first"],
  ["name", "By name, A to Z"],
  ["-name", "By name, Z to A"],
] as const;

/** What the list is narrowed by, all of it in the address. */
export function FilterBar({ filters, onChange }: FilterBarProps): ReactNode {
  const account = useAccount();
  const both = { filters, onChange };
  const { sort: _, everybody, ...narrowing } = filters;
  const day = (key: "from" | "to", label: string) => (
    <label className="check">
      {label}
      <input
        type="date"
        value={filters[key] ?? ""}
        onChange={({ target }) => onChange(changed(filters, key, target.value))}
      />
    </label>
  );
  return (
    <div className="filters">
      <div className="row spread">
        <StateChips {...both} />
        {account.is_admin && (
          <label className="check">
            <input
              type="checkbox"
              checked={everybody ?? false}
              onChange={({ target }) => {
                const { everybody: __, owner: ___, ...rest } = filters;
                onChange(target.checked ? { ...rest, everybody: true } : rest);
              }}
            />
            Everybody's
          </label>
        )}
      </div>
      <div className="row">
        <SearchBox text={filters.text ?? ""} onSearch={(text) => onChange(changed(filters, "text", text))} />
        <PlatformChoice {...both} />
        <CommandChoice {...both} />
        {everybody ? (
          <OwnerChoice {...both} />
        ) : (
          <>
            <GroupChoice {...both} />
            <TokenChoice {...both} />
          </>
        )}
        <Choice
          label="Order"
          unseen
          value={filters.sort ?? "-created"}
          options={sorts}
          onChoose={(sort) => onChange({ ...filters, sort })}
        />
        {day("from", "From")}
        {day("to", "to")}
        {Object.keys(narrowing).length > 0 && (
          <button
            type="button"
            className="link"
            onClick={() => onChange(everybody === undefined ? {} : { everybody })}
          >
            Take all filters away
          </button>
        )}
      </div>
    </div>
  );
}

function StateChips({ filters, onChange }: FilterBarProps): ReactNode {
  const states = new Set(filters.status?.split(",") ?? []);
  const toggle = (state: string) => {
    if (!states.delete(state)) states.add(state);
    onChange(changed(filters, "status", [...states].join(",")));
  };
  return (
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
  );
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
