import type { ReactNode } from "react";

/** A credential as people know it: by its label, and by its first characters. */
export function Labeled({
  label,
  beginning,
}: {
  readonly label: string;
  readonly beginning: string;
}): ReactNode {
  return (
    <>
      <strong>{label}</strong>
      <code className="under">{beginning} …</code>
    </>
  );
}
