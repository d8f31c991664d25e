import { bestEncodings, type Resource } from './resource.ts';

/** Makes quick encodings small ones while there is nothing else to do. */
export type Polisher = {
  /** Notes that this path's resource is new. */
  readonly add: (path: string) => void;
  readonly pause: () => void;
  readonly resume: () => void;
};

export type PolisherParts = {
  /** The resource as it stands now; undefined when it is no more. */
  readonly find: (path: string) => Resource | undefined;
  readonly deliver: (resource: Resource) => void;
  /** Called when all is done. */
  readonly onRest: () => void;
};

/** Starts paused. One resource is made at a time, so that whatever comes in between waits for no other. */
export function createPolisher({ find, deliver, onRest }: PolisherParts): Polisher {
  const waiting = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const step = (): void => {
    const [path] = waiting;
    if (path === undefined) return;
    waiting.delete(path);
    const resource = find(path);
    if (resource !== undefined && resource.isBest !== true)
      deliver({ ...resource, ...bestEncodings(resource.identity), isBest: true });
    if (waiting.size === 0) onRest();
    timer = setTimeout(step, 10);
  };
  return {
    add: (path) => waiting.add(path),
    pause: () => clearTimeout(timer),
    resume: () => {
      clearTimeout(timer);
      timer = setTimeout(step, 100);
    },
  };
}
