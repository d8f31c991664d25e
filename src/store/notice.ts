/** Something to be said to another server once an edition stands; it lies in the outbox until it was taken. */
export type Notice = {
  readonly kind: 'websub' | 'hook';
  /** The hub, or the hook, that it is said to. */
  readonly target: string;
  /** The URL of the document that changed; of a hook, the id of the edition. */
  readonly topic: string;
  /** What is posted. */
  readonly body: string;
  /** Milliseconds since 1970 when it was first due. */
  readonly created: number;
  /** Milliseconds since 1970; nothing is said before. */
  readonly due: number;
};

/** A notice in the outbox, with what became of it so far. */
export type PendingNotice = Notice & {
  readonly id: number;
  readonly tries: number;
};

/** How things stand with one target's topic. */
export type NoticeStatus = Notice & {
  readonly tries: number;
  readonly state: 'pending' | 'taken' | 'given up';
  readonly lastError?: string;
};

/** Notices that outlive a restart. Two processes on one store never hold the same one. */
export interface Outbox {
  /** The time of the earliest notice that is not done; undefined when there is none. */
  nextDue(): Promise<number | undefined>;
  /** Takes the notice that has been due longest, for this process alone until `now + holdMilliseconds`. */
  claim(now: number, holdMilliseconds: number): Promise<PendingNotice | undefined>;
  /** Lets go of a notice that was claimed and not told. */
  release(notice: PendingNotice): Promise<void>;
  /**
   * Resolves once all processes that serve show what the store holds when it is called, and when `isOver`. A process that
   * is ten seconds late is not waited for, nor again before it shows what it was late with.
   */
  settled(isOver: () => boolean): Promise<void>;
  /**
   * Notes that it was taken by a post that began at `began`, unless it was renewed in the meantime, or what it tells
   * of was to be had only later: then it is due again.
   */
  taken(notice: PendingNotice, began: number): Promise<void>;
  /** Notes a failure; without `again` (milliseconds since 1970) it is given up. */
  failed(notice: PendingNotice, error: string, again: number | undefined): Promise<void>;
  status(): Promise<readonly NoticeStatus[]>;
}
