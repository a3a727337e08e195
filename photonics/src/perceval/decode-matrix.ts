import {
  type ComplexMatrix,
  type Component,
  evaluateComplex,
  none,
  unitarityDeviation,
} from "../model/index.ts";
import { at, BadPayload } from "./bad-payload.ts";
import { readFormula } from "./decode-parameter.ts";
import type { Message } from "./protobuf-types.ts";
import type { Reading } from "./reading.ts";

const deviationMax = 1e-5;

/** The model of a matrix message, of numbers or of formulas in which `I` is the imaginary unit. @throws {BadPayload} */
export function toMatrix(
  message: Message<"Matrix"> | undefined,
  path: string,
  reading: Reading,
): ComplexMatrix {
  const { rows = 0, cols = 0, numeric, symbolic } = message ?? {};
  if (rows < 1 || cols < 1 || rows * cols > reading.limits.matrixEntries) {
    throw new BadPayload(
      "matrix_size",
      path,
      `${rows} x ${cols}`,
      `1 to ${reading.limits.matrixEntries} entries`,
    );
  }
  const entries = numeric === undefined ? (symbolic?.data ?? []).length : (numeric.data?.length ?? 0) / 2;
  if (entries !== rows * cols)
    throw new BadPayload("matrix_size", path, `${entries} entries`, `${rows} x ${cols}`);
  return { rows, cols, data: numeric?.data?.toArray() ?? symbolicData(symbolic?.data ?? [], path, reading) };
}

function symbolicData(
  entries: readonly Message<"Parameter">[],
  path: string,
  reading: Reading,
): Float64Array {
  const data = new Float64Array(2 * entries.length);
  for (const [i, { expression, real_value }] of entries.entries()) {
    const where = `${path}.symbolic.data[${i}]`;
    if (expression === undefined && real_value === undefined)
      throw new BadPayload("parameter_missing", where, "neither value nor expression", "one of them");
    const { re, im } =
      expression === undefined ? { re: real_value!, im: 0 } : complexOf(expression, where, reading);
    data[2 * i] = re;
    data[2 * i + 1] = im;
  }
  return data;
}

function complexOf(text: string, path: string, reading: Reading) {
  const value = at(path, () => evaluateComplex(readFormula(text, path, reading), none));
  if (!Number.isFinite(value.re) || !Number.isFinite(value.im))
    throw new BadPayload("number_not_finite", path, `${value.re} + ${value.im}i`, "a finite number");
  return value;
}

export function toUnitary(message: Message<"Unitary">, path: string, reading: Reading): Component {
  const where = `${path}.mat`;
  const matrix = toMatrix(message.mat, where, reading);
  const polarized = message.use_polarization ?? false;
  const { rows, cols } = matrix;
  if (rows !== cols || rows > reading.limits.modes * (polarized ? 2 : 1))
    throw new BadPayload(
      "matrix_size",
      where,
      `${rows} x ${cols}`,
      "as many columns as rows, one for each mode",
    );
  if (polarized && rows % 2 !== 0) {
    throw new BadPayload(
      "matrix_size",
      where,
      `${rows} rows`,
      "two for each mode, one for each polarization",
    );
  }
  const deviation = unitarityDeviation(matrix);
  if (!(deviation <= deviationMax)) {
    throw new BadPayload(
      "matrix_not_unitary",
      where,
      `U†U off by ${deviation.toPrecision(3)}`,
      `at most ${deviationMax}`,
    );
  }
  return { kind: "unitary", matrix, name: message.name ?? "", polarized };
}
