import type { ReactNode } from "react";
import { Page } from "../parts/page.tsx";

export function AdministrationPage(): ReactNode {
  return <Page title="AdministrationPage">{null}</Page>;
}
