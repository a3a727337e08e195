import { stateTexts } from "../kernels/index.ts";
import type { StateTable } from "../model/index.ts";
import { drawingEngine, teamFor } from "./kernel-path.ts";

/** A state's text takes about as long as so many products of amplitudes. */
const stepsPerState = 15;

/** Of each table the text `|1,0>=0.5;|0,1>=0.5`, by kernels. */
export function writeTables(tables: readonly StateTable[]): string[] {
  const states = tables.reduce((sum, { values }) => sum + values.length, 0);
  return stateTexts(tables, { engine: drawingEngine(), team: teamFor(states * stepsPerState) });
}
