/**
 * The Hong-Ou-Mandel experiment as a Perceval client posts it: one photon in each input of a balanced beam
 * splitter, which leave it together. C. K. Hong, Z. Y. Ou and L. Mandel, Phys. Rev. Lett. 59, 2044 (1987).
 */
export const hongOuMandel = {
  command: "probs",
  circuit:
    ":PCVL:zip:eJyzCnAO87FydM4sSi7NLLFydfTM9K9wdI7MSg52DsyO9AkNCtWu9DANqMj3cg50hAPP9GwvBM+xEKgWwXPxRFELAAdTHXM=",
  input_state: ":PCVL:BasicState:|1,1>",
  parameters: { min_detected_photons: 2 },
  max_shots: 100_000,
  job_context: null,
} as const;
