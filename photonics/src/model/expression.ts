import { Malformed, quote } from "./malformed.ts";

/**
 * A real formula over named parameters. The grammar is ours and small, so that text from a client is never given to
 * anything that could execute it:
 *
 *   sum     = product (("+" | "-") product)*
 *   product = sign (("*" | "/") sign)*
 *   sign    = ("+" | "-") sign | power
 *   power   = atom ("**" sign)?
 *   atom    = number | name | function "(" sum ")" | "(" sum ")"
 */
export type Expression =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "negate"; readonly of: Expression }
  | {
      readonly kind: "operation";
      readonly operator: Operator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: "call"; readonly call: FunctionName; readonly of: Expression };

type Operator = "+" | "-" | "*" | "/" | "**";

const functions = {
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
} as const;
type FunctionName = keyof typeof functions;

const constants: Readonly<Record<string, number>> = { pi: Math.PI, E: Math.E };

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
  const tokens = tokenize(text);
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
    const exponent = evaluateExpression(right, new Map());
    if (!(Math.abs(exponent) <= exponentMax)) {
      throw new Malformed(
        "expression_exponent",
        `exponent ${exponent}`,
        `a number of at most ${exponentMax}`,
      );
    }
    return { kind: "operation", operator: "**", left, right };
  }
  function atom(depth: number): Expression {
    const found = tokens[at++];
    if (found === undefined)
      throw new Malformed("expression_syntax", `${quote(text)}, which ends early`, "a formula");
    if (found === "(") return closing(sum(depth + 1));
    if (/^[.\d]/.test(found)) return { kind: "number", value: Number(found) };
    if (!/^[A-Za-z_]/.test(found))
      throw new Malformed(
        "expression_syntax",
        `${quote(found)} in ${quote(text)}`,
        "a number, a name or '('",
      );
    if (take("(")) {
      if (!Object.hasOwn(functions, found)) {
        throw new Malformed(
          "expression_function",
          `the function ${found}`,
          Object.keys(functions).join(", "),
        );
      }
      return closing({ kind: "call", call: found as FunctionName, of: sum(depth + 1) });
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

function tokenize(text: string): string[] {
  const tokens: string[] = [];
  const trimmed = text.trimEnd();
  token.lastIndex = 0;
  while (token.lastIndex < trimmed.length) {
    const at = token.lastIndex;
    const match = token.exec(trimmed);
    if (match === null) {
      throw new Malformed(
        "expression_syntax",
        `${quote(trimmed.slice(at, at + 10))} in ${quote(text)}`,
        "numbers, names, + - * / ** ( )",
      );
    }
    tokens.push(match[1] ?? match[2] ?? match[3]!);
  }
  return tokens;
}

/**
 * The value of a formula.
 * @throws {Malformed} `parameter_without_value` for a name that has none
 */
export function evaluateExpression(expression: Expression, values: ReadonlyMap<string, number>): number {
  switch (expression.kind) {
    case "number":
      return expression.value;
    case "name": {
      const value = values.get(expression.name) ?? constants[expression.name];
      if (value === undefined) {
        throw new Malformed(
          "parameter_without_value",
          `the parameter ${expression.name} without a value`,
          "a value for each parameter",
        );
      }
      return value;
    }
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

/** The names of the parameters that a formula depends on. */
export function namesIn(expression: Expression): Set<string> {
  switch (expression.kind) {
    case "number":
      return new Set();
    case "name":
      return new Set(expression.name in constants ? [] : [expression.name]);
    case "negate":
    case "call":
      return namesIn(expression.of);
    case "operation":
      return new Set([...namesIn(expression.left), ...namesIn(expression.right)]);
  }
}
