import { InvalidArgumentError, Option } from "commander";

/** How much of a list to show. */
export function limitOption(): Option {
  return new Option("--limit <number>", "how many to show at most").argParser(count).default(100);
}

/** @throws {InvalidArgumentError} for anything but a whole number above zero */
export function count(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1)
    throw new InvalidArgumentError("Give a whole number above 0.");
  return number;
}
