import { namesIn, type Parameter } from "../model/index.ts";
import type { OutgoingMessage } from "./protobuf-types.ts";

export function fromParameter(parameter: Parameter): OutgoingMessage<"Parameter"> {
  switch (parameter.kind) {
    case "value":
      return { real_value: parameter.value, name: parameter.name };
    case "symbol":
      return { symbol: parameter.name, name: parameter.name };
    case "expression": {
      const { text, expression, values } = parameter;
      const names = new Set([...namesIn(expression), ...values.keys()]);
      // Clients of 1.1 read the formula from the name, older ones from the expression.
      return {
        expression: text,
        name: text,
        expr_parameters: [...names].sort().map((name) => {
          const value = values.get(name);
          return value === undefined ? { symbol: name, name } : { real_value: value, name };
        }),
      };
    }
  }
}
