import { Malformed, quote } from "./malformed.ts";
import { scan } from "./scan.ts";
import { modesMax } from "./state.ts";

const comparisons = ["==", ">=", "<=", ">", "<"] as const;
type Comparison = (typeof comparisons)[number];

/**
 * A condition on the photon counts of an output state: the photons in some modes together, compared with a number,
 * and conditions joined by `&`, `|`, `^` (any number of one kind in a group) or negated by `!`.
 */
export type PostSelection =
  | {
      readonly kind: "count";
      readonly modes: readonly number[];
      readonly comparison: Comparison;
      readonly photons: number;
    }
  | { readonly kind: "and" | "or" | "xor"; readonly of: readonly PostSelection[] }
  | { readonly kind: "not"; readonly of: PostSelection };

type Token =
  | { readonly kind: "count"; readonly condition: PostSelection }
  | { readonly kind: "join"; readonly join: "and" | "or" | "xor" }
  | { readonly kind: "not" | "(" | ")" };

const lengthMax = 16_384;
const depthMax = 32;
const token =
  /\s*(?:\[\s*(\d+(?:\s*,\s*\d+)*)\s*\]\s*(==|>=|<=|>|<)\s*(\d{1,9})(?!\d)|([()])|(and\b|&)|(or\b|\|)|(xor\b|\^)|(not\b|!))/iy;

/** Reads `[0,1]==1 & ([2]>0 | ![3]<2)`; undefined for a text that is blank. @throws {Malformed} `postselect_*` */
export function parsePostSelection(text: string): PostSelection | undefined {
  if (text.length > lengthMax)
    throw new Malformed("postselect_too_long", `${text.length} characters`, `at most ${lengthMax}`);
  const tokens = tokenize(text);
  if (tokens.length === 0) return undefined;
  let at = 0;

  function group(depth: number): PostSelection {
    if (depth > depthMax) throw new Malformed("postselect_too_deep", `depth ${depth}`, `at most ${depthMax}`);
    const of = [unit(depth)];
    let joined: "and" | "or" | "xor" | undefined;
    for (let next = tokens[at]; next?.kind === "join"; next = tokens[at]) {
      if (joined !== undefined && joined !== next.join) {
        throw new Malformed(
          "postselect_mixed",
          `${joined} and ${next.join} without parentheses in ${quote(text)}`,
          "one kind in a group",
        );
      }
      joined = next.join;
      at += 1;
      of.push(unit(depth));
    }
    return joined === undefined ? of[0]! : { kind: joined, of };
  }
  function unit(depth: number): PostSelection {
    const next = tokens[at++];
    if (next?.kind === "count") return next.condition;
    if (next?.kind === "not") {
      if (depth >= depthMax)
        throw new Malformed("postselect_too_deep", `depth ${depth + 1}`, `at most ${depthMax}`);
      return { kind: "not", of: unit(depth + 1) };
    }
    if (next?.kind !== "(")
      throw new Malformed("postselect_syntax", quote(text), "a condition such as [0,1]==1");
    const inner = group(depth + 1);
    if (tokens[at++]?.kind !== ")")
      throw new Malformed("postselect_syntax", `${quote(text)}, which lacks a ')'`, "balanced parentheses");
    return inner;
  }

  const condition = group(0);
  if (at < tokens.length)
    throw new Malformed("postselect_syntax", quote(text), "an operator between conditions");
  return condition;
}

function tokenize(text: string): Token[] {
  return scan(text, token, "postselect_syntax", "conditions, & | ^ ! and parentheses").map(
    ([, modes, comparison, photons, parenthesis, and, or, xor]): Token => {
      if (modes !== undefined)
        return { kind: "count", condition: count(modes, comparison as Comparison, Number(photons)) };
      if (parenthesis !== undefined) return { kind: parenthesis as "(" | ")" };
      if (and !== undefined) return { kind: "join", join: "and" };
      if (or !== undefined) return { kind: "join", join: "or" };
      return xor !== undefined ? { kind: "join", join: "xor" } : { kind: "not" };
    },
  );
}

function count(list: string, comparison: Comparison, photons: number): PostSelection {
  const modes = [...new Set(list.split(",").map(Number))].sort((a, b) => a - b);
  const largest = modes.at(-1)!;
  if (largest >= modesMax)
    throw new Malformed("postselect_mode", `mode ${largest}`, `modes below ${modesMax}`);
  return { kind: "count", modes, comparison, photons };
}

/** Whether a state fulfils a condition. Modes that the state does not have count as empty. */
export function fulfils(condition: PostSelection, state: ArrayLike<number>): boolean {
  switch (condition.kind) {
    case "count": {
      let photons = 0;
      for (const mode of condition.modes) photons += state[mode] ?? 0;
      return compare(photons, condition.comparison, condition.photons);
    }
    case "and":
      return condition.of.every((part) => fulfils(part, state));
    case "or":
      return condition.of.some((part) => fulfils(part, state));
    case "xor":
      return condition.of.filter((part) => fulfils(part, state)).length % 2 === 1;
    case "not":
      return !fulfils(condition.of, state);
  }
}

function compare(a: number, comparison: Comparison, b: number): boolean {
  switch (comparison) {
    case "==":
      return a === b;
    case ">=":
      return a >= b;
    case "<=":
      return a <= b;
    case ">":
      return a > b;
    case "<":
      return a < b;
  }
}

/** The largest mode that a condition speaks of. */
export function largestModeIn(condition: PostSelection): number {
  if (condition.kind === "count") return Math.max(...condition.modes);
  if (condition.kind === "not") return largestModeIn(condition.of);
  return Math.max(...condition.of.map(largestModeIn));
}

const signs = { and: " & ", or: " | ", xor: " ^ " } as const;

/** Writes a condition so that it reads back as the same one. */
export function printPostSelection(condition: PostSelection): string {
  switch (condition.kind) {
    case "count":
      return `[${condition.modes.join(",")}]${condition.comparison}${condition.photons}`;
    case "not":
      return `!${inParentheses(condition.of)}`;
    default:
      return condition.of.map(inParentheses).join(signs[condition.kind]);
  }
}

function inParentheses(condition: PostSelection): string {
  const text = printPostSelection(condition);
  return condition.kind === "count" || condition.kind === "not" ? text : `(${text})`;
}
