import { type ReactNode, useId } from "react";

/** One of some values, chosen from a list. Its label stands before it, or is only told to those who do not see it. */
export function Choice<Value extends string | number>(props: {
  readonly label: string;
  readonly unseen?: boolean;
  readonly value: Value;
  readonly options: readonly (readonly [value: Value, name: string])[];
  readonly onChoose: (value: Value) => void;
}): ReactNode {
  const { label, unseen = false, value, options, onChoose } = props;
  const id = useId();
  const select = (
    <select
      id={id}
      aria-label={unseen ? label : undefined}
      value={value}
      onChange={({ target }) => onChoose(options[target.selectedIndex]![0])}
    >
      {options.map(([each, name]) => (
        <option key={each} value={each}>
          {name}
        </option>
      ))}
    </select>
  );
  if (unseen) return select;
  return (
    <span>
      <label htmlFor={id}>{label}</label> {select}
    </span>
  );
}
