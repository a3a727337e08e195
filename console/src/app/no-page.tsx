import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { EmptyState } from "../parts/empty-state.tsx";
import { Page } from "../parts/page.tsx";

export function NoPage(): ReactNode {
  return (
    <Page title="No such page">
      <EmptyState title="There is nothing at this address">
        <p>
          It may have been mistyped. <Link to="/">Go to the overview</Link>, or to{" "}
          <Link to="/jobs">your jobs</Link>.
        </p>
      </EmptyState>
    </Page>
  );
}
