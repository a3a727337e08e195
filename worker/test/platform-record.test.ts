import { expect, test } from "vitest";
import { pretendQpuPlatform } from "../src/pretend-qpu/platform.ts";
import { keepPlatformRecord } from "../src/pretend-qpu/platform-record.ts";
import { silent } from "./fake-cloud.ts";
import { createVirtualMachine } from "./virtual-machine.ts";

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body: Record<string, unknown>;
}

function record(answer: (sent: Sent, count: number) => number) {
  const sent: Sent[] = [];
  const machine = createVirtualMachine(async (input, init) => {
    const request = {
      method: init?.method ?? "GET",
      path: new URL(String(input)).pathname,
      body: JSON.parse(String(init?.body)) as Record<string, unknown>,
    };
    sent.push(request);
    const status = answer(request, sent.length);
    if (status === 0) throw new TypeError("connection refused");
    const body = status === 200 ? { id: "p" } : { error: "No.", code: "not_allowed", detail: {} };
    return new Response(JSON.stringify(body), { status });
  });
  const cloud = { baseUrl: "http://cloud.test", token: "key", fetch: machine.fetch };
  const giveUp = new AbortController();
  const kept = keepPlatformRecord(pretendQpuPlatform, {
    cloud,
    machine,
    log: silent,
    giveUp: giveUp.signal,
  });
  const settled = async () => {
    let over = false;
    void kept.settled().then(() => {
      over = true;
    });
    await machine.advanceUntil(() => over);
  };
  return { kept, sent, settled };
}

test("a platform is announced once, and then what has changed is sent", async () => {
  const { kept, sent, settled } = record(() => 200);
  kept.tell({ status: "available", perfs: { "HOM (%)": 92 } });
  await settled();
  kept.tell({ status: "available", perfs: { "HOM (%)": 91.5 } });
  await settled();
  kept.tell({ status: "available", perfs: { "HOM (%)": 91.5 } });
  await settled();
  expect(sent).toEqual([
    { method: "POST", path: "/admin/platforms/register", body: pretendQpuPlatform },
    {
      method: "PATCH",
      path: "/admin/platforms/p",
      body: { status: "available", perfs: { "HOM (%)": 92 } },
    },
    { method: "PATCH", path: "/admin/platforms/p", body: { perfs: { "HOM (%)": 91.5 } } },
  ]);
});

test("while the cloud is away only the latest is kept, and it arrives", async () => {
  const { kept, sent, settled } = record((_, count) => (count < 4 ? 0 : 200));
  kept.tell({ status: "available", perfs: { "HOM (%)": 92 } });
  for (const percent of [91, 90, 89]) kept.tell({ perfs: { "HOM (%)": percent } });
  kept.tell({ status: "maintenance" });
  await settled();
  const changes = sent.filter(({ method }) => method === "PATCH").map(({ body }) => body);
  expect(changes).toEqual([
    { status: "available", perfs: { "HOM (%)": 92 } },
    { status: "maintenance", perfs: { "HOM (%)": 89 } },
  ]);
});

test("a refusal is not repeated, and later changes are sent all the same", async () => {
  const { kept, sent, settled } = record(({ method }, count) =>
    method === "PATCH" && count === 2 ? 403 : 200,
  );
  kept.tell({ status: "available" });
  await settled();
  kept.tell({ status: "maintenance" });
  await settled();
  const changes = sent.filter(({ method }) => method === "PATCH").map(({ body }) => body);
  expect(changes).toEqual([{ status: "available" }, { status: "maintenance" }]);
});
