import { useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { NoPage } from "../app/no-page.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { Page } from "../parts/page.tsx";
import { useAccount } from "../session/account.ts";
import { AuditSection } from "./audit-section.tsx";
import { CompaniesSection } from "./companies-section.tsx";
import { HealthSection } from "./health-section.tsx";
import { PermissionsSection } from "./permissions-section.tsx";
import { PlatformsSection } from "./platforms-section.tsx";
import { QueueSection } from "./queue-section.tsx";
import { UsersSection } from "./users-section.tsx";
import { WorkerKeysSection } from "./worker-keys-section.tsx";

const sections: Readonly<Record<string, readonly [title: string, section: () => ReactNode]>> = {
  users: ["Users", UsersSection],
  companies: ["Companies", CompaniesSection],
  platforms: ["Platforms and maintenance", PlatformsSection],
  queue: ["Queue", QueueSection],
  permissions: ["Permissions", PermissionsSection],
  "worker-keys": ["Workers and their keys", WorkerKeysSection],
  audit: ["Audit", AuditSection],
  health: ["Health", HealthSection],
};

/** What administrators run the cloud with, section by section. */
export function AdministrationPage(): ReactNode {
  const { section } = useParams({ from: "/administration/$section" });
  const { is_admin: isAdministrator } = useAccount();
  const found = Object.hasOwn(sections, section) ? sections[section] : undefined;
  if (found === undefined) return <NoPage />;
  const [title, Section] = found;
  return (
    <Page title={title} above={<span className="quiet-text">Administration</span>}>
      {isAdministrator ? (
        <Section />
      ) : (
        <EmptyState title="This is for administrators">
          <p>Your account has not their rights. An administrator can grant them.</p>
        </EmptyState>
      )}
    </Page>
  );
}
