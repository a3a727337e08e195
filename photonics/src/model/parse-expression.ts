import { evaluateExpression } from "./evaluate-expression.ts";
import { type Expression, functionNames, namesIn } from "./expression.ts";
import { Malformed, quote } from "./malformed.ts";
import { scan } from "./scan.ts";

const lengthMax = 1024;
const depthMax = 32;
const exponentMax = 16;
const token =
  /\s*(?:(\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)|([A-Za-z_][A-Za-z0-9_]{0,63})|(\*\*|[-+*/()]))/y;

/** Parses a formula. @throws {Malformed} `expression_*` */
export function parseExpression(text: string): Expression {
  if (text.length > lengthMax) {
    throw new Malformed("expression_too_long", `${text.length} characters`, `at most ${lengthMax}`);
  }
  const tokens = scan(text, token, "expression_syntax", "numbers, names, + - * / ** ( )").map(
    ([, number, name, sign]) => number ?? name ?? sign!,
  );
  let at = 0;
  const take = (wanted: string) => tokens[at] === wanted && ++at > 0;
  const nested = (depth: number) => {
    if (depth > depthMax) throw new Malformed("expression_too_deep", `depth ${depth}`, `at most ${depthMax}`);
    return depth;
  };

  function sum(depth: number): Expression {
    let left = product(nested(depth));
    for (;;) {
      const operator = take("+") ? "+" : take("-") ? "-" : undefined;
      if (operator === undefined) return left;
      left = { kind: "operation", operator, left, right: product(depth) };
    }
  }
  function product(depth: number): Expression {
    let left = sign(depth);
    for (;;) {
      const operator = take("*") ? "*" : take("/") ? "/" : undefined;
      if (operator === undefined) return left;
      left = { kind: "operation", operator, left, right: sign(depth) };
    }
  }
  function sign(depth: number): Expression {
    if (take("-")) return { kind: "negate", of: sign(nested(depth + 1)) };
    if (take("+")) return sign(nested(depth + 1));
    return power(depth);
  }
  function power(depth: number): Expression {
    const left = atom(depth);
    if (!take("**")) return left;
    const right = sign(nested(depth + 1));
    const names = namesIn(right);
    const exponent = names.size > 0 ? Number.NaN : evaluateExpression(right, new Map());
    if (!(Math.abs(exponent) <= exponentMax)) {
      const found = names.size > 0 ? `an exponent that depends on ${[...names][0]}` : `exponent ${exponent}`;
      throw new Malformed("expression_exponent", found, `a number of at most ${exponentMax}`);
    }
    return { kind: "operation", operator: "**", left, right };
  }
  function atom(depth: number): Expression {
    const found = tokens[at++];
    if (found === undefined)
      throw new Malformed("expression_syntax", `${quote(text)}, which ends early`, "a formula");
    if (found === "(") return closing(sum(depth + 1));
    if (/^[.\d]/.test(found)) return { kind: "number", value: finite(found) };
    if (!/^[A-Za-z_]/.test(found))
      throw new Malformed(
        "expression_syntax",
        `${quote(found)} in ${quote(text)}`,
        "a number, a name or '('",
      );
    if (take("(")) {
      const call = functionNames.find((known) => known === found);
      if (call === undefined) {
        throw new Malformed("expression_function", `the function ${found}`, functionNames.join(", "));
      }
      return closing({ kind: "call", call, of: sum(depth + 1) });
    }
    return { kind: "name", name: found };
  }
  function closing(expression: Expression): Expression {
    if (!take(")"))
      throw new Malformed("expression_syntax", `${quote(text)}, which lacks a ')'`, "balanced parentheses");
    return expression;
  }

  const expression = sum(0);
  if (at < tokens.length)
    throw new Malformed("expression_syntax", `${quote(tokens[at]!)} in ${quote(text)}`, "an operator");
  return expression;
}

function finite(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value)) throw new Malformed("number_not_finite", quote(text), "a finite number");
  return value;
}
