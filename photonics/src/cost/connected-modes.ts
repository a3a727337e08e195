import type { Circuit, ComplexMatrix, Component, Placed } from "../model/index.ts";

/** Which modes light may pass between; modes of one block have the same number. */
export interface ConnectedModes {
  /** The block of each mode where light enters, and where it leaves. */
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

/** Light's ways through a circuit, joined where a component mixes them, whatever its parameters are. */
interface Ways {
  /** The way that is at each mode. */
  readonly at: number[];
  join(a: number, b: number): void;
  find(way: number): number;
}

/**
 * The blocks that a circuit falls into, by what its components connect: never more than its unitary has. Time grows with
 * components, and with the square of a matrix's modes.
 */
export function connectedModes({ modes, components }: Pick<Circuit, "modes" | "components">): ConnectedModes {
  const parents = Array.from({ length: modes }, (_, mode) => mode);
  const find = (way: number): number => {
    let root = way;
    while (parents[root] !== root) root = parents[root] = parents[parents[root]!]!;
    return root;
  };
  const join = (a: number, b: number) => {
    parents[find(a)] = find(b);
  };
  const ways = { at: [...parents], join, find };
  follow(components, 0, ways);
  return { inputs: parents.map((_, mode) => find(mode)), outputs: ways.at.map(find) };
}

function follow(components: readonly Placed[], offset: number, ways: Ways): void {
  for (const { mode, component } of components) pass(component, offset + mode, ways);
}

function pass(component: Component, first: number, ways: Ways): void {
  const { at, join } = ways;
  if (component.kind === "circuit") follow(component.components, first, ways);
  else if (component.kind === "beam-splitter" || component.kind === "polarized-beam-splitter")
    join(at[first]!, at[first + 1]!);
  else if (component.kind === "permutation") {
    const before = at.slice(first, first + component.permutation.length);
    for (const [i, to] of component.permutation.entries()) at[first + to] = before[i]!;
  } else if (component.kind === "unitary") {
    const scale = component.polarized ? 2 : 1;
    mix(component.matrix, scale, first, ways);
  }
}

/** Each row of a matrix gets light by the columns that are not zero there. */
function mix({ rows, cols, data }: ComplexMatrix, scale: number, first: number, { at, join }: Ways): void {
  const before = at.slice(first, first + cols / scale);
  const reached = new Array<number | undefined>(rows / scale).fill(undefined);
  for (let row = 0; row < rows; row++) {
    const to = Math.floor(row / scale);
    for (let col = 0; col < cols; col++) {
      const i = 2 * (row * cols + col);
      if (data[i] === 0 && data[i + 1] === 0) continue;
      const way = before[Math.floor(col / scale)]!;
      if (reached[to] === undefined) reached[to] = way;
      else join(reached[to], way);
    }
  }
  for (const [to, way] of reached.entries()) if (way !== undefined) at[first + to] = way;
}
