import { type ReactNode, useId } from "react";

/** A labeled control of a form, with what to know about it below. */
export function Field(props: {
  readonly label: string;
  readonly hint?: string;
  readonly children: (ids: { id: string; "aria-describedby"?: string }) => ReactNode;
}): ReactNode {
  const id = useId();
  const { label, hint, children } = props;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children(hint === undefined ? { id } : { id, "aria-describedby": `${id}-hint` })}
      {hint !== undefined && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}
