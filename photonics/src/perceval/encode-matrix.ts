import type { ComplexMatrix } from "../model/index.ts";
import type { OutgoingMessage } from "./protobuf-types.ts";

export function fromMatrix({ rows, cols, data }: ComplexMatrix): OutgoingMessage<"Matrix"> {
  return { rows, cols, numeric: { data } };
}
