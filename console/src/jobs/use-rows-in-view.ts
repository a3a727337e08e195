import { type RefObject, useEffect, useState } from "react";
import { flushSync } from "react-dom";
import type { RowsInView } from "./use-listed-jobs.ts";

/** In pixels, of every row alike: which ones are in view follows from how far one has scrolled. */
export const rowHeight = 44;
/** Browsers do not lay out what is much higher. */
export const rowsMax = 300_000;

/** The rows that a scrolling element shows. */
export function useRowsInView(
  scroll: RefObject<HTMLElement | null>,
  onView: (rows: RowsInView) => void,
): RowsInView {
  const [rows, setRows] = useState<RowsInView>({ first: 0, last: 0, isTop: true });
  useEffect(() => {
    const element = scroll.current!;
    const look = () => {
      const first = Math.floor(element.scrollTop / rowHeight);
      const last = Math.ceil((element.scrollTop + element.clientHeight) / rowHeight);
      const isTop = element.scrollTop < 1;
      onView({ first, last, isTop });
      setRows((before) =>
        before.first === first && before.last === last && before.isTop === isTop
          ? before
          : { first, last, isTop },
      );
    };
    // Drawn before the browser paints what was scrolled to.
    const onScroll = () => flushSync(look);
    element.addEventListener("scroll", onScroll, { passive: true });
    const resizes = new ResizeObserver(look);
    resizes.observe(element);
    return () => {
      element.removeEventListener("scroll", onScroll);
      resizes.disconnect();
    };
  }, [scroll, onView]);
  return rows;
}
