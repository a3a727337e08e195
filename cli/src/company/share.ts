import { InvalidArgumentError } from "commander";

/** @throws {InvalidArgumentError} */
export function share(text: string): number {
  const weight = Number(text);
  if (!(weight >= 0.1 && weight <= 1000))
    throw new InvalidArgumentError("A share is a number from 0.1 to 1000.");
  return weight;
}
