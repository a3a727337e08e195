import { explore } from "./explore.ts";
import { ruleNames, rules } from "./rules.ts";
import { largeSizes, sizes } from "./sizes.ts";

/** Explores the model, then leaves out each rule in turn and prints the shortest history that goes wrong. */
const explored = process.argv.includes("--large") ? { ...sizes, ...largeSizes } : sizes;
let sound = true;
for (const [name, size] of Object.entries(explored)) {
  const begun = performance.now();
  const { states, steps, violation, stuck } = explore(size, { findStuck: name in sizes });
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  const verdict = violation === undefined ? "0 violations" : `${violation.id}: ${violation.says}`;
  const finishing = name in sizes ? `, ${stuck} that cannot end` : "";
  console.log(`${name.padEnd(6)} ${states} states, ${steps} steps, ${verdict}${finishing}, ${seconds} s`);
  for (const line of violation?.history ?? []) console.log(`         ${line}`);
  sound &&= violation === undefined && stuck === 0;
}
let killed = 0;
for (const rule of ruleNames) {
  const { violation } = explore(sizes.small, { without: rule });
  console.log(`\nWithout "${rules[rule]}"`);
  if (violation === undefined) {
    console.log("  nothing goes wrong");
    continue;
  }
  killed += 1;
  console.log(`  ${violation.history.length} steps break ${violation.id}, ${violation.says}:`);
  for (const line of violation.history) console.log(`    ${line}`);
}
console.log(`\n${killed} of ${ruleNames.length} rules are needed: leaving one out breaks an invariant`);
process.exitCode = sound && killed === ruleNames.length ? 0 : 1;
