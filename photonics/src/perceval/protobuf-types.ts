import type { Complexes } from "./complexes.ts";
import type { Field, FieldType, MessageName, messages } from "./protobuf-schema.ts";

interface Incoming {
  readonly complexes: Complexes;
}
interface Outgoing {
  readonly complexes: Float64Array;
}

type ValueOfType<T extends FieldType, D extends Incoming | Outgoing> = T extends "double" | "float" | "int32"
  ? number
  : T extends "bool"
    ? boolean
    : T extends "string"
      ? string
      : T extends "complexes"
        ? D["complexes"]
        : T extends MessageName
          ? MessageOf<T, D>
          : never;

type ValueOfField<F extends Field, D extends Incoming | Outgoing> = F extends { mapFrom: "int32" }
  ? ReadonlyMap<number, ValueOfType<F["type"], D>>
  : F extends { mapFrom: "string" }
    ? ReadonlyMap<string, ValueOfType<F["type"], D>>
    : F extends { repeated: true }
      ? readonly ValueOfType<F["type"], D>[]
      : ValueOfType<F["type"], D>;

type MessageOf<Name extends MessageName, D extends Incoming | Outgoing> = {
  readonly [K in keyof (typeof messages)[Name]]?: (typeof messages)[Name][K] extends Field
    ? ValueOfField<(typeof messages)[Name][K], D> | undefined
    : never;
};

/** A decoded message: the fields that were present. */
export type Message<Name extends MessageName> = MessageOf<Name, Incoming>;

/** A message to be encoded: the fields that shall be present. */
export type OutgoingMessage<Name extends MessageName> = MessageOf<Name, Outgoing>;
