import type { RunResults } from "@corbenic/sdk";
import { type ReactNode, type Ref, useMemo, useState } from "react";
import { NumbersTable } from "../chart/numbers-table.tsx";
import { Sized } from "../chart/sized.tsx";
import { Choice } from "../parts/choice.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { DistributionChart } from "./distribution-chart.tsx";
import { byPhotonNumber, type Order, topStates } from "./states.ts";

const mostChoices = [10, 20, 50, 100];
const orders = [
  ["value", "likeliest first"],
  ["state", "by photons in modes"],
] as const;
const scales = [
  ["linear", "linear"],
  ["log", "logarithmic"],
] as const;

interface DistributionProps {
  readonly run: RunResults;
  readonly by: "states" | "photons";
  /** Where the drawing is, for whoever saves it. */
  readonly drawing: Ref<HTMLElement>;
}

/** What one run found: its states, or how many photons they have. */
export function Distribution({ run, by, drawing }: DistributionProps): ReactNode {
  const [most, setMost] = useState(20);
  const [order, setOrder] = useState<Order>("value");
  const [scale, setScale] = useState<"linear" | "log">("linear");
  const { distribution } = run;
  const kind = run.kind === "distribution" ? "probability" : "count";
  const total = useMemo(() => distribution.total, [distribution]);
  const shown = useMemo(
    () =>
      by === "photons"
        ? topStates(photonNumbers(run), Number.POSITIVE_INFINITY, "state")
        : topStates(distribution, most, order),
    [run, distribution, by, most, order],
  );
  if (distribution.size === 0) {
    return (
      <EmptyState title="No event was kept">
        <p>
          Of what the source sent, nothing had enough detected photons, or fulfilled heralds and
          post-selection: the performances below say which.
        </p>
      </EmptyState>
    );
  }
  return (
    <>
      <div className="row controls">
        {by === "states" && (
          <>
            <Choice
              label="Show"
              value={most}
              options={mostChoices.map((each) => [each, `${each} states`])}
              onChoose={setMost}
            />
            <Choice label="Order" value={order} options={orders} onChoose={setOrder} />
          </>
        )}
        <Choice label="Scale" value={scale} options={scales} onChoose={setScale} />
      </div>
      <section className="chart" ref={drawing} aria-label="Chart">
        <Sized>
          {(width) => (
            <DistributionChart shown={shown} kind={kind} scale={scale} total={total} width={width} />
          )}
        </Sized>
      </section>
      <NumbersTable
        label={by === "states" ? "States" : "Photon numbers"}
        head={[by === "states" ? "state" : "photons", kind]}
        rows={() => shown.entries.map(([state, value]) => [state, value.toLocaleString("en", digits)])}
      />
    </>
  );
}

const digits = { maximumSignificantDigits: 10 } as const;

/** Photon numbers, written so that they are drawn as states are. */
function photonNumbers({ distribution }: RunResults): Map<string, number> {
  return new Map(
    [...byPhotonNumber(distribution)].map(([photons, value]) => [
      photons === 1 ? "1 photon" : `${photons} photons`,
      value,
    ]),
  );
}
