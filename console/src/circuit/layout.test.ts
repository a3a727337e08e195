import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type BeamSplitter,
  beamSplitter,
  type Component,
  type Experiment,
  type Placed,
} from "@corbenic/photonics/model";
import { decodePayload } from "@corbenic/photonics/perceval";
import { describe, expect, test } from "vitest";
import { formatAngle, formatNumber } from "./format-number.ts";
import { labelOf } from "./label.ts";
import { type Layout, layOut, unfoldedAtFirst } from "./layout.ts";
import { characterWidth, couplerParts } from "./widths.ts";

const spacing = 46;
const folder = join(import.meta.dirname, "../../../photonics/fixtures/vectors");
const experiments = readdirSync(folder).flatMap((version) =>
  readdirSync(join(folder, version)).map((file): [string, Experiment] => {
    const { request } = JSON.parse(readFileSync(join(folder, version, file), "utf8"));
    return [`${version}/${file}`, decodePayload(request.payload).experiment];
  }),
);

const barrier = (mode: number): Placed => ({ mode, component: { kind: "barrier", modes: 1, visible: true } });
const shifter = (mode: number): Placed => ({
  mode,
  component: {
    kind: "phase-shifter",
    phi: { kind: "value", value: 1 },
    maxError: { kind: "value", value: 0 },
  },
});
const nested = (mode: number, modes: number, components: readonly Placed[]): Placed => ({
  mode,
  component: { kind: "circuit", name: "inner", modes, components },
});

/** The modes that a drawn component covers, those of a chosen circuit included. */
function span({ mode, modes, chosen }: Layout["drawn"][number]): [first: number, end: number] {
  return [
    Math.min(mode, chosen?.mode ?? mode),
    Math.max(mode + modes, (chosen?.mode ?? 0) + (chosen?.modes ?? 0)),
  ];
}

function overlaps({ drawn }: Layout): string[] {
  return drawn.flatMap((a, i) =>
    drawn.slice(i + 1).flatMap((b) => {
      const [firstA, endA] = span(a);
      const [firstB, endB] = span(b);
      const apart =
        firstA >= endB || firstB >= endA || a.x + a.width <= b.x + 1e-9 || b.x + b.width <= a.x + 1e-9;
      return apart ? [] : [`${a.key} and ${b.key}`];
    }),
  );
}

function leaves(component: Component): number {
  return component.kind === "circuit"
    ? component.components.reduce((sum, each) => sum + leaves(each.component), 0)
    : 1;
}

function everyCircuit(components: readonly Placed[], prefix = ""): string[] {
  return components.flatMap(({ component }, i) =>
    component.kind === "circuit"
      ? [`${prefix}${i}`, ...everyCircuit(component.components, `${prefix}${i}.`)]
      : [],
  );
}

describe("the layout of what clients send", () => {
  test.each(experiments)(
    "%s lays every component on modes of its own, folded and unfolded",
    (_, { modes, components }) => {
      const folded = layOut(modes, components, new Set(), spacing);
      expect(folded.drawn).toHaveLength(components.length);
      const all = new Set(everyCircuit(components));
      const unfolded = layOut(modes, components, all, spacing);
      expect(unfolded.drawn).toHaveLength(components.reduce((sum, each) => sum + leaves(each.component), 0));
      expect(unfolded.frames).toHaveLength(all.size);
      for (const layout of [folded, unfolded]) {
        expect(overlaps(layout)).toEqual([]);
        for (const each of layout.drawn) {
          const [first, end] = span(each);
          expect(first).toBeGreaterThanOrEqual(0);
          expect(end).toBeLessThanOrEqual(modes);
          expect(each.x + each.width).toBeLessThanOrEqual(layout.width + 1e-9);
        }
      }
    },
  );
});

describe("the layout", () => {
  test("puts components of different modes under each other, and of one mode behind each other", () => {
    const { drawn } = layOut(2, [shifter(0), shifter(1), shifter(0)], new Set(), spacing);
    expect(drawn.map(({ x }) => x)).toEqual([0, 0, drawn[0]!.width]);
  });

  test("of an unfolded circuit keeps others out of its frame", () => {
    const { drawn, frames } = layOut(
      2,
      [nested(0, 2, [shifter(0), shifter(0)]), shifter(1)],
      new Set(["0"]),
      spacing,
    );
    expect(frames).toMatchObject([{ key: "0", name: "inner", mode: 0, modes: 2, x: 0 }]);
    expect(drawn.find(({ key }) => key === "1")!.x).toBe(frames[0]!.width);
    expect(drawn.map(({ key }) => key)).toEqual(["0.0", "0.1", "1"]);
  });

  test("gives a label the room that it takes, at any distance between the modes", () => {
    const named: Placed = {
      mode: 0,
      component: {
        kind: "phase-shifter",
        phi: { kind: "value", name: "alpha_of_the_arm", value: 0.25 },
        maxError: { kind: "value", value: 0 },
      },
    };
    const text = "φ=alpha_of_the_arm=0.25";
    for (const each of [24, 32, 46]) {
      const { drawn } = layOut(1, [named], new Set(), each);
      expect(labelOf(named.component)).toBe(text);
      expect(drawn[0]!.width * each).toBeGreaterThan(text.length * characterWidth);
    }
  });

  test("gives the phases of a beam splitter's arms room beside it", () => {
    const plain: Placed = { mode: 0, component: beamSplitter() };
    const phased: Placed = {
      mode: 0,
      component: beamSplitter(0.7, { phiTopLeft: 0.3, phiBottomRight: 0.4 }),
    };
    const widths = [plain, phased].map((each) => layOut(2, [each], new Set(), spacing).width * spacing);
    const parts = couplerParts(phased.component as BeamSplitter, spacing);
    expect(parts.before).toBeGreaterThan("φ=0.3".length * characterWidth);
    expect(parts.after).toBeGreaterThan("φ=0.4".length * characterWidth);
    expect(widths[1]! - widths[0]!).toBeGreaterThanOrEqual(parts.before + parts.after);
  });

  test("of no components has no width", () => {
    expect(layOut(3, [], new Set(), spacing)).toEqual({ modes: 3, width: 0, drawn: [], frames: [] });
  });

  test("unfolds small circuits at first, and large ones only when asked", () => {
    const many = Array.from({ length: 100 }, () => barrier(0));
    expect([...unfoldedAtFirst([nested(0, 1, [barrier(0), nested(0, 1, [])]), nested(0, 1, many)])]).toEqual([
      "0",
      "0.1",
    ]);
  });
});

test.each([
  [Math.PI / 2, "π/2"],
  [-Math.PI, "-π"],
  [(3 * Math.PI) / 4, "3π/4"],
  [2 * Math.PI, "2π"],
  [0, "0"],
  [0.6154797, "0.615"],
])("the angle %d is written %s", (angle, text) => {
  expect(formatAngle(angle)).toBe(text);
});

test("numbers keep what matters", () => {
  expect([0, 0.25, 0.12345, 0.00001, 3e7].map(formatNumber)).toEqual([
    "0",
    "0.25",
    "0.123",
    "1.00e-5",
    "3.00e+7",
  ]);
});
