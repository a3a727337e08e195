import type { ReactNode } from "react";
import { Page } from "../parts/page.tsx";

export function ComparePage(): ReactNode {
  return <Page title="ComparePage">{null}</Page>;
}
