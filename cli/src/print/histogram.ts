const barWidth = 40;

/** Draws a distribution as one bar a line, the likeliest state first. States are those of the map, printed as they are. */
export function histogram(distribution: ReadonlyMap<string, number>, most = 20): string {
  const entries = [...distribution].sort(([, a], [, b]) => b - a);
  const shown = entries.slice(0, most);
  const width = Math.max(...shown.map(([state]) => state.length), 0);
  const lines = shown.map(([state, probability]) => {
    const bar = "█".repeat(Math.round(probability * barWidth)).padEnd(barWidth, "·");
    return `  ${state.padEnd(width)}  ${bar}  ${probability.toFixed(4)}`;
  });
  if (entries.length > most) lines.push(`  and ${entries.length - most} more states`);
  return lines.join("\n");
}
