import { type ProblemCode, problems } from "@corbenic/protocol";

/** Every problem on one page, each where its `type` points to. Plain HTML: it needs no script and no style of others. */
export function problemPage(): string {
  const entries = (Object.keys(problems) as ProblemCode[]).toSorted().map(
    (code) => `<section id="${code}">
<h2><a href="#${code}">${code}</a></h2>
<p>Status ${problems[code].status}. ${asHtml(problems[code].remedy)}</p>
</section>`,
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Problems - Corbenic</title>
<h1>Problems</h1>
<p>Every refusal bears one of these codes, which do not change, and a sentence that says what was refused and why.
Back to the <a href="/reference/">API reference</a>.</p>
${entries.join("\n")}
</html>
`;
}

function asHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
