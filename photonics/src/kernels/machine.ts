import { createArena, kernelModule } from "./arena.ts";

/** What this machine does at most on one thread, by the instructions that kernels have. */
export interface MachineBounds {
  /** Products and sums of two doubles each, in a second. */
  readonly vectorOperationsPerSecond: number;
  /** Bytes read and written in a second, far beyond what caches hold. */
  readonly streamedBytesPerSecond: number;
}

interface MachineKernels {
  vectorOperations(rounds: number, from: number): number;
  stream(to: number, from: number, bytes: number): void;
}

/** Measures, for about a second. @param seconds the time of the calling thread or process */
export function measureMachine(seconds: () => number): MachineBounds {
  const bytes = 64 * 2 ** 20;
  const arena = createArena(2 * bytes + 1024);
  const { exports } = new WebAssembly.Instance(kernelModule(), { env: { memory: arena.memory } });
  const kernels = exports as unknown as MachineKernels;
  const [to, from] = [arena.allocate(bytes), arena.allocate(bytes)];
  const best = (work: () => void) => {
    let least = Number.POSITIVE_INFINITY;
    for (let i = 0; i < 9; i++) {
      const start = seconds();
      work();
      if (i > 0) least = Math.min(least, seconds() - start);
    }
    return least;
  };
  const rounds = 8_000_000;
  // Ten chains that must not be equal, or a compiler makes them one; a factor and a summand that keep them finite.
  const start = arena.put(
    Float64Array.from({ length: 24 }, (_, i) => (i < 20 ? 1 + i / 100 : i < 22 ? 1 + 1e-10 : 1e-9)),
  );
  for (let i = 0; i < 1000; i++) kernels.vectorOperations(1000, start);
  return {
    vectorOperationsPerSecond: (10 * rounds) / best(() => kernels.vectorOperations(rounds, start)),
    streamedBytesPerSecond: (3 * bytes) / best(() => kernels.stream(to, from, bytes)),
  };
}
