import type { ReactNode } from "react";
import { Page } from "../parts/page.tsx";

export function GroupsPage(): ReactNode {
  return <Page title="GroupsPage">{null}</Page>;
}
