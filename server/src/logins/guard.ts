/** When the next attempt may be made at something that is guarded against guessing. */
export interface Guard {
  /** Failures as they count at `at`. */
  readonly failures: number;
  readonly at: Date;
  readonly notBefore: Date;
}

export interface GuardRule {
  /** Failures after which there is no pause yet. */
  readonly free: number;
  /** The pause after the next one; each further failure doubles it. */
  readonly firstPauseS: number;
  readonly pauseMaxS: number;
  /** The time in which failures come to count half. */
  readonly halfLifeS: number;
}

/** An account tried from one network: a guesser there gets slow soon, and nobody else does. */
const accountFromNetwork: GuardRule = { free: 5, firstPauseS: 2, pauseMaxS: 900, halfLifeS: 21_600 };

/**
 * An account tried from all networks that it has not logged in from: guessers with many networks get slow, and its
 * owner, who comes from a new one, has not long to wait.
 */
const accountFromStrangers: GuardRule = { free: 10, firstPauseS: 1, pauseMaxS: 30, halfLifeS: 3_600 };

/** A network from which all sorts of accounts are tried. */
const anyFromNetwork: GuardRule = { free: 20, firstPauseS: 1, pauseMaxS: 60, halfLifeS: 600 };

/** The key of the guard of an account tried from one network. */
export function pairKey(account: string, network: string): string {
  return `account ${account} from ${network}`;
}

/** What guards an attempt, by the keys under which it is counted. */
export function rulesFor(attempt: {
  account: string;
  network: string;
  /** Whether the account has logged in from there. */
  isKnown: boolean;
}): Map<string, GuardRule> {
  const { account, network, isKnown } = attempt;
  const rules = new Map([
    [pairKey(account, network), accountFromNetwork],
    [`network ${network}`, anyFromNetwork],
  ]);
  if (!isKnown) rules.set(`account ${account}`, accountFromStrangers);
  return rules;
}

/** When an attempt may be made that all of these guard. */
export function latest(guards: ReadonlyMap<string, Guard>): Date {
  return new Date(Math.max(...[...guards.values()].map(({ notBefore }) => notBefore.getTime())));
}

/** A failure more. It is counted before the password is looked at: attempts made at once get in each other's way. */
export function afterFailure(
  rules: ReadonlyMap<string, GuardRule>,
  guards: ReadonlyMap<string, Guard>,
  now: Date,
): Map<string, Guard> {
  return changed(rules, guards, (rule, guard) => {
    const failures = failuresAt(rule, guard, now) + 1;
    const doublings = failures - rule.free - 1;
    const pauseS = doublings < 0 ? 0 : Math.min(rule.pauseMaxS, rule.firstPauseS * 2 ** doublings);
    return { failures, at: now, notBefore: new Date(now.getTime() + pauseS * 1000) };
  });
}

/** What was counted is no failure after all. The pause that it began stays: somebody else may have begun it. */
export function afterSuccess(
  rules: ReadonlyMap<string, GuardRule>,
  guards: ReadonlyMap<string, Guard>,
  now: Date,
): Map<string, Guard> {
  return changed(rules, guards, (rule, guard) => ({
    ...guard,
    failures: Math.max(0, failuresAt(rule, guard, now) - 1),
    at: now,
  }));
}

function changed(
  rules: ReadonlyMap<string, GuardRule>,
  guards: ReadonlyMap<string, Guard>,
  change: (rule: GuardRule, guard: Guard) => Guard,
): Map<string, Guard> {
  return new Map([...guards].map(([key, guard]) => [key, change(rules.get(key)!, guard)]));
}

function failuresAt(rule: GuardRule, { failures, at }: Guard, now: Date): number {
  const passedS = Math.max(0, now.getTime() - at.getTime()) / 1000;
  return failures * 2 ** (-passedS / rule.halfLifeS);
}
