/**
 * Writing the counts, and the exact distribution, of 8 photons in 16 modes: by the encoder, and by joining strings.
 * Times are those of the thread on a processor.
 */
import type { StateTable } from "@corbenic/photonics/model";
import { decodeResult, encodeStates } from "@corbenic/photonics/perceval";

const [photons, modes, wanted, rounds] = [8, 16, 301_000, 15];

/** Numbers that are the same in every run. */
function* random(): Generator<number> {
  for (let state = 1; ; ) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    yield (state >>> 0) / 2 ** 32;
  }
}

const source = random();
const draw = () => source.next().value as number;

/** Every state in order, |8,0,…> first. */
function* states(mode = 0, rest = photons): Generator<number[]> {
  if (mode === modes - 1) yield [rest];
  else
    for (let count = rest; count >= 0; count--)
      for (const tail of states(mode + 1, rest - count)) yield [count, ...tail];
}

const all = [...states()];
const shown = all.filter(() => draw() < wanted / all.length);
const table = (value: () => number): StateTable => ({
  modes,
  counts: Uint16Array.from(shown.flat()),
  values: Float64Array.from(shown, value),
});

function joined({ counts, values }: StateTable): string {
  const entries = Array.from(
    values,
    (value, row) => `|${counts.subarray(row * modes, (row + 1) * modes).join(",")}>=${value}`,
  );
  return `{${entries.join(";")}}`;
}

function times(run: () => string): { median: number; best: number; length: number } {
  let length = 0;
  const measured = Array.from({ length: rounds }, () => {
    const begun = process.threadCpuUsage();
    length = Buffer.byteLength(run(), "latin1");
    const { user, system } = process.threadCpuUsage(begun);
    return (user + system) / 1000;
  }).toSorted((a, b) => a - b);
  return { median: measured[Math.floor(rounds / 2)]!, best: measured[0]!, length };
}

console.log(
  `Node ${process.version}, ${shown.length} states of ${photons} photons in ${modes} modes, ${rounds} rounds`,
);
console.log("result           MB   encoder ms (best)    joining ms (best)   ratio");
for (const [kind, value] of [
  ["counts", () => 1 + Math.floor(-3 * Math.log(1 - draw()))],
  ["distribution", () => draw() * draw() * 1e-5],
] as const) {
  const of = table(value);
  const text = encodeStates({ kind, table: of });
  if (!text.endsWith(joined(of))) throw new Error("the encoder and joining differ");
  const { states: read } = decodeResult(JSON.stringify({ results: text }))[0]!;
  if (read.size !== shown.length) throw new Error("the text does not read back");
  const fast = times(() => encodeStates({ kind, table: of }));
  const plain = times(() => joined(of));
  console.log(
    kind.padEnd(13) +
      (fast.length / 1e6).toFixed(1).padStart(6) +
      `${fast.median.toFixed(1)} (${fast.best.toFixed(1)})`.padStart(20) +
      `${plain.median.toFixed(1)} (${plain.best.toFixed(1)})`.padStart(21) +
      (plain.median / fast.median).toFixed(1).padStart(8),
  );
}
