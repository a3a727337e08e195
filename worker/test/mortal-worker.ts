import { createSimulationProcess } from "../src/simulation-process-client.ts";

/** A worker's process that says the id of its simulation process, and waits to be killed. */
const simulation = createSimulationProcess({ script: new URL("./killed-thread.ts", import.meta.url) });
const signal = new AbortController().signal;
const outcome = await simulation.run({ kill: false }, { signal, onProgress: () => undefined });
console.log(outcome.kind === "completed" ? outcome.results : outcome.kind);
