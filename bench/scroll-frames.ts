import type { Page } from "playwright-core";

/** A frame that took long, and what the page did in it. */
export interface LongFrame {
  readonly ms: number;
  /** Scripts with their milliseconds, layout, and what the browser says of neither. */
  readonly because: string;
}

export interface Frames {
  /** Milliseconds from each frame to the next. */
  readonly times: readonly number[];
  readonly long: readonly LongFrame[];
}

export interface Leaps extends Frames {
  /** Milliseconds from each leap until the jobs of the place are there. */
  readonly waits: readonly number[];
  /** Places where other jobs stood than should. */
  readonly wrong: number;
}

/** What a move of the list takes: the part of its height it moves by in each frame, up or down, and for how long. */
interface Move {
  readonly pixels: number;
  /** Ends earlier at an end of the list. */
  readonly frames: number;
}

/** Notes the frames of the list that take longer than so many milliseconds. To be called once for a page. */
export async function watchFrames(page: Page, longMs: number): Promise<void> {
  await page.evaluate((limit) => {
    interface Script {
      readonly invoker: string;
      readonly sourceFunctionName: string;
      readonly duration: number;
      readonly forcedStyleAndLayoutDuration: number;
    }
    type Entry = PerformanceEntry & {
      readonly scripts: readonly Script[];
      readonly styleAndLayoutStart: number;
    };
    const noted: { start: number; end: number; because: string }[] = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as Entry[]) {
        const end = entry.startTime + entry.duration;
        const scripts = entry.scripts.map(
          ({ invoker, sourceFunctionName, duration, forcedStyleAndLayoutDuration: layout }) =>
            `${invoker} ${sourceFunctionName} ${duration.toFixed(0)} ms (layout ${layout.toFixed(0)})`,
        );
        const layout = entry.styleAndLayoutStart === 0 ? 0 : end - entry.styleAndLayoutStart;
        noted.push({
          start: entry.startTime,
          end,
          because: [...scripts, `layout and paint ${layout.toFixed(0)} ms`].join(", "),
        });
      }
    }).observe({ type: "long-animation-frame" });

    const next = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
    const watch = async (move: (ms: number) => boolean) => {
      const times: number[] = [];
      const long: { from: number; to: number }[] = [];
      let before = await next();
      for (let goesOn = true; goesOn; ) {
        goesOn = move(before);
        const now = await next();
        times.push(now - before);
        if (now - before > limit) long.push({ from: before, to: now });
        before = now;
      }
      // Entries come a little after their frames.
      await next();
      await next();
      return {
        times,
        long: long.map(({ from, to }) => ({
          ms: to - from,
          because:
            noted
              .filter(({ start, end }) => start < to && end > from)
              .map(({ because }) => because)
              .join("; ") || "nothing of the page's: the browser or the machine was busy",
        })),
      };
    };
    Object.assign(globalThis, { watch });
  }, longMs);
}

type Watch = (move: (now: number) => boolean) => Promise<Frames>;

/** Scrolls the list by so much in each frame. */
export function scrollBy(page: Page, move: Move): Promise<Frames> {
  return page.evaluate(async ({ pixels, frames }) => {
    const { watch } = globalThis as unknown as { watch: Watch };
    const list = document.querySelector<HTMLElement>(".job-list")!;
    let left = frames;
    return watch(() => {
      const before = list.scrollTop;
      list.scrollTop += pixels;
      return --left > 0 && list.scrollTop !== before;
    });
  }, move);
}

/**
 * Leaps to rows one after the other, and waits at each until its job has come. The name of a row's job ends with the
 * row's number, counted from 1.
 */
export function leapTo(page: Page, rows: readonly number[]): Promise<Leaps> {
  return page.evaluate(async (places) => {
    const { watch } = globalThis as unknown as { watch: Watch };
    const list = document.querySelector<HTMLElement>(".job-list")!;
    const rowHeight = 44;
    const waits: number[] = [];
    let wrong = 0;
    let at = -1;
    let since = 0;
    const frames = await watch((now) => {
      const shown = document.querySelector(`.job-list tr[aria-rowindex="${(places[at] ?? 0) + 2}"] a`);
      if (at >= 0 && shown === null) return true;
      if (at >= 0) {
        waits.push(now - since);
        if (shown?.textContent !== `job ${places[at]! + 1}`) wrong++;
      }
      if (++at === places.length) return false;
      since = now;
      list.scrollTop = places[at]! * rowHeight;
      return true;
    });
    return { ...frames, waits, wrong };
  }, rows);
}
