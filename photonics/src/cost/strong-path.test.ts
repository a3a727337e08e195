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
    expect(drawsAreFaster(5e6, 1e4, 50)).toBe(true);
    expect(drawsAreFaster(5e6, 1e9, 50)).toBe(false);
    expect(drawsAreFaster(5e6, 1e4, 1e6)).toBe(false);
  });

  test("is not chosen where all probabilities take no time, since performances are exact then", () => {
    expect(drawsAreFaster(1e4, 1, 1)).toBe(false);
  });
});
