import { type ReactNode, useLayoutEffect, useRef, useState } from "react";

/** A region that scrolls where what it holds is larger; only there can it be reached by keyboard, to be scrolled. */
export function Scrollable(props: {
  readonly className: string;
  readonly label: string;
  readonly children: ReactNode;
}): ReactNode {
  const region = useRef<HTMLElement>(null);
  const [scrolls, setScrolls] = useState(false);
  useLayoutEffect(() => {
    const element = region.current!;
    const measure = () =>
      setScrolls(element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    for (const child of element.children) observer.observe(child);
    return () => observer.disconnect();
  }, []);
  return (
    <section
      className={props.className}
      ref={region}
      aria-label={props.label}
      tabIndex={scrolls ? 0 : undefined}
    >
      {props.children}
    </section>
  );
}
