import { listPlatforms } from "@corbenic/sdk/endpoints";
import type { ReactNode } from "react";
import { Answered } from "../parts/answered.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { Page } from "../parts/page.tsx";
import { useAnswer } from "../queries.ts";
import { PlatformTiles } from "./platform-tiles.tsx";

/** The platforms that the account may use. */
export function PlatformsPage(): ReactNode {
  const platforms = useAnswer(listPlatforms, { query: { limit: 200 } }, { everyMs: 15_000 });
  return (
    <Page title="Platforms">
      <Answered query={platforms}>
        {(answer) =>
          answer.platforms.length === 0 ? (
            <EmptyState title="No platform yet">
              <p>
                A platform runs jobs: a simulator, or a photonic processor. An administrator grants accounts
                theirs.
              </p>
            </EmptyState>
          ) : (
            <PlatformTiles platforms={answer.platforms} detailed />
          )
        }
      </Answered>
    </Page>
  );
}
