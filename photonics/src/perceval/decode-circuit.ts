import {
  type Circuit,
  type Component,
  chosenModes,
  isFeedForward,
  modesOf,
  type Placed,
} from "../model/index.ts";
import { BadPayload } from "./bad-payload.ts";
import { toComponent } from "./decode-component.ts";
import type { Message } from "./protobuf-types.ts";
import type { Reading } from "./reading.ts";

/** The model of a circuit message. @throws {BadPayload} */
export function toCircuit(message: Message<"Circuit">, path: string, reading: Reading): Circuit {
  const modes = toModes(message.n_mode, path, reading);
  return {
    kind: "circuit",
    name: message.name ?? "",
    modes,
    components: toComponents(message.components, modes, path, reading),
  };
}

export function toModes(modes: number | undefined, path: string, reading: Reading): number {
  if (modes === undefined || modes < 1 || modes > reading.limits.modes) {
    throw new BadPayload("modes", `${path}.n_mode`, String(modes ?? "none"), `1 to ${reading.limits.modes}`);
  }
  return modes;
}

export function toComponents(
  messages: readonly Message<"Component">[] | undefined,
  modes: number,
  path: string,
  reading: Reading,
): Placed[] {
  return (messages ?? []).map((message, i) => {
    const where = `${path}.components[${i}]`;
    const mode = message.starting_mode ?? 0;
    const component = toComponent(message, where, reading);
    const size = modesOf(component);
    if (mode < 0 || mode + size > modes) {
      throw new BadPayload(
        "component_outside",
        where,
        `modes ${mode} to ${mode + size - 1}`,
        `modes 0 to ${modes - 1}`,
      );
    }
    requireChosenInside(component, mode, modes, where);
    return { mode, component };
  });
}

/** What feed-forward chooses stands below the measured modes, or above them for a negative offset. */
function requireChosenInside(component: Component, mode: number, modes: number, path: string): void {
  if (!isFeedForward(component)) return;
  const { first, size } = chosenModes(component, mode);
  if (first < 0 || first + size > modes) {
    throw new BadPayload(
      "feed_forward_outside",
      path,
      `chosen circuits on modes ${first} to ${first + size - 1}`,
      `modes 0 to ${modes - 1}`,
    );
  }
}
