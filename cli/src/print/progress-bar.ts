import { harmless } from "./table.ts";

export interface ProgressBar {
  /** A fraction from 0 to 1, and what is being done. */
  show(fraction: number, text: string): void;
  /** Takes the bar away. */
  end(): void;
}

const width = 30;

/** A bar on standard error for whoever watches it on a terminal; nothing anywhere else. */
export function progressBar(stream: NodeJS.WriteStream = process.stderr): ProgressBar {
  if (!stream.isTTY) return { show: () => undefined, end: () => undefined };
  return {
    show(fraction, text) {
      const full = Math.round(fraction * width);
      const bar = "█".repeat(full).padEnd(width, "·");
      const line = `${bar} ${String(Math.round(fraction * 100)).padStart(3)} %  ${harmless(text)}`;
      stream.write(`\r${line.slice(0, Math.max(width, (stream.columns ?? 80) - 1))}\u001b[K`);
    },
    end() {
      stream.write("\r\u001b[K");
    },
  };
}
