import type { StateTable } from "../model/index.ts";
import type { Acquired, Bounds } from "./acquisition.ts";
import type { EventSampler } from "./event-sampler.ts";
import { isDetected, isLogical, type Selection } from "./selection.ts";
import { createStateRows } from "./state-rows.ts";
import { checkStopped, type Watch } from "./watch.ts";

/** What was acquired event by event, with the performances that it showed. */
export interface EventsAcquired {
  readonly kept: StateTable;
  readonly acquired: Acquired;
  readonly physicalPerf: number;
  readonly logicalPerf: number;
  readonly globalPerf: number;
}

/** Events in a row of which none is kept, before nothing is expected to be. */
const eventsWithoutSample = 50_000_000;

/** Draws events until one of the bounds is reached. A shot is an event with at least one detected photon. */
export function acquireEvents(
  draw: EventSampler,
  modes: number,
  selection: Selection,
  bounds: Bounds,
  watch: Watch,
): EventsAcquired {
  const shown = Array.from({ length: modes }, (_, mode) => mode).filter(
    (mode) => !selection.heralds.has(mode),
  );
  const rows = createStateRows(shown);
  const rowOf = new Map<string, number>();
  const order: number[] = [];
  const counts = new Uint16Array(modes);
  let [events, shots, physical, sinceKept] = [0, 0, 0, 0];
  while (order.length < bounds.maxSamples && shots < bounds.maxShots && sinceKept < eventsWithoutSample) {
    checkStopped(watch);
    watch.onProgress?.(Math.max(shots / bounds.maxShots, order.length / bounds.maxSamples), "sampling");
    events += 1;
    sinceKept += 1;
    const photons = draw(counts);
    if (photons > 0) shots += 1;
    if (!isDetected(counts, photons, selection)) continue;
    physical += 1;
    if (photons === 0 || !isLogical(counts, selection)) continue;
    sinceKept = 0;
    const key = String.fromCharCode(...counts);
    let row = rowOf.get(key);
    if (row === undefined) {
      row = rowOf.size;
      rowOf.set(key, row);
      rows.push(counts, 1);
    }
    order.push(row);
  }
  const perRow = new Float64Array(rowOf.size);
  for (const row of order) perRow[row]! += 1;
  return {
    kept: rows.toTable(0, 1, watch),
    acquired: { counts: perRow, order: Uint32Array.from(order) },
    physicalPerf: events === 0 ? 0 : physical / events,
    logicalPerf: physical === 0 ? 0 : order.length / physical,
    globalPerf: events === 0 ? 0 : order.length / events,
  };
}
