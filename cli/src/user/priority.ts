import { InvalidArgumentError } from "commander";

/** @throws {InvalidArgumentError} */
export function priority(text: string): number {
  if (!/^(\d|10)$/.test(text)) throw new InvalidArgumentError("A priority is a whole number from 0 to 10.");
  return Number(text);
}
