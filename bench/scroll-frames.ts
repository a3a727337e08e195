import type { Page } from "playwright-core";

export interface Frames {
  /** Milliseconds from each frame to the next. */
  readonly times: readonly number[];
  /** Jobs that the list has by then. */
  readonly rows: number;
}

/** Scrolls the list of jobs frame by frame until its end, waiting there for what is still loaded, or back to its start. */
export async function scrollThrough(
  page: Page,
  { pixelsAFrame, to }: { readonly pixelsAFrame: number; readonly to: "start" | "end" },
): Promise<Frames> {
  return page.evaluate(
    async ([step, isDown]) => {
      const list = document.querySelector<HTMLElement>(".job-list")!;
      const next = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
      const isMore = () => document.querySelector("main > p[role=status]")!.textContent.includes("so far");
      const times: number[] = [];
      let before = await next();
      for (let isOver = false; !isOver; ) {
        list.scrollTop += isDown ? step : -step;
        const now = await next();
        times.push(now - before);
        before = now;
        isOver = isDown
          ? list.scrollTop + list.clientHeight >= list.scrollHeight - 1 && !isMore()
          : list.scrollTop === 0;
      }
      const table = list.querySelector("table")!;
      return { times, rows: Number(table.getAttribute("aria-rowcount")) - 1 };
    },
    [pixelsAFrame, to === "end"] as const,
  );
}
