import type { Platform } from "@corbenic/sdk/endpoints";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Facts } from "../parts/facts.tsx";
import { StatusTag } from "../parts/status-tag.tsx";
import { specsInShort } from "./specs-in-short.tsx";

/** Each platform with its status and its queue. */
export function PlatformTiles({
  platforms,
  detailed = false,
}: {
  readonly platforms: readonly Platform[];
  /** With what each can do. */
  readonly detailed?: boolean;
}): ReactNode {
  return (
    <ul className={detailed ? "tiles detailed" : "tiles"}>
      {platforms.map((platform) => (
        <li key={platform.id} className="tile">
          <div className="tile-head">
            <Link to="/platforms/$name" params={{ name: platform.name }}>
              {platform.name}
            </Link>
            <StatusTag status={platform.status} />
          </div>
          <p className="quiet-text tile-text">{platform.specs.description ?? platform.type}</p>
          {detailed && <Facts facts={specsInShort(platform)} />}
          <p className="tile-foot">
            <strong>{platform.jobs.toLocaleString("en")}</strong> {platform.jobs === 1 ? "job" : "jobs"}{" "}
            waiting or running
          </p>
        </li>
      ))}
    </ul>
  );
}
