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
export const accountFromNetwork: GuardRule = { free: 5, firstPauseS: 2, pauseMaxS: 900, halfLifeS: 21_600 };

/**
 * An account tried from all networks that it has not logged in from: guessers with many networks get slow, and its
 * owner, who comes from a new one, has not long to wait.
 */
export const account: GuardRule = { free: 10, firstPauseS: 1, pauseMaxS: 30, halfLifeS: 3_600 };

/** A network from which all sorts of accounts are tried. */
export const network: GuardRule = { free: 20, firstPauseS: 1, pauseMaxS: 60, halfLifeS: 600 };

/** A failure more. It is counted before the password is looked at: attempts made at once get in each other's way. */
export function afterFailure(rule: GuardRule, guard: Guard, now: Date): Guard {
  const failures = failuresAt(rule, guard, now) + 1;
  const doublings = failures - rule.free - 1;
  const pauseS = doublings < 0 ? 0 : Math.min(rule.pauseMaxS, rule.firstPauseS * 2 ** doublings);
  return { failures, at: now, notBefore: new Date(now.getTime() + pauseS * 1000) };
}

/** What was counted is no failure after all. The pause that it began stays: somebody else may have begun it. */
export function afterSuccess(rule: GuardRule, guard: Guard, now: Date): Guard {
  return { ...guard, failures: Math.max(0, failuresAt(rule, guard, now) - 1), at: now };
}

function failuresAt(rule: GuardRule, { failures, at }: Guard, now: Date): number {
  const passedS = Math.max(0, now.getTime() - at.getTime()) / 1000;
  return failures * 2 ** (-passedS / rule.halfLifeS);
}
