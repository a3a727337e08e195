import { Link, Outlet, useRouterState } from "@tanstack/react-router";
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
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
  const main = useRef<HTMLElement>(null);
  const menu = useRef<HTMLButtonElement>(null);
  const pathBefore = useRef(path);
  useLiveJobs();
  useEffect(() => {
    if (pathBefore.current === path) return;
    pathBefore.current = path;
    setOpen(false);
    // Whoever goes on by keyboard, or listens, is on the new page, and not before it.
    main.current?.focus({ preventScroll: true });
  }, [path]);
  const closeMenu = ({ key }: KeyboardEvent) => {
    if (key !== "Escape" || !open) return;
    setOpen(false);
    menu.current?.focus();
  };
  return (
    <div className="frame-page">
      <a className="skip" href="#main">
        Skip to the page
      </a>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Escape closes the menu from wherever one is in it */}
      <header className="side" onKeyDown={closeMenu}>
        <div className="side-head">
          <Link to="/" className="brand">
            <Mark /> <span>Corbenic</span>
          </Link>
          <button
            ref={menu}
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
      <main id="main" ref={main} tabIndex={-1}>
        <Outlet />
      </main>
    </div>
  );
}
