import { type ReactNode, useState } from "react";

/** Copies a text, and says that it did. */
export function CopyButton({ text, label }: { readonly text: string; readonly label: string }): ReactNode {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  return (
    <button type="button" className="quiet" onClick={copy} onBlur={() => setCopied(false)}>
      {copied ? "Copied" : label}
    </button>
  );
}
