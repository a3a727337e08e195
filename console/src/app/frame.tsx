import { Link, Outlet, useRouterState } from "@tanstack/react-router";
import { type ReactNode, useEffect, useState } from "react";
import { useLiveJobs } from "../live/use-live-jobs.ts";
import { Mark } from "../parts/mark.tsx";
import { useAccount, useSignOut } from "../session/account.ts";

const places = [
  ["/", "Overview"],
  ["/jobs", "Jobs"],
  ["/groups", "Groups"],
  ["/compare", "Compare"],
  ["/platforms", "Platforms"],
  ["/tokens", "Job tokens"],
  ["/usage", "Usage"],
] as const;

const administrated = [
  ["users", "Users"],
  ["companies", "Companies"],
  ["platforms", "Platforms"],
  ["queue", "Queue"],
  ["permissions", "Permissions"],
  ["worker-keys", "Workers"],
  ["audit", "Audit"],
  ["health", "Health"],
] as const;

/** What stands around every page: where one can go, and who one is. */
export function Frame(): ReactNode {
  const account = useAccount();
  const signOut = useSignOut();
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const [open, setOpen] = useState(false);
  useLiveJobs();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the menu closes when one has gone somewhere
  useEffect(() => setOpen(false), [path]);
  return (
    <div className="frame-page">
      <a className="skip" href="#main">
        Skip to the page
      </a>
      <header className="side">
        <div className="side-head">
          <Link to="/" className="brand">
            <Mark /> <span>Corbenic</span>
          </Link>
          <button
            type="button"
            className="menu-button"
            aria-expanded={open}
            aria-controls="places"
            onClick={() => setOpen(!open)}
          >
            Menu
          </button>
        </div>
        <div id="places" className={open ? "places open" : "places"}>
          <nav aria-label="Pages">
            {places.map(([to, name]) => (
              <Link
                key={to}
                to={to}
                className="place"
                activeOptions={{ exact: to === "/", includeSearch: false }}
              >
                {name}
              </Link>
            ))}
          </nav>
          {account.is_admin && (
            <nav aria-label="Administration">
              <p className="nav-title">Administration</p>
              {administrated.map(([section, name]) => (
                <Link key={section} to="/administration/$section" params={{ section }} className="place">
                  {name}
                </Link>
              ))}
            </nav>
          )}
          <nav className="side-foot" aria-label="Account">
            <Link to="/account" className="place">
              <span className="who">{account.email}</span>
            </Link>
            <a className="place" href="/reference">
              API reference
            </a>
            <button type="button" className="place" onClick={signOut}>
              Sign out
            </button>
          </nav>
        </div>
      </header>
      <main id="main" tabIndex={-1}>
        <Outlet />
      </main>
    </div>
  );
}
