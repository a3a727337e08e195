import type { Announcement } from "./platform-record.ts";

/** A quantum processor that is only pretended: what its worker measures is computed, with the flaws of a real one. */
export const pretendQpuPlatform: Announcement = {
  name: "qpu:pretend",
  type: "physical",
  specs: {
    available_commands: ["sample_count", "samples"],
    constraints: {
      max_mode_count: 12,
      min_mode_count: 1,
      max_photon_count: 6,
      min_photon_count: 1,
      support_multi_photon: false,
    },
    detector: "threshold",
    architecture: "none",
    description: "A pretend quantum processor: lossy, drifting, slow, and calibrated now and then.",
    parameters: {
      min_detected_photons: "Fewest detected photons for an event to be kept.",
      max_samples: "Events to keep at most.",
      max_shots: "Events with a detected photon to measure; required, 1000000 at most.",
    },
  },
};
