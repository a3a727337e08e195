export { slosRows, slosUnits } from "./slos";
export { glynn, glynnRepeated } from "./permanent";
export { beginSorted, countSorted, spacings, total } from "./sorted-sampling";
export { drawShots } from "./shots";
export { clear, mixRows, squareRows } from "./mixing";
export { backLevel, frontLevel, frontPlaces } from "./states";
export { stream, vectorOperations } from "./machine";
export { writeStates } from "./state-text";
