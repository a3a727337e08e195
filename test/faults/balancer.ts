import type { AddressInfo } from "node:net";
import { connect, createServer, type Socket } from "node:net";

/** What stands between two sides that talk over TCP: it shares connections out, and can be told to fail. */
export interface Balancer {
  readonly port: number;
  /** Where new connections go, in turns. Those that are open stay where they are. */
  route(ports: readonly number[]): void;
  /** Breaks every connection and refuses new ones. */
  cut(): void;
  /** Passes nothing on, in either direction, and says nothing: a cable that was pulled out. */
  stall(): void;
  /** Connects again; what is stalled goes on. */
  mend(): void;
  close(): Promise<void>;
}

interface Pair {
  readonly near: Socket;
  readonly far: Socket;
}

export async function startBalancer(ports: readonly number[] = []): Promise<Balancer> {
  let targets = ports;
  let turn = 0;
  let state: "whole" | "cut" | "stalled" = "whole";
  const pairs = new Set<Pair>();

  const server = createServer({ pauseOnConnect: true }, (near) => {
    const port = targets[turn++ % targets.length];
    if (state === "cut" || port === undefined) {
      near.resetAndDestroy();
      return;
    }
    const pair = { near, far: connect(port, "127.0.0.1") };
    pairs.add(pair);
    join(pair);
    if (state === "whole") flow(pair);
    else pair.far.pause();
  });

  function join(pair: Pair): void {
    for (const [from, to] of [
      [pair.near, pair.far],
      [pair.far, pair.near],
    ] as const) {
      from.setNoDelay(true);
      from.on("data", (chunk) => {
        if (!to.write(chunk)) from.pause();
      });
      to.on("drain", () => {
        if (state === "whole") from.resume();
      });
      from.on("end", () => to.end());
      from.on("error", () => to.destroy());
      from.on("close", () => {
        to.destroy();
        pairs.delete(pair);
      });
    }
  }

  function flow({ near, far }: Pair): void {
    near.resume();
    far.resume();
  }

  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    port: (server.address() as AddressInfo).port,
    route(ports) {
      targets = ports;
    },
    cut() {
      state = "cut";
      for (const { near, far } of pairs) {
        near.resetAndDestroy();
        far.resetAndDestroy();
      }
    },
    stall() {
      state = "stalled";
      for (const { near, far } of pairs) {
        near.pause();
        far.pause();
      }
    },
    mend() {
      state = "whole";
      for (const pair of pairs) flow(pair);
    },
    close() {
      for (const { near, far } of pairs) {
        near.destroy();
        far.destroy();
      }
      return new Promise((closed) => server.close(() => closed()));
    },
  };
}
