import type { ReactNode } from "react";

/** What is pointed at in a map, in words, or how to read the map where nothing is. */
export function Readout({ text }: { readonly text: string | undefined }): ReactNode {
  return (
    <p className="quiet-text readout">
      {text ?? "Point at a field to read it; a click opens its iteration."}
    </p>
  );
}
