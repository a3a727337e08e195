import { useSyncExternalStore } from "react";

const everyMs = 1_000;
let current = Math.floor(Date.now() / 1_000);

function subscribe(onChange: () => void): () => void {
  const timer = setInterval(() => {
    current = Math.floor(Date.now() / 1_000);
    onChange();
  }, everyMs);
  return () => clearInterval(timer);
}

/** The present moment in seconds, which goes on. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => current);
}

/** An instant as the cloud writes it, in seconds. */
export function secondsOf(instant: string): number {
  return Date.parse(instant) / 1_000;
}
