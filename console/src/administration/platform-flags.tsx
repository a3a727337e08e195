import { listAllPlatforms, type ManagedPlatform, updatePlatform } from "@corbenic/sdk/endpoints";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Failure } from "../parts/failure.tsx";
import { secondsOf, useNow } from "../parts/now.ts";
import { Moment } from "../parts/time.tsx";
import { useChange } from "../queries.ts";

/** What whoever runs the platforms should look at, until they say that they have. */
export function PlatformFlags({ platforms }: { readonly platforms: readonly ManagedPlatform[] }): ReactNode {
  const now = useNow();
  const update = useChange(updatePlatform, [listAllPlatforms]);
  return (
    <>
      <Failure error={update.error} />
      {platforms.map(
        ({ id, name, flag }) =>
          flag !== null && (
            <div key={id} className="notice row spread" role="note">
              <span>
                <strong>{name}</strong> is flagged: {flag.reason}{" "}
                <Link to="/jobs/$id" params={{ id: flag.job_id }}>
                  The job
                </Link>
                , <Moment seconds={secondsOf(flag.at)} now={now} />. A job that stops workers may have found a
                fault of the platform.
              </span>
              <button
                type="button"
                disabled={update.isPending}
                onClick={() => update.mutate({ params: { id }, body: { flag: null } })}
              >
                Take the flag away
              </button>
            </div>
          ),
      )}
    </>
  );
}
