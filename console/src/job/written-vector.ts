import { type Mixture, printAnnotatedState, type StateVector } from "@corbenic/photonics/model";
import { formatNumber } from "../circuit/format-number.ts";

/** A superposition as it is written on paper: `0.707 |1,0> + 0.707i |0,1>`. */
export function writtenVector(vector: StateVector): string {
  return vector
    .map(({ re, im, state }, i) => {
      const { sign, text } = writtenAmplitude(re, im);
      const joined = i === 0 ? (sign === "-" ? "-" : "") : ` ${sign} `;
      return `${joined}${text === "1" ? "" : `${text} `}${printAnnotatedState(state)}`;
    })
    .join("");
}

/** A mixture as its states with their probabilities: `30 %: |1,1>; 70 %: |2,0>`. */
export function writtenMixture(mixture: Mixture): string {
  if (mixture.length === 1) return writtenVector(mixture[0]!.vector);
  return mixture
    .map(({ probability, vector }) => `${Number((probability * 100).toFixed(2))} %: ${writtenVector(vector)}`)
    .join("; ");
}

function writtenAmplitude(re: number, im: number): { sign: "+" | "-"; text: string } {
  if (im === 0) return { sign: re < 0 ? "-" : "+", text: formatNumber(Math.abs(re)) };
  if (re === 0) {
    const size = formatNumber(Math.abs(im));
    return { sign: im < 0 ? "-" : "+", text: size === "1" ? "i" : `${size}i` };
  }
  return { sign: "+", text: `(${formatNumber(re)} ${im < 0 ? "-" : "+"} ${formatNumber(Math.abs(im))}i)` };
}
