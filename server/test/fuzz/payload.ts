/** A payload that can be decoded. */
export const decodablePayload = {
  command: "probs",
  circuit:
    ":PCVL:zip:eJyzCnAO87FydM4sSi7NLLFydfTM9K9wdI7MSg52DsyO9AkNCtWu9DANqMj3cg50hAPP9GwvBM+xEKgWwXPxRFELAAdTHXM=",
  input_state: ":PCVL:BasicState:|1,1>",
  parameters: { min_detected_photons: 2 },
  job_context: null,
} as const;
