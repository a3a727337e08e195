import type { Platform } from "@corbenic/sdk/endpoints";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { StatusTag } from "../parts/status-tag.tsx";

/** Each platform with its status and its queue. */
export function PlatformTiles({ platforms }: { readonly platforms: readonly Platform[] }): ReactNode {
  return (
    <ul className="tiles">
      {platforms.map((platform) => (
        <li key={platform.id} className="tile">
          <div className="tile-head">
            <Link to="/platforms/$name" params={{ name: platform.name }}>
              {platform.name}
            </Link>
            <StatusTag status={platform.status} />
          </div>
          <p className="quiet-text tile-text">{platform.specs.description ?? platform.type}</p>
          <p className="tile-foot">
            <strong>{platform.jobs.toLocaleString("en")}</strong> {platform.jobs === 1 ? "job" : "jobs"}{" "}
            waiting or running
          </p>
        </li>
      ))}
    </ul>
  );
}
