/**
 * The order of the fair queue by its definition: slow, in memory, and written without the database's statements in
 * mind. One platform and one priority; whoever has several compares several models.
 */
export interface ModelOwner {
  readonly name: string;
  /** Its company, or itself. */
  readonly group: string;
  readonly share: number;
}

interface ModelJob {
  readonly id: string;
  readonly owner: ModelOwner;
  readonly age: number;
  state: "waiting" | "running" | "suspended" | "ended";
  attempted: boolean;
  slot: number;
  place: number;
}

export interface QueueModel {
  submit(id: string, owner: ModelOwner): void;
  /** The job whose turn it is, which runs from then on. */
  claim(): string | undefined;
  /** Its worker hands it back. */
  release(id: string): void;
  cancel(id: string): void;
  suspend(id: string): void;
  resume(id: string): void;
  inState(state: ModelJob["state"]): string[];
}

const firstStep = 1 - 1 / 1024;

export function createQueueModel(): QueueModel {
  const jobs = new Map<string, ModelJob>();
  const waiting = () => [...jobs.values()].filter(({ state }) => state === "waiting");
  const ofGroup = (group: string) => waiting().filter(({ owner }) => owner.group === group);
  const ofOwner = (name: string) => waiting().filter(({ owner }) => owner.name === name);

  /** What waits longest for its first attempt tells how far the queue has come. */
  function clockOf(list: readonly ModelJob[], tag: "slot" | "place"): number {
    const fresh = list.filter(({ attempted }) => !attempted);
    const tags = (fresh.length > 0 ? fresh : list).map((job) => job[tag]);
    return tags.length === 0 ? 0 : Math.min(...tags);
  }

  function takePlace(job: ModelJob): void {
    const step = 1 / job.owner.share;
    const slots = ofGroup(job.owner.group).map(({ slot }) => slot);
    const places = ofOwner(job.owner.name).map(({ place }) => place);
    job.slot = Math.max(...slots.map((slot) => slot + step), clockOf(waiting(), "slot") + firstStep * step);
    job.place = Math.max(
      ...places.map((place) => place + 1),
      clockOf(ofGroup(job.owner.group), "place") + firstStep,
    );
  }

  /**
   * The last of its group and of its owner move up to where the job was. The turn of a job that came back was its
   * own, besides those of its group.
   */
  function leave(job: ModelJob): void {
    if (job.attempted) return;
    const fresh = (list: ModelJob[]) => list.filter(({ attempted }) => !attempted);
    const lastSlot = fresh(ofGroup(job.owner.group)).sort((a, b) => b.slot - a.slot)[0];
    if (lastSlot !== undefined && lastSlot.slot > job.slot) lastSlot.slot = job.slot;
    const lastPlace = fresh(ofOwner(job.owner.name)).sort((a, b) => b.place - a.place)[0];
    if (lastPlace !== undefined && lastPlace.place > job.place) lastPlace.place = job.place;
  }

  return {
    submit(id, owner) {
      const job: ModelJob = {
        id,
        owner,
        age: jobs.size,
        state: "waiting",
        attempted: false,
        slot: 0,
        place: 0,
      };
      takePlace(job);
      jobs.set(id, job);
    },
    claim() {
      const slot = waiting().sort((a, b) => a.slot - b.slot || a.age - b.age)[0];
      if (slot === undefined) return undefined;
      const place = slot.attempted
        ? slot
        : ofGroup(slot.owner.group).sort((a, b) => a.place - b.place || a.age - b.age)[0]!;
      const next = place.attempted ? place : ofOwner(place.owner.name).sort((a, b) => a.age - b.age)[0]!;
      const left = { slot: next.slot, place: next.place };
      Object.assign(next, { slot: slot.slot, place: place.place });
      if (!next.attempted) {
        if (slot !== next) slot.slot = left.slot;
        if (place !== next) place.place = left.place;
      }
      next.state = "running";
      next.attempted = true;
      return next.id;
    },
    release(id) {
      jobs.get(id)!.state = "waiting";
    },
    cancel(id) {
      const job = jobs.get(id)!;
      const waited = job.state === "waiting";
      job.state = "ended";
      if (waited) leave(job);
    },
    suspend(id) {
      const job = jobs.get(id)!;
      const waited = job.state === "waiting";
      job.state = "suspended";
      if (waited) leave(job);
    },
    resume(id) {
      const job = jobs.get(id)!;
      takePlace(job);
      job.state = "waiting";
    },
    inState: (state) => [...jobs.values()].filter((job) => job.state === state).map(({ id }) => id),
  };
}
