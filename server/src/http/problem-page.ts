import { type JobErrorCode, jobErrors, type ProblemCode, problems } from "@corbenic/protocol";

/** Every problem, and every error that a job may end with, on one page, each where its `type` points to. Plain HTML: it needs no script and no style of others. */
export function problemPage(): string {
  const entries = (Object.keys(problems) as ProblemCode[]).toSorted().map(
    (code) => `<section id="${code}">
<h2><a href="#${code}">${code}</a></h2>
<p>Status ${problems[code].status}. ${asHtml(problems[code].remedy)}</p>
</section>`,
  );
  const errors = (Object.keys(jobErrors) as JobErrorCode[]).toSorted().map(
    (code) => `<section id="job-${code}">
<h3><a href="#job-${code}">${code}</a></h3>
<p>${asHtml(jobErrors[code].meaning)} ${asHtml(jobErrors[code].remedy)}</p>
</section>`,
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">
<title>Problems - Corbenic</title>
<h1>Problems</h1>
<p>Every refusal bears one of these codes, which do not change, and a sentence that says what was refused and why.
Back to the <a href="/reference/">API reference</a>.</p>
${entries.join("\n")}
<h2 id="jobs">Errors of jobs</h2>
<p>A job that ends in error has one of these codes, or one of those above.</p>
${errors.join("\n")}
</html>
`;
}

function asHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
