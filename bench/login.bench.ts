/**
 * Whether the time of a refusal tells if there is such an account: the chance that a random refusal of an account that
 * exists took longer than one of an account that does not (0.5 tells nothing), and how long both take.
 */
import { openEmbedded } from "../server/src/database/embedded.ts";
import { migrate } from "../server/src/database/migrate.ts";
import { logIn } from "../server/src/logins/login.ts";
import { hashPassword } from "../server/src/users/password.ts";
import { insertUser } from "../server/src/users/user-store.ts";

const rounds = 200;
const { pool, close } = await openEmbedded("memory");
await migrate(pool);
const passwordHash = await hashPassword("glass of two colours");
await insertUser(pool, { email: "somebody@example.org", passwordHash, isAdmin: false });

/** Milliseconds of one refusal. Half a day passes between attempts, so that none is delayed. */
let attempts = 0;
async function refuse(email: string): Promise<number> {
  const at = new Date(Date.UTC(2026, 0, 1) + attempts++ * 43_200_000);
  const actor = {
    kind: "anyone",
    userId: null,
    credentialId: null,
    address: "192.0.2.1",
    requestId: "r",
  } as const;
  const begun = performance.now();
  const refusal = await logIn({ db: pool, clock: () => at }, actor, { email, password: "wrong" }).catch(
    (error: { code?: string }) => error.code,
  );
  if (refusal !== "login_refused") throw new Error(`an attempt ended otherwise: ${refusal}`);
  return performance.now() - begun;
}

const known: number[] = [];
const unknown: number[] = [];
for (let i = 0; i < 10; i++) await refuse("warm@example.org");
for (let i = 0; i < rounds; i++) {
  // Either may come first, so that a drift of the machine's load favours none.
  const first = i % 2 === 0 ? "somebody" : "nobody";
  for (const name of [first, first === "nobody" ? "somebody" : "nobody"]) {
    (name === "somebody" ? known : unknown).push(await refuse(`${name}@example.org`));
  }
}
await close();

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
let longer = 0;
for (const a of known) for (const b of unknown) longer += a > b ? 1 : a === b ? 0.5 : 0;
console.log(`Node ${process.version}, ${process.arch}, ${rounds} refusals of each`);
console.log(`account that exists   median ${median(known).toFixed(1)} ms`);
console.log(`account that does not median ${median(unknown).toFixed(1)} ms`);
console.log(
  `a known one took longer than an unknown one in ${(longer / (known.length * unknown.length)).toFixed(3)} of the pairs`,
);
