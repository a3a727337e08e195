import { type NoiseModel, type PhotonicJob, printPostSelection } from "@corbenic/photonics/model";
import { BadPayload, decodePayload } from "@corbenic/photonics/perceval";
import { getJobData } from "@corbenic/sdk/endpoints";
import { type ReactNode, useMemo } from "react";
import { CircuitDrawing } from "../circuit/circuit-drawing.tsx";
import { formatNumber } from "../circuit/format-number.ts";
import { Answered } from "../parts/answered.tsx";
import { CodeBlock } from "../parts/code-block.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { Facts } from "../parts/facts.tsx";
import { save } from "../parts/save.ts";
import { useAnswer } from "../queries.ts";
import { describeDetectors, describeInput } from "./describe-experiment.ts";

type Data = { readonly payload: Readonly<Record<string, unknown>> };

/** The circuit as it was sent. */
export function CircuitTab({ jobId }: { readonly jobId: string }): ReactNode {
  return (
    <OfPayload jobId={jobId}>
      {({ experiment }) => (
        <>
          <CircuitDrawing experiment={experiment} />
          <p className="quiet-text below">
            Input: {describeInput(experiment)}.{" "}
            {experiment.postSelection !== undefined && (
              <>Post-selection: {printPostSelection(experiment.postSelection)}.</>
            )}
          </p>
        </>
      )}
    </OfPayload>
  );
}

/** What the experiment was asked with, beside its circuit. */
export function ParametersTab({ jobId }: { readonly jobId: string }): ReactNode {
  return (
    <OfPayload jobId={jobId}>
      {(job) => (
        <>
          <Facts facts={parametersOf(job)} />
          <h2 className="within">Noise</h2>
          <Facts
            facts={Object.entries(job.experiment.noise).map(([name, value]) => [
              noiseNames[name as keyof NoiseModel],
              typeof value === "number" ? formatNumber(value) : value ? "yes" : "no",
            ])}
          />
          {job.iterations.length > 0 && (
            <p className="quiet-text">
              {job.iterations.length.toLocaleString("en")} iterations change some of these.
            </p>
          )}
        </>
      )}
    </OfPayload>
  );
}

const noiseNames: Readonly<Record<keyof NoiseModel, string>> = {
  brightness: "Brightness of the source",
  indistinguishability: "Indistinguishability",
  g2: "Second-order autocorrelation g²",
  g2Distinguishable: "Second photons are told apart",
  transmittance: "Transmittance",
  phaseImprecision: "Phase imprecision",
  phaseError: "Phase error",
};

function parametersOf(job: PhotonicJob): (readonly [string, ReactNode])[] {
  const { experiment } = job;
  const count = (value: number | undefined) =>
    value === undefined ? "not given" : value.toLocaleString("en");
  return [
    ["Command", <code key="command">{job.command}</code>],
    ["Input", describeInput(experiment)],
    ["Modes", experiment.modes],
    ["Shots at most", count(job.maxShots)],
    ["Samples at most", count(job.maxSamples)],
    ["Fewest detected photons", experiment.minDetectedPhotons],
    [
      "Post-selection",
      experiment.postSelection === undefined ? "none" : printPostSelection(experiment.postSelection),
    ],
    ["Detectors", job.thresholded ? "all threshold" : describeDetectors(experiment)],
  ];
}

/** The payload as it was sent, to read and to keep. */
export function PayloadTab({ jobId }: { readonly jobId: string }): ReactNode {
  const data = useAnswer(getJobData, { params: { id: jobId } });
  return (
    <Answered query={data}>
      {({ payload, pcvl_version }) => {
        const text = JSON.stringify(payload, null, 2);
        return (
          <>
            <p className="row spread">
              <span className="quiet-text">
                {pcvl_version === null
                  ? "Sent by a client that gave no version."
                  : `Sent by Perceval ${pcvl_version}.`}
              </span>
              <button type="button" onClick={() => save(`${jobId}-payload.json`, "application/json", text)}>
                Save as JSON
              </button>
            </p>
            <CodeBlock label="Payload" code={text} />
          </>
        );
      }}
    </Answered>
  );
}

function OfPayload(props: {
  readonly jobId: string;
  readonly children: (job: PhotonicJob) => ReactNode;
}): ReactNode {
  const data = useAnswer(getJobData, { params: { id: props.jobId } });
  return <Answered query={data}>{(answer) => <Decoded data={answer}>{props.children}</Decoded>}</Answered>;
}

function Decoded({
  data,
  children,
}: {
  readonly data: Data;
  readonly children: (job: PhotonicJob) => ReactNode;
}) {
  const decoded = useMemo(() => decode(data.payload), [data.payload]);
  if (decoded instanceof BadPayload) {
    return (
      <EmptyState title="This payload cannot be shown">
        <p>{decoded.message}</p>
      </EmptyState>
    );
  }
  return children(decoded);
}

function decode(payload: Data["payload"]): PhotonicJob | BadPayload {
  try {
    return decodePayload(payload);
  } catch (error) {
    if (error instanceof BadPayload) return error;
    throw error;
  }
}
