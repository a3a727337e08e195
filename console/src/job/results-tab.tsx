import { isTerminal, type JobView } from "@corbenic/sdk/endpoints";
import type { ReactNode } from "react";
import { CodeBlock } from "../parts/code-block.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { Failure } from "../parts/failure.tsx";
import { ResultsView } from "../results/results-view.tsx";
import { useResults } from "../results/use-results.ts";

/** What the job found, or why there is nothing yet. */
export function ResultsTab({ job }: { readonly job: JobView }): ReactNode {
  if (!job.has_result) {
    return isTerminal(job.status) ? (
      <EmptyState title="This job has no result">
        <p>It ended as {job.status.replace("_", " ")} before it found anything. Its events say why.</p>
      </EmptyState>
    ) : (
      <EmptyState title="No result yet">
        <p>It appears here by itself when the job is completed.</p>
      </EmptyState>
    );
  }
  return (
    <>
      <Found job={job} />
      <h2 className="within">Fetch it from a program</h2>
      <CodeBlock label="Python" code={pythonLines(job)} />
      <CodeBlock label="TypeScript" code={typeScriptLines(job)} />
    </>
  );
}

function Found({ job }: { readonly job: JobView }): ReactNode {
  const { results, error } = useResults(job.job_id);
  if (error !== null) return <Failure error={error} />;
  if (results === undefined) {
    return (
      <p className="loading" role="status">
        Loading …
      </p>
    );
  }
  if (results.runs.length === 0) {
    return (
      <EmptyState title="No iteration was finished">
        <p>The job ended while it ran the first one.</p>
      </EmptyState>
    );
  }
  return (
    <ResultsView
      key={job.job_id}
      runs={results.runs}
      text={results.text}
      name={job.job_id}
      partial={results.partial}
    />
  );
}

function pythonLines({ job_id, platform_name }: JobView): string {
  return [
    "import perceval as pcvl",
    `token, url = "cbn_j_…", "${location.origin}"`,
    `processor = pcvl.RemoteProcessor(${JSON.stringify(platform_name)}, token, url)`,
    `results = processor.resume_job("${job_id}").get_results()`,
  ].join("\n");
}

function typeScriptLines({ job_id }: JobView): string {
  return [
    `import { CloudContext, Job, User } from "@corbenic/sdk";`,
    `const context = new CloudContext("${location.origin}");`,
    `const job = await Job.open(context, User.withJobToken("cbn_j_…"), "${job_id}");`,
    `const { distribution } = await job.results();`,
  ].join("\n");
}
