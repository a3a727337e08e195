import { getHealth, listAllPlatforms } from "@corbenic/sdk/endpoints";
import type { ReactNode } from "react";
import { Answered } from "../parts/answered.tsx";
import { Facts } from "../parts/facts.tsx";
import { Panel } from "../parts/page.tsx";
import { StatusTag } from "../parts/status-tag.tsx";
import { useAnswer } from "../queries.ts";

/** Whether the cloud answers, and which of its platforms have a worker. */
export function HealthSection(): ReactNode {
  const health = useAnswer(getHealth, {}, { everyMs: 5_000 });
  const platforms = useAnswer(listAllPlatforms, { query: { limit: 200 } }, { everyMs: 5_000 });
  return (
    <>
      <Panel title="The server">
        <Answered query={health}>
          {({ status, version }) => (
            <Facts
              facts={[
                ["Answers, and reaches its database", status === "ok" ? "yes" : status],
                ["Version", version],
                ["Address", location.origin],
              ]}
            />
          )}
        </Answered>
      </Panel>
      <Panel title="Platforms">
        <Answered query={platforms}>
          {(answer) => (
            <Facts
              facts={answer.platforms.map(({ name, status }) => [
                name,
                <StatusTag key={name} status={status} />,
              ])}
            />
          )}
        </Answered>
      </Panel>
    </>
  );
}
