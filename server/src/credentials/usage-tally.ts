import type { Queryable } from "../database/database.ts";
import { addUses, type Uses } from "./credential-store.ts";

/** Counts what credentials are used, and writes it down now and then: not with every request. */
export interface UsageTally {
  note(credentialId: number, address: string | null): void;
  /** Writes down what was counted since the last time. */
  flush(db: Queryable): Promise<void>;
}

export function createUsageTally(): UsageTally {
  let counted = new Map<number, Uses>();
  const add = ({ credentialId, uses, address }: Uses) => {
    const before = counted.get(credentialId)?.uses ?? 0;
    counted.set(credentialId, { credentialId, uses: before + uses, address });
  };
  return {
    note: (credentialId, address) => add({ credentialId, uses: 1, address }),
    async flush(db) {
      if (counted.size === 0) return;
      const uses = [...counted.values()];
      counted = new Map();
      try {
        await addUses(db, uses);
      } catch (error) {
        for (const each of uses) add(each);
        throw error;
      }
    },
  };
}
