import { Worker } from 'node:worker_threads';

/** A worker that answers questions, as the main thread sees it. */
export type Clerk<Question, Found> = {
  /**
   * Rejects when the worker cannot answer, and when too much is asked at once. When it dies over the question another is
   * asked, and after that one too it rejects.
   */
  readonly ask: (question: Question) => Promise<Found>;
  /** Has another worker answer what is waiting and what is asked from now on; at most every ten seconds. */
  readonly renew: () => void;
  readonly close: () => Promise<void>;
};

/** What a worker posts: what it found, or the fault that kept it from finding. */
export type ClerkAnswer<Found> = { readonly id: number; readonly found?: Found; readonly fault?: string };

/** What it is posted. */
export type ClerkQuestion<Question> = { readonly id: number; readonly question: Question };

export type ClerkOptions = {
  readonly script: URL;
  readonly workerData: unknown;
  /** What errors begin with. */
  readonly name: string;
  /** Milliseconds without a question after which the worker may go; it stays when absent. */
  readonly patience?: number;
};

type Waiting<Question, Found> = {
  readonly question: Question;
  readonly resolve: (found: Found) => void;
  readonly reject: (error: Error) => void;
  /** Whether a worker has died over it. */
  hadWorker: boolean;
};

/** Milliseconds between two workers, when they are renewed. */
const renewMilliseconds = 10_000;

/** How many questions may wait for an answer. */
const mostWaiting = 256;

/** Starts the worker with the first question, and anew when it has died or gone. */
export function openClerk<Question, Found>(options: ClerkOptions): Clerk<Question, Found> {
  const { script, workerData, name, patience } = options;
  let worker: Worker | undefined;
  let rest: NodeJS.Timeout | undefined;
  let last = 0;
  let isRenewing = false;
  let renewedAt = Number.NEGATIVE_INFINITY;
  const waiting = new Map<number, Waiting<Question, Found>>();
  const dismiss = async (): Promise<void> => {
    const dismissed = worker;
    worker = undefined;
    await dismissed?.terminate();
  };
  const take = ({ id, found, fault }: ClerkAnswer<Found>): void => {
    const asker = waiting.get(id);
    waiting.delete(id);
    if (fault === undefined) asker?.resolve(found as Found);
    else asker?.reject(new Error(`${name}: ${fault}`));
    if (patience !== undefined && waiting.size === 0) rest = setTimeout(dismiss, patience).unref();
  };
  const post = (id: number, question: Question): void => {
    worker ??= hire();
    worker.postMessage({ id, question } satisfies ClerkQuestion<Question>);
  };
  const giveUp = (id: number): void => {
    waiting.get(id)?.reject(new Error(`${name}: the worker that reads them has ended`));
    waiting.delete(id);
  };
  const askAnother = (): void => {
    worker = undefined;
    const isRenewed = isRenewing;
    isRenewing = false;
    for (const [id, asker] of waiting) {
      if (asker.hadWorker && !isRenewed) giveUp(id);
      else {
        asker.hadWorker ||= !isRenewed;
        post(id, asker.question);
      }
    }
  };
  const hire = (): Worker => {
    const hired = new Worker(script, { workerData, resourceLimits: { maxYoungGenerationSizeMb: 12 } });
    hired.on('message', take);
    hired.on('error', () => undefined);
    // One that was let go has left nothing unanswered.
    hired.on('exit', () => (worker === hired ? askAnother() : undefined));
    return hired;
  };
  return {
    ask: (question) =>
      new Promise((resolve, reject) => {
        if (waiting.size >= mostWaiting) return reject(new Error(`${name}: too much is asked at once`));
        clearTimeout(rest);
        last += 1;
        waiting.set(last, { question, resolve, reject, hadWorker: false });
        post(last, question);
      }),
    renew: () => {
      if (worker === undefined || performance.now() - renewedAt < renewMilliseconds) return;
      renewedAt = performance.now();
      isRenewing = true;
      void worker.terminate();
    },
    close: async () => {
      clearTimeout(rest);
      const unanswered = [...waiting.keys()];
      await dismiss();
      for (const id of unanswered) giveUp(id);
    },
  };
}
