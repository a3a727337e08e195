import { InvalidArgumentError, Option } from "commander";
import { seconds } from "../print/moment.ts";

/** How long something lives: seconds, or with a unit as in `12h`. */
export function durationOption(description: string): Option {
  return new Option("--duration <time>", description).argParser(wholeSeconds);
}

/** @throws {InvalidArgumentError} */
export function wholeSeconds(text: string): number {
  try {
    return Math.round(seconds(text));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new InvalidArgumentError(error.message);
  }
}
