import { constants, type Expression, type FunctionName } from "./expression.ts";
import { Malformed } from "./malformed.ts";

const functions: Readonly<Record<FunctionName, (x: number) => number>> = {
  sqrt: Math.sqrt,
  exp: Math.exp,
  log: Math.log,
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  asin: Math.asin,
  acos: Math.acos,
  atan: Math.atan,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  Abs: Math.abs,
  conjugate: (x) => x,
};

/**
 * The value of a formula over real numbers; it may be infinite or not a number, such as that of 1/0.
 * @throws {Malformed} `parameter_without_value` for a name that has none
 */
export function evaluateExpression(expression: Expression, values: ReadonlyMap<string, number>): number {
  switch (expression.kind) {
    case "number":
      return expression.value;
    case "name":
      return valueOfName(expression.name, values);
    case "negate":
      return -evaluateExpression(expression.of, values);
    case "call":
      return functions[expression.call](evaluateExpression(expression.of, values));
    case "operation": {
      const left = evaluateExpression(expression.left, values);
      const right = evaluateExpression(expression.right, values);
      if (expression.operator === "+") return left + right;
      if (expression.operator === "-") return left - right;
      if (expression.operator === "*") return left * right;
      return expression.operator === "/" ? left / right : left ** right;
    }
  }
}

function valueOfName(name: string, values: ReadonlyMap<string, number>): number {
  const value = values.get(name) ?? constants.get(name);
  if (value === undefined) {
    throw new Malformed(
      "parameter_without_value",
      `the parameter ${name} without a value`,
      "a value for each parameter",
    );
  }
  return value;
}

export interface Complex {
  readonly re: number;
  readonly im: number;
}

/** The value of a formula in which `I` is the imaginary unit. @throws {Malformed} as the real one, and `expression_complex` */
export function evaluateComplex(expression: Expression, values: ReadonlyMap<string, number>): Complex {
  switch (expression.kind) {
    case "number":
      return { re: expression.value, im: 0 };
    case "name":
      if (expression.name === "I" && !values.has("I")) return { re: 0, im: 1 };
      return { re: valueOfName(expression.name, values), im: 0 };
    case "negate": {
      const { re, im } = evaluateComplex(expression.of, values);
      return { re: -re, im: -im };
    }
    case "call":
      return callComplex(expression.call, evaluateComplex(expression.of, values));
    case "operation": {
      const left = evaluateComplex(expression.left, values);
      const right = evaluateComplex(expression.right, values);
      if (expression.operator === "+") return { re: left.re + right.re, im: left.im + right.im };
      if (expression.operator === "-") return { re: left.re - right.re, im: left.im - right.im };
      if (expression.operator === "*") return times(left, right);
      return expression.operator === "/" ? times(left, inverse(right)) : power(left, right);
    }
  }
}

function callComplex(call: FunctionName, of: Complex): Complex {
  const { re, im } = of;
  switch (call) {
    case "exp":
      return polar(Math.exp(re), im);
    case "sqrt":
      return polar(Math.sqrt(Math.hypot(re, im)), angleOf(of) / 2);
    case "log":
      return { re: Math.log(Math.hypot(re, im)), im: angleOf(of) };
    case "sin":
      return { re: Math.sin(re) * Math.cosh(im), im: Math.cos(re) * Math.sinh(im) };
    case "cos":
      return { re: Math.cos(re) * Math.cosh(im), im: -Math.sin(re) * Math.sinh(im) };
    case "Abs":
      return { re: Math.hypot(re, im), im: 0 };
    case "conjugate":
      return { re, im: -im };
    default:
      if (im !== 0) throw new Malformed("expression_complex", `${call} of a complex number`, "a real one");
      return { re: functions[call](re), im: 0 };
  }
}

/** An angle; a zero imaginary part counts as positive, whatever its sign. */
function angleOf({ re, im }: Complex): number {
  return Math.atan2(im + 0, re);
}

function polar(length: number, angle: number): Complex {
  // Exact on the axes that matter: a real square root or exponential stays real.
  return angle === 0 ? { re: length, im: 0 } : { re: length * Math.cos(angle), im: length * Math.sin(angle) };
}

function times(a: Complex, b: Complex): Complex {
  return { re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re };
}

function inverse({ re, im }: Complex): Complex {
  const square = re * re + im * im;
  return { re: re / square, im: -im / square };
}

function power(base: Complex, exponent: Complex): Complex {
  if (exponent.im !== 0) {
    throw new Malformed("expression_complex", "a complex exponent", "a real one");
  }
  if (base.im === 0 && (base.re >= 0 || Number.isInteger(exponent.re))) {
    return { re: base.re ** exponent.re, im: 0 };
  }
  if (Number.isInteger(exponent.re)) {
    let result: Complex = { re: 1, im: 0 };
    for (let k = 0; k < Math.abs(exponent.re); k++) result = times(result, base);
    return exponent.re < 0 ? inverse(result) : result;
  }
  const angle = angleOf(base) * exponent.re;
  return polar(Math.hypot(base.re, base.im) ** exponent.re, angle);
}
