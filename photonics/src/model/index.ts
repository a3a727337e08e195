export * from "./circuit.ts";
export * from "./complex-matrix.ts";
