import type { ReactNode } from "react";
import { CopyButton } from "./copy-button.tsx";

/** Lines of code that can be copied as a whole. */
export function CodeBlock({ code, label }: { readonly code: string; readonly label: string }): ReactNode {
  return (
    <div className="code">
      <section
        className="code-scroll"
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        tabIndex={0}
      >
        <pre>
          <code>{code}</code>
        </pre>
      </section>
      <CopyButton text={code} label="Copy" />
    </div>
  );
}
