import type { ReactNode } from "react";
import { Page } from "../parts/page.tsx";

export function UsagePage(): ReactNode {
  return <Page title="UsagePage">{null}</Page>;
}
