import type { Platform } from "@corbenic/sdk/endpoints";
import type { ReactNode } from "react";
import { PeriodText } from "./period-text.tsx";

type Named = readonly (readonly [string, ReactNode])[];

/** What matters most in the choice of a platform. */
export function specsInShort({ specs, maintenance }: Pick<Platform, "specs" | "maintenance">): Named {
  return [
    ...boundsOf(specs),
    ["Commands", specs.available_commands.join(", ")],
    ...(maintenance === null
      ? []
      : [["Maintenance", <PeriodText key="maintenance" period={maintenance} />] as const]),
  ];
}

/** How many modes and photons an experiment may have. */
export function boundsOf({ constraints = {} }: Platform["specs"]): Named {
  const { min_mode_count, max_mode_count, min_photon_count, max_photon_count } = constraints;
  return [
    ...range("Modes", min_mode_count, max_mode_count),
    ...range("Photons", min_photon_count, max_photon_count),
  ];
}

function range(name: string, least: number | undefined, most: number | undefined): Named {
  if (least === undefined && most === undefined) return [];
  if (least === undefined) return [[name, `up to ${most!.toLocaleString("en")}`]];
  if (most === undefined) return [[name, `${least.toLocaleString("en")} or more`]];
  return [[name, `${least.toLocaleString("en")} to ${most.toLocaleString("en")}`]];
}
