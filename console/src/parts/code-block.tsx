import type { ReactNode } from "react";
import { CopyButton } from "./copy-button.tsx";
import { Scrollable } from "./scrollable.tsx";

/** Lines of code under their language, to be copied as a whole. */
export function CodeBlock({ code, label }: { readonly code: string; readonly label: string }): ReactNode {
  return (
    <div className="code">
      <div className="code-head">
        <span>{label}</span>
        <CopyButton text={code} label="Copy" />
      </div>
      <Scrollable className="code-scroll" label={label}>
        <pre>
          <code>{code}</code>
        </pre>
      </Scrollable>
    </div>
  );
}
