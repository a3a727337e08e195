import {
  type Expression,
  namesIn,
  none,
  numberOf,
  type Parameter,
  parseExpression,
  quote,
  value,
} from "../model/index.ts";
import { at, BadPayload } from "./bad-payload.ts";
import type { Message } from "./protobuf-types.ts";
import type { Reading } from "./reading.ts";

const parameterName = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/;

/** The model of a parameter message; one that may be absent has a number for that. @throws {BadPayload} */
export function toParameter(
  message: Message<"Parameter"> | undefined,
  path: string,
  reading: Reading,
  absent?: number,
): Parameter {
  if (message === undefined) {
    if (absent === undefined) throw new BadPayload("parameter_missing", path, "nothing", "a parameter");
    return value(absent);
  }
  const { real_value, symbol, expression, name } = message;
  if (expression !== undefined) return toFormula(message, expression, path, reading);
  if (symbol !== undefined) {
    if (!parameterName.test(symbol))
      throw new BadPayload("parameter_name", path, quote(symbol), "a name of letters, digits and _");
    return { kind: "symbol", name: symbol };
  }
  if (real_value === undefined)
    throw new BadPayload("parameter_missing", path, "neither value, symbol nor expression", "one of them");
  if (name === undefined || name === "") return value(real_value);
  if (parameterName.test(name)) return { kind: "value", value: real_value, name };
  // A formula that had a value when it was written: the client's name for it is its text.
  readFormula(name, path, reading);
  return value(real_value);
}

function toFormula(message: Message<"Parameter">, text: string, path: string, reading: Reading): Parameter {
  const expression = readFormula(text, path, reading);
  requireSameName(message.name, expression, text, path, reading);
  const values = new Map<string, number>();
  for (const [i, inner] of (message.expr_parameters ?? []).entries()) {
    const parameter = toParameter(inner, `${path}.expr_parameters[${i}]`, reading);
    if (parameter.kind === "value" && parameter.name !== undefined)
      values.set(parameter.name, parameter.value);
  }
  const formula: Parameter = { kind: "expression", text, expression, values };
  const known = [...namesIn(expression)].every((name) => values.has(name));
  if (known) at(path, () => numberOf(formula, none));
  return formula;
}

export function readFormula(text: string, path: string, reading: Reading): Expression {
  const expression = at(path, () => parseExpression(text));
  reading.countGrammar(text, () => path, 16);
  return expression;
}

/** Clients of 1.1 read the formula from its name: it must be the same one. */
function requireSameName(
  name: string | undefined,
  expression: Expression,
  text: string,
  path: string,
  reading: Reading,
): void {
  if (name === undefined || name === "" || name === text) return;
  const named = readFormula(name, path, reading);
  if (JSON.stringify(named) !== JSON.stringify(expression))
    throw new BadPayload("expression_name", path, `${quote(name)} for ${quote(text)}`, "the formula itself");
}
