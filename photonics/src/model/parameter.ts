import { evaluateExpression } from "./evaluate-expression.ts";
import type { Expression } from "./expression.ts";
import { Malformed } from "./malformed.ts";
import { parseExpression } from "./parse-expression.ts";

/** A number of a component: known, named, or a formula over named ones. Angles are in radians. */
export type Parameter =
  | { readonly kind: "value"; readonly value: number; readonly name?: string }
  | { readonly kind: "symbol"; readonly name: string }
  | {
      readonly kind: "expression";
      readonly text: string;
      readonly expression: Expression;
      /** Values that came with the formula. */
      readonly values: ReadonlyMap<string, number>;
    };

/** Values given to named parameters; they replace those that a parameter came with. */
export type Assignment = ReadonlyMap<string, number>;

export const none: Assignment = new Map();

/** A known number. */
export function value(number: number): Parameter {
  return { kind: "value", value: number };
}

/** A number to be given later, by its name. */
export function symbol(name: string): Parameter {
  return { kind: "symbol", name };
}

/** A formula such as `2*phi + pi/4`. @throws {Malformed} `expression_*` */
export function formula(text: string, values: Assignment = none): Parameter {
  return { kind: "expression", text, expression: parseExpression(text), values };
}

/**
 * The number that a parameter stands for.
 * @throws {Malformed} `parameter_without_value`, or `number_not_finite` where a formula has no value
 */
export function numberOf(parameter: Parameter, assignment: Assignment): number {
  const number = resolve(parameter, assignment);
  if (!Number.isFinite(number)) {
    throw new Malformed("number_not_finite", `a parameter of value ${number}`, "a finite number");
  }
  return number;
}

function resolve(parameter: Parameter, assignment: Assignment): number {
  switch (parameter.kind) {
    case "value":
      return (parameter.name === undefined ? undefined : assignment.get(parameter.name)) ?? parameter.value;
    case "symbol": {
      const assigned = assignment.get(parameter.name);
      if (assigned === undefined) {
        throw new Malformed(
          "parameter_without_value",
          `the parameter ${parameter.name} without a value`,
          "a value for each parameter",
        );
      }
      return assigned;
    }
    case "expression":
      return evaluateExpression(parameter.expression, new Map([...parameter.values, ...assignment]));
  }
}
