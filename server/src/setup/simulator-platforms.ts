import type { PlatformAnnouncement } from "../platforms/platform-store.ts";

const specs = {
  available_commands: ["probs", "sample_count", "samples"],
  constraints: {
    max_mode_count: 256,
    min_mode_count: 1,
    max_photon_count: 64,
    min_photon_count: 0,
    support_multi_photon: true,
  },
  detector: "pnr",
  architecture: "none",
  parameters: {
    min_detected_photons: "Fewest detected photons for an event to be kept.",
    max_samples: "Events to keep at most.",
    max_shots: "Events with a detected photon to measure at most.",
    thresholded: "Whether several photons in a mode count as one.",
    seed: "What randomness is drawn from; drawn and given back when absent.",
  },
};

/** The simulators of a local cloud; `sim:qa` is the one that the cloud objects use unless told otherwise. */
export const simulatorPlatforms: readonly PlatformAnnouncement[] = [
  {
    name: "sim:slos",
    type: "simulator",
    specs: { ...specs, description: "Exact strong simulation of linear optics." },
  },
  {
    name: "sim:qa",
    type: "simulator",
    specs: { ...specs, description: "The simulator that acceptance tests use." },
  },
];
