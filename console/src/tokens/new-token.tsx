import { generateToken, listTokens } from "@corbenic/sdk/endpoints";
import { type FormEvent, type ReactNode, useState } from "react";
import { Failure } from "../parts/failure.tsx";
import { Field } from "../parts/field.tsx";
import { Panel } from "../parts/page.tsx";
import { ShownOnce } from "../parts/shown-once.tsx";
import { useChange } from "../queries.ts";

const dayS = 86_400;
const durations = [
  [1, "1 day"],
  [7, "7 days"],
  [30, "30 days"],
  [90, "90 days"],
  [365, "a year"],
] as const;

/** Makes a job token, with what it may do. */
export function NewToken(): ReactNode {
  const [open, setOpen] = useState(false);
  const generate = useChange(generateToken, [listTokens]);
  if (generate.data !== undefined) {
    return (
      <ShownOnce
        what="job token"
        secret={generate.data.token}
        onDone={() => {
          generate.reset();
          setOpen(false);
        }}
      />
    );
  }
  if (!open) {
    return (
      <p>
        <button type="button" className="primary" onClick={() => setOpen(true)}>
          New job token
        </button>
      </p>
    );
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    generate.mutate({ body: bodyOf(new FormData(event.currentTarget)) });
  };
  return (
    <Panel title="New job token">
      <form onSubmit={submit}>
        <div className="fields">
          <Field label="Label" hint="What uses it, such as the notebook's name.">
            {(ids) => <input {...ids} name="label" maxLength={255} autoComplete="off" />}
          </Field>
          <Field label="Good for">
            {(ids) => (
              <select {...ids} name="days" defaultValue={30}>
                {durations.map(([days, name]) => (
                  <option key={days} value={days}>
                    {name}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field
            label="Platforms"
            hint="Names or patterns such as sim:*, separated by commas. Empty for all."
          >
            {(ids) => <input {...ids} name="platforms" autoComplete="off" pattern="[a-z0-9:._*, \-]*" />}
          </Field>
          <Field label="Shots of one job" hint="Empty for no bound.">
            {(ids) => <input {...ids} name="shots" type="number" min={1} />}
          </Field>
          <Field label="Jobs at once" hint="Waiting or running. Empty for no bound.">
            {(ids) => <input {...ids} name="jobs" type="number" min={1} />}
          </Field>
        </div>
        <p>
          <label className="check">
            <input type="checkbox" name="readOnly" /> It only reads: it submits and cancels nothing
          </label>
        </p>
        <Failure error={generate.error} />
        <div className="row">
          <button type="submit" className="primary" disabled={generate.isPending}>
            Create token
          </button>
          <button type="button" onClick={() => setOpen(false)}>
            Leave it
          </button>
        </div>
      </form>
    </Panel>
  );
}

function bodyOf(form: FormData) {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  const number = (name: string) => (text(name) === "" ? null : Number(text(name)));
  const platforms = text("platforms")
    .split(",")
    .map((each) => each.trim())
    .filter((each) => each !== "");
  return {
    label: text("label") === "" ? null : text("label"),
    duration: Number(text("days")) * dayS,
    platforms: platforms.length === 0 ? null : platforms,
    shots_max: number("shots"),
    jobs_max: number("jobs"),
    read_only: form.get("readOnly") !== null,
  };
}
