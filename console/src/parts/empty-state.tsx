import type { ReactNode } from "react";

/** What stands where there is nothing yet: why, and what to do about it. */
export function EmptyState(props: { readonly title: string; readonly children: ReactNode }): ReactNode {
  return (
    <div className="empty">
      <p className="empty-title">{props.title}</p>
      {props.children}
    </div>
  );
}
