import { type Circuit, identity, type PhotonicJob, type SimulationResult } from "../model/index.ts";

export class SimulationError extends Error {
  override readonly name = "SimulationError";
}

export async function simulate(
  job: PhotonicJob,
  _options: {
    signal?: { readonly aborted: boolean };
    onProgress?: (progress: number, phase: string) => void;
  },
): Promise<SimulationResult> {
  const { circuit, input } = job;
  if (input.length !== circuit.modes)
    throw new SimulationError(`The input has ${input.length} modes and the circuit ${circuit.modes}.`);
  const u = identity(circuit.modes).data;
  apply(circuit, 0, u, circuit.modes);
  const m = circuit.modes;
  let layer = new Map<string, [number, number, number[]]>([
    [Array(m).fill(0).join(), [1, 0, Array(m).fill(0)]],
  ]);
  for (const mode of input.flatMap((count, index) => Array<number>(count).fill(index))) {
    const next = new Map<string, [number, number, number[]]>();
    for (const [re, im, state] of layer.values()) {
      for (let out = 0; out < m; out++) {
        const grown = state.with(out, state[out]! + 1);
        const [ur, ui] = [u[2 * (out * m + mode)]!, u[2 * (out * m + mode) + 1]!];
        const entry = next.get(grown.join()) ?? [0, 0, grown];
        entry[0] += re * ur - im * ui;
        entry[1] += re * ui + im * ur;
        next.set(grown.join(), entry);
      }
    }
    layer = next;
  }
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
  const norm = input.reduce((product, count) => product * factorial(count), 1);
  const results = new Map<string, number>();
  for (const [re, im, state] of layer.values()) {
    const p = ((re * re + im * im) * state.reduce((product, count) => product * factorial(count), 1)) / norm;
    if (p > 1e-16) results.set(`|${state.join()}>`, p);
  }
  return { results, physicalPerf: 1, logicalPerf: 1, globalPerf: 1 };
}

function apply(circuit: Circuit, offset: number, u: Float64Array, m: number): void {
  for (const { mode, component } of circuit.components) {
    const at = offset + mode;
    if (component.kind === "circuit") apply(component, at, u, m);
    else if (component.kind === "beam-splitter") {
      const [tl, bl, tr, br] = component.phases;
      const [c, s] = [Math.cos(component.theta / 2), Math.sin(component.theta / 2)];
      const e = (x: number) => [Math.cos(x), Math.sin(x)] as const;
      const [a, b, d, f] = [e(tl + tr), e(tr + bl), e(tl + br), e(bl + br)];
      for (let col = 0; col < m; col++) {
        const [i, j] = [2 * (at * m + col), 2 * ((at + 1) * m + col)];
        const [xr, xi, yr, yi] = [u[i]!, u[i + 1]!, u[j]!, u[j + 1]!];
        u[i] = c * (a[0] * xr - a[1] * xi) + s * -(b[0] * yi + b[1] * yr);
        u[i + 1] = c * (a[0] * xi + a[1] * xr) + s * (b[0] * yr - b[1] * yi);
        u[j] = s * -(d[0] * xi + d[1] * xr) + c * (f[0] * yr - f[1] * yi);
        u[j + 1] = s * (d[0] * xr - d[1] * xi) + c * (f[0] * yi + f[1] * yr);
      }
    }
  }
}
