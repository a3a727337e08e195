import { type KeptBounds, keptBounds, thresholdsOf } from "../cost/index.ts";
import { type Bounds, type Engine, partOf } from "../kernels/index.ts";
import { isFeedForward } from "../model/index.ts";
import { idealColumns, isIdeal } from "./kernel-output.ts";
import { engineFor } from "./kernel-path.ts";
import { noisyInput } from "./noisy-input.ts";
import { statesMax } from "./required-states.ts";
import type { Selection } from "./selection.ts";
import type { Run, Setup } from "./setup.ts";
import { countStates } from "./state-order.ts";

/** Modes between which photons may pass, and those that enter them. */
export interface Block {
  /** In the order in which they are simulated: those that must hold as many as they may come first. */
  readonly modes: readonly number[];
  readonly bounds: Bounds;
  /** Of each photon where it may go, in that order. */
  readonly columns: readonly Float64Array[];
}

/** An ideal run of which not every state matters, or whose photons never all meet. */
export interface Restriction {
  readonly blocks: readonly Block[];
  readonly thresholds: readonly boolean[];
  readonly photons: number;
  readonly alwaysDetected: boolean;
  readonly engine: Engine;
}

/** Amplitudes smaller than this are what rounding leaves. */
const negligible = 1e-15;

/**
 * What has to be simulated of a run. Undefined where that is everything, and where photons get lost or are told apart,
 * detectors err, or few states make it not worth the while.
 */
export function restrictionOf(run: Run, setup: Setup, selection: Selection): Restriction | undefined {
  const { input, placements, opticsOf } = setup;
  const { modes, noise } = run.experiment;
  const thresholds = thresholdsOf(run.experiment, run.job.thresholded);
  if (input.kind !== "fock" || thresholds === undefined || selection.clickedModesMin > 0) return undefined;
  if (placements.some(({ component }) => isFeedForward(component))) return undefined;
  const optics = opticsOf(placements, modes);
  if (optics.polarizations !== 1) return undefined;
  const { groups, rows } = noisyInput(optics, input.state, noise);
  if (rows !== modes || groups.length === 0 || !groups.every(isIdeal)) return undefined;
  const columns = idealColumns(groups);
  const photons = columns.length;
  const engine = engineFor(photons * countStates(photons, modes));
  if (engine === undefined || photons < selection.photonsMin) return undefined;
  const bounds = keptBounds({ photons, thresholds, ...selection });
  const blocks = blocksOf(columns, bounds);
  const restricts = blocks.length > 1 || bounds.most.some((most) => most < photons);
  if (!restricts || blocks.reduce((states, block) => states * statesOf(block), 1) > statesMax)
    return undefined;
  return { blocks, thresholds, photons, alwaysDetected: bounds.alwaysDetected, engine };
}

/** The modes in parts that no photon connects. Modes that none reaches are with the first. */
function blocksOf(columns: readonly Float64Array[], { least, most }: KeptBounds): Block[] {
  const modes = most.length;
  const blockOf = Array.from({ length: modes }, (_, mode) => mode);
  const reached = columns.map((column) =>
    blockOf.filter((mode) => Math.hypot(column[2 * mode]!, column[2 * mode + 1]!) > negligible),
  );
  for (const together of reached) {
    const joined = new Set(together.map((mode) => blockOf[mode]!));
    const least = Math.min(...joined);
    for (const [mode, block] of blockOf.entries()) if (joined.has(block)) blockOf[mode] = least;
  }
  const entered = [...new Set(reached.map((together) => blockOf[together[0]!]!))];
  return entered.map((block, index) => {
    const inside = blockOf.flatMap((other, mode) =>
      other === block || (index === 0 && !entered.includes(other)) ? [mode] : [],
    );
    const isExact = (mode: number) => least[mode]! > 0 && least[mode] === most[mode];
    const ordered = [...inside.filter(isExact), ...inside.filter((mode) => !isExact(mode))];
    return {
      modes: ordered,
      bounds: {
        caps: ordered.map((mode) => (blockOf[mode] === block ? most[mode]! : 0)),
        required: ordered.map((mode) => (isExact(mode) ? least[mode]! : 0)),
      },
      columns: columns
        .filter((_, photon) => blockOf[reached[photon]![0]!] === block)
        .map((column) =>
          Float64Array.from(ordered.flatMap((mode) => [column[2 * mode]!, column[2 * mode + 1]!])),
        ),
    };
  });
}

/** How many states a block has. */
export function statesOf({ bounds, columns }: Block): number {
  const left = columns.length - bounds.required.reduce((sum, count) => sum + count, 0);
  const caps = bounds.caps.map((cap, mode) => cap - bounds.required[mode]!);
  return left < 0 ? 0 : partOf({ caps, required: bounds.required }, left).sizes[left]!;
}
