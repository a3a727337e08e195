import { generateToken, listTokens } from "@corbenic/sdk/endpoints";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { CodeBlock } from "../parts/code-block.tsx";
import { Failure } from "../parts/failure.tsx";
import { Panel } from "../parts/page.tsx";
import { useChange } from "../queries.ts";

/** The three lines with which Perceval sends jobs here, with a token drawn on the spot. */
export function Connect({ platformName }: { readonly platformName: string }): ReactNode {
  const generate = useChange(generateToken, [listTokens]);
  const token = generate.data?.token;
  return (
    <Panel title="Connect Perceval" aside={<Link to="/tokens">Job tokens</Link>}>
      <CodeBlock label="Python" code={pythonLines(token ?? "cbn_j_…", platformName)} />
      {token === undefined ? (
        <p className="row">
          <button
            type="button"
            className="primary"
            disabled={generate.isPending}
            onClick={() => generate.mutate({ body: {} })}
          >
            Create a job token
          </button>
          <span className="quiet-text">It is good for 30 days, and put into the lines above.</span>
        </p>
      ) : (
        <p className="notice" role="status">
          The token is in the lines above. Copy them now: it is shown this once.
        </p>
      )}
      <Failure error={generate.error} />
    </Panel>
  );
}

export function pythonLines(token: string, platformName: string): string {
  return [
    "import perceval as pcvl",
    `token, url = "${token}", "${location.origin}"`,
    `processor = pcvl.RemoteProcessor(${JSON.stringify(platformName)}, token, url)`,
  ].join("\n");
}
