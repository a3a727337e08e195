import { requireThat } from "./assertion-error.ts";
import type { CloudContext } from "./cloud-context.ts";
import type { User } from "./user.ts";

/** On which cloud, and as whom, something is done. */
export interface Acting {
  readonly context: CloudContext;
  readonly user: User;
}

/**
 * Something that the cloud keeps. It remembers the cloud and the user of the last call, so that the calls after it
 * need not name them again.
 */
export abstract class CloudObject {
  #acting: Acting | undefined;

  /**
   * The cloud and user that are given, or else those of the last call.
   * @throws {AssertionError} when there was none
   */
  protected acting(context: CloudContext | undefined, user: User | undefined): Acting {
    const acting = { context: context ?? this.#acting?.context, user: user ?? this.#acting?.user };
    requireThat(
      acting.context !== undefined && acting.user !== undefined,
      `This ${this.constructor.name} does not know its cloud yet: give the context and the user, or create or read it first.`,
    );
    this.#acting = { context: acting.context, user: acting.user };
    return this.#acting;
  }
}
