import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { evaluateComplex, evaluateExpression, namesIn, parseExpression } from "./index.ts";

const values = new Map([
  ["a", 2],
  ["b", 3],
]);

describe("a formula", () => {
  test.each([
    ["a - b - 1", -2],
    ["a / b / 2", 2 / 3 / 2],
    ["-a**2", -4],
    ["2**-a", undefined],
    ["2**3**2", 512],
    ["(a + b)*2", 10],
    ["- -a", 2],
    ["+a", 2],
    ["1.5e1 + .5", 15.5],
    ["sqrt(a*2) + Abs(-b)", 5],
    ["cos(pi)", -1],
    ["log(E)", 1],
    ["atan(1)*4", Math.PI],
  ])("%s is %d", (text, value) => {
    if (value === undefined) expect(() => parseExpression(text)).toThrow(/exponent/);
    else expect(evaluateExpression(parseExpression(text), values)).toBeCloseTo(value, 12);
  });

  test("depends on the names in it, constants apart", () => {
    expect(namesIn(parseExpression("2*a + sin(b)*pi - a"))).toEqual(new Set(["a", "b"]));
  });

  test("of numbers and the four operations is what a calculator says", () => {
    const sums = fc.letrec<{ any: string }>((tie) => ({
      any: fc.oneof(
        { depthSize: "small" },
        fc.integer({ min: 1, max: 99 }).map(String),
        fc
          .tuple(tie("any"), fc.constantFrom("+", "-", "*"), tie("any"))
          .map(([l, o, r]) => `(${l} ${o} ${r})`),
        fc.tuple(tie("any"), fc.constantFrom("+", "-", "*"), tie("any")).map(([l, o, r]) => `${l}${o}${r}`),
      ),
    })).any;
    fc.assert(
      fc.property(sums, (text) => {
        // Generated here from digits, operators and parentheses alone.
        const calculated: number = new Function(`return ${text}`)();
        expect(evaluateExpression(parseExpression(text), new Map())).toBeCloseTo(calculated, 6);
      }),
    );
  });
});

describe("a formula with the imaginary unit", () => {
  test.each([
    ["I*I", -1, 0],
    ["sqrt(2)/2*I", 0, Math.SQRT1_2],
    ["exp(I*pi/2)", 0, 1],
    ["1/I", 0, -1],
    ["sqrt(-4)", 0, 2],
    ["(1 + I)**2", 0, 2],
    ["(1 + I)**-2", 0, -0.5],
    ["I**0.5", Math.SQRT1_2, Math.SQRT1_2],
    ["conjugate(2 - I)", 2, 1],
    ["Abs(3 + 4*I)", 5, 0],
    ["cos(I)", Math.cosh(1), 0],
    ["sin(I)", 0, Math.sinh(1)],
    ["log(-1)", 0, Math.PI],
    ["-(2 + I)", -2, -1],
  ])("%s is %d + %d i", (text, re, im) => {
    const value = evaluateComplex(parseExpression(text), new Map());
    expect(value.re).toBeCloseTo(re, 12);
    expect(value.im).toBeCloseTo(im, 12);
  });

  test("that stays real is the real one", () => {
    for (const text of ["a*b - 2**a", "exp(-a)*sqrt(b)"].map((each) => each.replace("2**a", "2**2"))) {
      const real = evaluateExpression(parseExpression(text), values);
      expect(evaluateComplex(parseExpression(text), values)).toEqual({ re: real, im: 0 });
    }
  });
});
