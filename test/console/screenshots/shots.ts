import type { Page } from "playwright-core";
import type { FilledCloud } from "./fill-cloud.ts";

/** A picture of a page, after what has to be done first. */
export interface Shot {
  readonly name: string;
  readonly path: string;
  /** Taken on a narrow screen, too. */
  readonly narrow?: true;
  prepare?(page: Page): Promise<unknown>;
}

const tab = (name: string) => (page: Page) => page.getByRole("tab", { name }).click();

const narrowSections = new Set(["users", "queue", "worker-keys", "audit"]);

/** Every page of the console. */
export function shotsOf({ jobs }: FilledCloud): Shot[] {
  const job = (name: keyof typeof jobs) => `/jobs/${jobs[name]}`;
  return [
    { name: "overview", path: "/", narrow: true },
    { name: "jobs", path: "/jobs", narrow: true },
    {
      name: "jobs-filtered",
      path: "/jobs?status=completed,error&group=Scattershot%2C%205%20modes",
      prepare: async (page) => {
        for (const box of (await page.getByRole("checkbox", { name: /^Choose/ }).all()).slice(0, 3))
          await box.click();
      },
    },
    { name: "jobs-of-everybody", path: "/jobs?everybody=true" },
    { name: "job-distribution", path: job("probs"), narrow: true },
    {
      name: "job-samples",
      path: job("samples"),
      prepare: (page) => page.getByRole("button", { name: "Samples" }).click(),
    },
    { name: "job-iterations-lines", path: job("sweep"), narrow: true },
    {
      name: "job-iterations-map",
      path: job("sweep"),
      prepare: (page) => page.getByLabel("As", { exact: true }).selectOption("heat map"),
    },
    { name: "job-iterations-crossed", path: job("crossed"), narrow: true },
    { name: "job-circuit-24-modes", path: job("wide"), narrow: true, prepare: tab("Circuit") },
    { name: "job-circuit-nested", path: job("nested"), prepare: tab("Circuit") },
    { name: "job-circuit-feed-forward", path: job("feedForward"), prepare: tab("Circuit") },
    { name: "job-parameters", path: job("probs"), prepare: tab("Parameters") },
    { name: "job-payload", path: job("nested"), prepare: tab("Payload") },
    { name: "job-events", path: job("running"), prepare: tab("Events") },
    { name: "job-waiting", path: job("waiting") },
    { name: "job-error", path: job("failed"), narrow: true },
    { name: "clone", path: `${job("probs")}/clone` },
    { name: "compare", path: `/compare?a=${jobs.probs}&b=${jobs.other}`, narrow: true },
    { name: "groups", path: "/groups", narrow: true },
    { name: "platforms", path: "/platforms", narrow: true },
    { name: "platform", path: "/platforms/qpu:lab", narrow: true },
    { name: "tokens", path: "/tokens", narrow: true },
    {
      name: "token-new",
      path: "/tokens",
      prepare: (page) => page.getByRole("button", { name: "New job token" }).click(),
    },
    { name: "usage", path: "/usage", narrow: true },
    { name: "account", path: "/account" },
    ...["users", "companies", "platforms", "queue", "permissions", "worker-keys", "audit", "health"].map(
      (section): Shot => ({
        name: `administration-${section}`,
        path: `/administration/${section}`,
        ...(narrowSections.has(section) ? { narrow: true as const } : {}),
      }),
    ),
    {
      name: "confirmation",
      path: "/tokens",
      prepare: (page) => page.getByRole("button", { name: "Revoke" }).first().click(),
    },
    { name: "no-page", path: "/nowhere" },
  ];
}
