import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { readJobFilters } from "../jobs/job-filters.ts";
import { JobsPage } from "../jobs/jobs-page.tsx";
import { OverviewPage } from "../overview/overview-page.tsx";
import { Frame } from "./frame.tsx";
import { NoPage } from "./no-page.tsx";

const root = createRootRoute({ component: Frame, notFoundComponent: NoPage });
const under = () => root;

const overview = createRoute({ getParentRoute: under, path: "/", component: OverviewPage });
const jobs = createRoute({
  getParentRoute: under,
  path: "/jobs",
  component: JobsPage,
  validateSearch: readJobFilters,
});
const job = createRoute({
  getParentRoute: under,
  path: "/jobs/$id",
  component: lazyRouteComponent(() => import("../job/job-page.tsx"), "JobPage"),
});
const clone = createRoute({
  getParentRoute: under,
  path: "/jobs/$id/clone",
  component: lazyRouteComponent(() => import("../job/clone-page.tsx"), "ClonePage"),
});
const compare = createRoute({
  getParentRoute: under,
  path: "/compare",
  validateSearch: (search): { a?: string; b?: string } => ({
    ...(typeof search.a === "string" ? { a: search.a } : {}),
    ...(typeof search.b === "string" ? { b: search.b } : {}),
  }),
  component: lazyRouteComponent(() => import("../compare/compare-page.tsx"), "ComparePage"),
});
const groups = createRoute({
  getParentRoute: under,
  path: "/groups",
  component: lazyRouteComponent(() => import("../groups/groups-page.tsx"), "GroupsPage"),
});
const platforms = createRoute({
  getParentRoute: under,
  path: "/platforms",
  component: lazyRouteComponent(() => import("../platforms/platforms-page.tsx"), "PlatformsPage"),
});
const platform = createRoute({
  getParentRoute: under,
  path: "/platforms/$name",
  component: lazyRouteComponent(() => import("../platforms/platform-page.tsx"), "PlatformPage"),
});
const tokens = createRoute({
  getParentRoute: under,
  path: "/tokens",
  component: lazyRouteComponent(() => import("../tokens/tokens-page.tsx"), "TokensPage"),
});
const usage = createRoute({
  getParentRoute: under,
  path: "/usage",
  component: lazyRouteComponent(() => import("../usage/usage-page.tsx"), "UsagePage"),
});
const account = createRoute({
  getParentRoute: under,
  path: "/account",
  component: lazyRouteComponent(() => import("../account/account-page.tsx"), "AccountPage"),
});
const administration = createRoute({
  getParentRoute: under,
  path: "/administration/$section",
  component: lazyRouteComponent(
    () => import("../administration/administration-page.tsx"),
    "AdministrationPage",
  ),
});

const routeTree = root.addChildren([
  overview,
  jobs,
  job,
  clone,
  compare,
  groups,
  platforms,
  platform,
  tokens,
  usage,
  account,
  administration,
]);

/** Every page of the console. Those that are not seen first are loaded when they are opened. */
export function createConsoleRouter() {
  return createRouter({ routeTree, defaultPreload: "intent", scrollRestoration: true });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>;
  }
}
