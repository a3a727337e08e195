/**
 * A formula over named parameters. The grammar is ours and small, so that text from a client is never given to
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

export type Operator = "+" | "-" | "*" | "/" | "**";

/** What a formula may call; each is defined for real numbers, and some for complex ones. */
export const functionNames = [
  "sqrt",
  "exp",
  "log",
  "sin",
  "cos",
  "tan",
  "asin",
  "acos",
  "atan",
  "sinh",
  "cosh",
  "tanh",
  "Abs",
  "conjugate",
] as const;
export type FunctionName = (typeof functionNames)[number];

/** Names with a value of their own, unless a parameter bears them. */
export const constants: ReadonlyMap<string, number> = new Map([
  ["pi", Math.PI],
  ["E", Math.E],
]);

/** The names of the parameters that a formula depends on. */
export function namesIn(expression: Expression): Set<string> {
  const names = new Set<string>();
  const visit = (part: Expression): void => {
    if (part.kind === "name") names.add(part.name);
    else if (part.kind === "operation") {
      visit(part.left);
      visit(part.right);
    } else if (part.kind !== "number") visit(part.of);
  };
  visit(expression);
  for (const name of constants.keys()) names.delete(name);
  return names;
}
