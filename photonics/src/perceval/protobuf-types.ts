import type { Complexes } from "./protobuf-decode.ts";
import type { Field, FieldType, MessageName, messages } from "./protobuf-schema.ts";

type ValueOfType<T extends FieldType> = T extends "double" | "float" | "int32"
  ? number
  : T extends "bool"
    ? boolean
    : T extends "string"
      ? string
      : T extends "complexes"
        ? Complexes
        : T extends MessageName
          ? Message<T>
          : never;

type ValueOfField<F extends Field> = F extends { mapFrom: "int32" }
  ? Map<number, ValueOfType<F["type"]>>
  : F extends { mapFrom: "string" }
    ? Map<string, ValueOfType<F["type"]>>
    : F extends { repeated: true }
      ? ValueOfType<F["type"]>[]
      : ValueOfType<F["type"]>;

/** A decoded message: the fields that were present. */
export type Message<Name extends MessageName> = {
  [K in keyof (typeof messages)[Name]]?: (typeof messages)[Name][K] extends Field
    ? ValueOfField<(typeof messages)[Name][K]> | undefined
    : never;
};
