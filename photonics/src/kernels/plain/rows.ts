import type { KernelFunctions } from "../kernel-functions.ts";
import { lastTerm, nowhere, type View } from "./view.ts";

type Rows = Pick<KernelFunctions, "slosRows" | "slosUnits" | "mixRows" | "squareRows" | "clear">;

/** The rows of photonics/kernels/slos.ts and mixing.ts, in TypeScript: the same sums in the same order. */
export function rowsIn({ f64, u32, u8 }: View): Rows {
  /** Σ over the back's modes for one chunk: two numbers a state for amplitudes, one for probabilities. */
  const backComplex = (segments: number, end: number, shift: number, from: number, u: number, to: number) => {
    for (let segment = segments / 4; segment < end / 4; segment += 4) {
      const terms = u32[segment]!;
      for (let state = u32[segment + 1]!, word = u32[segment + 2]! / 4; state > 0; state--) {
        const at = to + 2 * u32[word++]!;
        let ar = 0;
        let ai = 0;
        let br = 0;
        let bi = 0;
        for (const last = word + terms; word < last; word++) {
          const term = u32[word]!;
          const v = from + 2 * (term >>> shift);
          const w = u + 4 * (term & ((1 << shift) - 1));
          ar += f64[v]! * f64[w]!;
          ai += f64[v + 1]! * f64[w]!;
          br += f64[v]! * f64[w + 2]!;
          bi += f64[v + 1]! * f64[w + 2]!;
        }
        f64[at] = ar - bi;
        f64[at + 1] = ai + br;
      }
    }
  };
  const backReal = (segments: number, end: number, shift: number, from: number, u: number, to: number) => {
    for (let segment = segments / 4; segment < end / 4; segment += 4) {
      const terms = u32[segment]!;
      for (let state = u32[segment + 1]!, word = u32[segment + 2]! / 4; state > 0; state--) {
        const at = to + 2 * u32[word++]!;
        let re = 0;
        let im = 0;
        for (const last = word + terms; word < last; word++) {
          const term = u32[word]!;
          const v = from + 2 * (term >>> shift);
          const w = f64[u + 2 * (term & ((1 << shift) - 1))]!;
          re += f64[v]! * w;
          im += f64[v + 1]! * w;
        }
        f64[at] = re;
        f64[at + 1] = im;
      }
    }
  };
  const backChances = (segments: number, end: number, shift: number, from: number, u: number, to: number) => {
    for (let segment = segments / 4; segment < end / 4; segment += 4) {
      const terms = u32[segment]!;
      for (let state = u32[segment + 1]!, word = u32[segment + 2]! / 4; state > 0; state--) {
        const at = to + u32[word++]!;
        let sum = 0;
        for (const last = word + terms; word < last; word++) {
          const term = u32[word]!;
          sum += f64[from + (term >>> shift)]! * f64[u + 2 * (term & ((1 << shift) - 1))]!;
        }
        f64[at] = sum;
      }
    }
  };

  /** Up to three complex terms at a time, as the compiled kernel sums them. */
  const frontComplex = (
    list: readonly number[],
    offset: number,
    from: number,
    to: number,
    length: number,
  ) => {
    const passes = Math.max(1, Math.ceil(list.length / 6));
    for (let pass = 0; pass < passes; pass++) {
      const out = pass === passes - 1 ? to : from;
      for (let t = 0; t < 2 * length; t += 2) {
        let ar = f64[from + t]!;
        let ai = f64[from + t + 1]!;
        let br = 0;
        let bi = 0;
        for (let i = 6 * pass; i < Math.min(list.length, 6 * pass + 6); i += 2) {
          const v = list[i]! + offset + t;
          const w = list[i + 1]!;
          ar += f64[v]! * f64[w]!;
          ai += f64[v + 1]! * f64[w]!;
          br += f64[v]! * f64[w + 2]!;
          bi += f64[v + 1]! * f64[w + 2]!;
        }
        f64[out + t] = ar - bi;
        f64[out + t + 1] = ai + br;
      }
    }
  };
  const squares = (list: readonly number[], offset: number, from: number, to: number, length: number) => {
    for (let t = 0; t < length; t++) {
      let re = f64[from + 2 * t]!;
      let im = f64[from + 2 * t + 1]!;
      for (let i = 0; i < list.length; i += 2) {
        const v = list[i]! + offset + 2 * t;
        const w = f64[list[i + 1]!]!;
        re += f64[v]! * w;
        im += f64[v + 1]! * w;
      }
      f64[to + t] = re * re + im * im;
    }
  };

  const rows: Rows = {
    slosRows(
      record,
      rowsEnd,
      row,
      empty,
      missing,
      missingMax,
      frontShift,
      uFront,
      aboveRows,
      length,
      sameRows,
      shorter,
      backShift,
      uBack,
      chunks,
      chunksEnd,
      squared,
      to,
      placed,
      scratch,
    ) {
      const sums = scratch / 8;
      const list: number[] = [];
      for (let word = record / 4, number = row; word < rowsEnd / 4; number++) {
        const place = placed === 1 ? u32[word]! : number * length;
        list.length = 0;
        word += 1;
        for (let more = empty === 0; more; word++) {
          const term = u32[word]!;
          more = term < lastTerm;
          const parent = (term & ~lastTerm) >>> frontShift;
          const coefficient = term & ((1 << frontShift) - 1);
          list.push(aboveRows / 8 + 2 * parent * length, uFront / 8 + (squared === 1 ? 2 : 4) * coefficient);
        }
        if (missing > 0 && u8[missing + number]! > missingMax) continue;
        const same = sameRows / 8 + 2 * number * shorter;
        for (let chunk = chunks / 4; chunk < chunksEnd / 4; chunk += 4) {
          const [first, states, segments, end] = [
            u32[chunk]!,
            u32[chunk + 1]!,
            u32[chunk + 2]!,
            u32[chunk + 3]!,
          ];
          if (shorter === 0) f64.fill(0, sums, sums + 2 * states);
          else if (squared === 1) backReal(segments, end, backShift, same, uBack / 8, sums);
          else backComplex(segments, end, backShift, same, uBack / 8, sums);
          if (squared === 1) squares(list, 2 * first, sums, to / 8 + place + first, states);
          else frontComplex(list, 2 * first, sums, to / 8 + 2 * (place + first), states);
        }
      }
    },
    mixRows(
      record,
      rowsEnd,
      row,
      empty,
      frontShift,
      uFront,
      aboveRows,
      length,
      sameRows,
      shorter,
      backShift,
      uBack,
      chunks,
      chunksEnd,
      to,
      extras,
      extraCount,
      scratch,
    ) {
      const sums = scratch / 8;
      const list: number[] = [];
      for (let word = record / 4, number = row; word < rowsEnd / 4; number++) {
        list.length = 0;
        word += 1;
        for (let more = empty === 0; more; word++) {
          const term = u32[word]!;
          more = term < lastTerm;
          if (aboveRows === 0) continue;
          const parent = (term & ~lastTerm) >>> frontShift;
          list.push(aboveRows / 8 + parent * length, uFront / 8 + 2 * (term & ((1 << frontShift) - 1)));
        }
        for (let i = 0; i < extraCount; i++)
          list.push(u32[extras / 4 + 2 * i]! / 8 + number * length, u32[extras / 4 + 2 * i + 1]! / 8);
        const same = sameRows / 8 + number * shorter;
        for (let chunk = chunks / 4; chunk < chunksEnd / 4; chunk += 4) {
          const [first, states, segments, end] = [
            u32[chunk]!,
            u32[chunk + 1]!,
            u32[chunk + 2]!,
            u32[chunk + 3]!,
          ];
          if (shorter === 0) f64.fill(0, sums, sums + states);
          else backChances(segments, end, backShift, same, uBack / 8, sums);
          for (let t = 0; t < states; t++) {
            let sum = f64[sums + t]!;
            for (let i = 0; i < list.length; i += 2) sum += f64[list[i]! + first + t]! * f64[list[i + 1]!]!;
            f64[to / 8 + number * length + first + t] = sum;
          }
        }
      }
    },
    squareRows(from, to, rows, length, targets) {
      for (let row = 0, v = from / 8; row < rows; row++, v += 2 * length) {
        const target = u32[targets / 4 + row]!;
        if (target === nowhere) continue;
        for (let t = 0, at = to / 8 + target; t < 2 * length; t += 2, at++)
          f64[at]! += f64[v + t]! * f64[v + t]! + f64[v + t + 1]! * f64[v + t + 1]!;
      }
    },
    clear(at, bytes) {
      f64.fill(0, at / 8, (at + bytes) / 8);
    },
    slosUnits(units, count, scratch, interleaved, chunkMax) {
      for (let unit = units / 4; unit < units / 4 + 19 * count; unit += 19) {
        const call = [...u32.subarray(unit, unit + 19), scratch, interleaved, chunkMax];
        rows.slosRows(...(call as Parameters<Rows["slosRows"]>));
      }
    },
  };
  return rows;
}
