import type { ReactNode } from "react";
import { CopyButton } from "./copy-button.tsx";

/** A secret that was just made: the cloud keeps no copy that could be shown again. */
export function ShownOnce(props: {
  readonly what: string;
  readonly secret: string;
  readonly onDone: () => void;
}): ReactNode {
  return (
    <div className="notice" role="status">
      <p>
        This is the new {props.what}. Copy it now: <strong>it is shown this once.</strong>
      </p>
      <div className="secret">
        <code>{props.secret}</code>
        <CopyButton text={props.secret} label="Copy" />
        <button type="button" onClick={props.onDone}>
          I have it
        </button>
      </div>
    </div>
  );
}
