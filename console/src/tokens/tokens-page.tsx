import type { ReactNode } from "react";
import { Page } from "../parts/page.tsx";

export function TokensPage(): ReactNode {
  return <Page title="TokensPage">{null}</Page>;
}
