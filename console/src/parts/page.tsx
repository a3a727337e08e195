import { type ReactNode, useEffect } from "react";

interface PageProps {
  readonly title: string;
  /** Beside the title: what can be done on this page. */
  readonly actions?: ReactNode;
  /** Above the title: where the page belongs. */
  readonly above?: ReactNode;
  readonly children: ReactNode;
}

/** A page of the console under its title. */
export function Page({ title, actions, above, children }: PageProps): ReactNode {
  useEffect(() => {
    document.title = `${title} · Corbenic`;
  }, [title]);
  return (
    <>
      <header className="page-head">
        <div>
          {above}
          <h1>{title}</h1>
        </div>
        {actions !== undefined && <div className="row actions">{actions}</div>}
      </header>
      {children}
    </>
  );
}

/** A part of a page with a heading of its own. */
export function Panel(props: {
  readonly title: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <section className="panel">
      <header className="panel-head">
        <h2>{props.title}</h2>
        {props.aside}
      </header>
      {props.children}
    </section>
  );
}
