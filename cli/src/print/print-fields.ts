import { styleText } from "node:util";
import { harmless } from "./table.ts";

/** One thing, a line for each of its fields that is there. */
export function fieldsOf(
  fields: readonly (readonly [label: string, text: string | null | undefined])[],
): string {
  const shown = fields.filter((field): field is readonly [string, string] => typeof field[1] === "string");
  const width = Math.max(...shown.map(([label]) => label.length));
  return shown
    .map(([label, text]) => `${styleText("bold", label.padEnd(width))}  ${harmless(text)}`)
    .join("\n");
}

/** Prints one thing: as JSON for programs, as its fields for people. */
export function printFields<Thing extends object>(
  thing: Thing,
  json: boolean,
  fields: (thing: Thing) => readonly (readonly [label: string, text: string | null | undefined])[],
): void {
  process.stdout.write(`${json ? JSON.stringify(thing, null, 2) : fieldsOf(fields(thing))}\n`);
}

/** Prints that something was done: the answer for programs, a sentence for people. */
export function printDone(answer: object, json: boolean, sentence: string): void {
  process.stdout.write(`${json ? JSON.stringify(answer, null, 2) : harmless(sentence)}\n`);
}
