import { afterAll, describe, expect, test } from "vitest";
import { permanent } from "../../src/kernels/permanent.ts";
import { createTeam } from "../../src/kernels/team.ts";
import { createRandom } from "../../src/simulation/random.ts";
import { StoppedError } from "../../src/simulation/watch.ts";
import { permanentByDefinition, randomColumn } from "./cases.ts";

function randomMatrix(rows: number, cols: number, seed = 1) {
  return {
    rows,
    cols,
    data: randomColumn(rows * cols, createRandom(seed)).map((x) => x * Math.sqrt(rows * cols)),
  };
}

const repeated = (counts: readonly number[]) =>
  counts.flatMap((count, i) => new Array<number>(count).fill(i));

describe.each(["wasm", "plain"] as const)("permanents by %s kernels", (engine) => {
  test.each([0, 1, 2, 3, 4, 5, 6, 7, 8])("equal the definition for %i rows and columns", (n) => {
    const matrix = randomMatrix(n, n, n);
    const [re, im] = permanentByDefinition(n, (row, column) => {
      const at = 2 * (row * n + column);
      return [matrix.data[at]!, matrix.data[at + 1]!];
    });
    const value = permanent(matrix, undefined, undefined, { engine });
    const scale = Math.max(1, Math.hypot(re, im));
    expect(value.re / scale).toBeCloseTo(re / scale, 12);
    expect(value.im / scale).toBeCloseTo(im / scale, 12);
  });

  test.each([
    [[2], [1, 1]],
    [[3], [3]],
    [
      [2, 0, 1, 1],
      [1, 3],
    ],
    [
      [2, 2],
      [2, 2],
    ],
    [
      [4, 2],
      [3, 1, 1, 1],
    ],
    [
      [2, 1, 1, 1, 1],
      [2, 2, 2],
    ],
    [
      [1, 1, 1, 1, 2],
      [0, 5, 1],
    ],
  ])("equal the definition with rows %j and columns %j repeated", (rowCounts, columnCounts) => {
    const matrix = randomMatrix(rowCounts.length, columnCounts.length, 5);
    const rows = repeated(rowCounts);
    const columns = repeated(columnCounts);
    const [re, im] = permanentByDefinition(rows.length, (row, column) => {
      const at = 2 * (rows[row]! * matrix.cols + columns[column]!);
      return [matrix.data[at]!, matrix.data[at + 1]!];
    });
    const value = permanent(matrix, rowCounts, columnCounts, { engine });
    const scale = Math.max(1, Math.hypot(re, im));
    expect(value.re / scale).toBeCloseTo(re / scale, 12);
    expect(value.im / scale).toBeCloseTo(im / scale, 12);
  });
});

describe("permanents", () => {
  const teams = [1, 7].map((helpers) => createTeam(helpers));
  afterAll(() => Promise.all(teams.map((team) => team.close())));
  const large = randomMatrix(20, 20, 7);

  test("have the same bits with compiled and plain kernels", () => {
    for (const n of [4, 9, 12]) {
      const matrix = randomMatrix(n, n, n);
      expect(permanent(matrix, undefined, undefined, { engine: "plain" })).toEqual(permanent(matrix));
    }
    const matrix = randomMatrix(4, 3, 2);
    const [rows, columns] = [
      [3, 2, 1, 2],
      [4, 3, 1],
    ];
    expect(permanent(matrix, rows, columns, { engine: "plain" })).toEqual(permanent(matrix, rows, columns));
  });

  test("have the same bits on 1, 2 and 8 threads", () => {
    const alone = permanent(large);
    for (const team of teams) expect(permanent(large, undefined, undefined, { team })).toEqual(alone);
  });

  test("stop on request", () => {
    const watch = { signal: { aborted: true } };
    expect(() => permanent(large, undefined, undefined, { watch })).toThrow(StoppedError);
  });

  test("do not change when rows change places, and grow with a row", () => {
    const n = 10;
    const matrix = randomMatrix(n, n, 3);
    const value = permanent(matrix);
    const swapped = matrix.data.slice();
    swapped.copyWithin(0, 2 * n, 4 * n);
    swapped.set(matrix.data.subarray(0, 2 * n), 2 * n);
    const other = permanent({ ...matrix, data: swapped });
    expect(other.re / value.re).toBeCloseTo(1, 10);
    const scaled = matrix.data.map((x, i) => (i < 2 * n ? 3 * x : x));
    expect(permanent({ ...matrix, data: scaled }).im / value.im).toBeCloseTo(3, 10);
  });

  test("need as many rows as columns", () => {
    expect(() => permanent(randomMatrix(2, 2), [1, 1], [2, 1])).toThrow("2 rows and 3 columns");
  });
});
