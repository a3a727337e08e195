import { type ReactNode, useEffect, useRef, useState } from "react";

interface ConfirmProps {
  /** What the button says, such as "Revoke". */
  readonly action: string;
  /** What will happen, as a sentence. */
  readonly consequence: string;
  readonly onConfirm: () => unknown;
  readonly disabled?: boolean;
}

/** A button for what cannot be undone: it asks first. */
export function ConfirmButton({ action, consequence, onConfirm, disabled }: ConfirmProps): ReactNode {
  const [asking, setAsking] = useState(false);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (asking) dialog.current?.showModal();
  }, [asking]);
  return (
    <>
      <button type="button" className="danger" disabled={disabled} onClick={() => setAsking(true)}>
        {action}
      </button>
      {asking && (
        <dialog ref={dialog} onClose={() => setAsking(false)} aria-labelledby="question">
          <p id="question">{consequence}</p>
          <form method="dialog" className="row end">
            <button type="submit">Keep</button>
            <button
              type="submit"
              className="danger"
              onClick={() => {
                void onConfirm();
              }}
            >
              {action}
            </button>
          </form>
        </dialog>
      )}
    </>
  );
}
