import { type Expression, evaluateExpression } from "./expression.ts";
import { Malformed } from "./malformed.ts";

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

export function value(number: number): Parameter {
  return { kind: "value", value: number };
}

/** The number that a parameter stands for. @throws {Malformed} `parameter_without_value` */
export function numberOf(parameter: Parameter, assignment: Assignment): number {
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
