/** The simulator that cloud objects use unless told otherwise. */
export const defaultPlatformName = "sim:qa";
