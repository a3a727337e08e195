import { describe, expect, test } from "vitest";
import { drawsAreFaster, fasterPath, PATH_SPEEDS } from "./index.ts";

describe("the path of a simulation", () => {
  test("is that without tables for few products, and compiled kernels for many", () => {
    expect(fasterPath(100)).toBe("layers");
    expect(fasterPath(1e7)).toBe("wasm");
  });

  test("changes where both take the same time", () => {
    const speeds = {
      wasm: { secondsPerStep: 1, secondsToStart: 10 },
      plain: { secondsPerStep: 9, secondsToStart: 10 },
      layers: { secondsPerStep: 3, secondsToStart: 0 },
    };
    expect(fasterPath(4, speeds)).toBe("layers");
    expect(fasterPath(6, speeds)).toBe("wasm");
    expect(Object.keys(PATH_SPEEDS).sort()).toEqual(Object.keys(speeds).sort());
  });
});

describe("drawing events one by one", () => {
  test("is chosen where few events are wanted of an output that takes long", () => {
    const few = { states: 5e6, isNoisy: true, sources: 8, modes: 20, shots: 1e4, events: 2e4, subsets: 50 };
    expect(drawsAreFaster(few)).toBe(true);
    expect(drawsAreFaster({ ...few, shots: 1e9 })).toBe(false);
    expect(drawsAreFaster({ ...few, events: 1e9 })).toBe(false);
    expect(drawsAreFaster({ ...few, subsets: 1e6 })).toBe(false);
    expect(drawsAreFaster({ ...few, isNoisy: false })).toBe(false);
    expect(drawsAreFaster({ ...few, isNoisy: false, states: 7e6 })).toBe(true);
  });

  test("is not chosen where all probabilities take no time, since performances are exact then", () => {
    expect(
      drawsAreFaster({ states: 1e4, isNoisy: true, sources: 1, modes: 2, shots: 1, events: 1, subsets: 1 }),
    ).toBe(false);
  });
});
