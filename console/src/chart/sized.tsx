import { type ReactNode, useLayoutEffect, useRef, useState } from "react";

/** The widest that a drawing gets: wider ones are no easier to read. */
const widest = 960;

/** Draws to the width that there is, in pixels, and anew when that changes. */
export function Sized({ children }: { readonly children: (width: number) => ReactNode }): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState<number>();
  useLayoutEffect(() => {
    const element = box.current!;
    const measure = () => setWidth(Math.min(widest, Math.floor(element.clientWidth)));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return <div ref={box}>{width !== undefined && width > 0 && children(width)}</div>;
}
