/** The heap of a process's main thread. */
export type LiveHeap = {
  /** Megabytes that are in use once garbage was collected. */
  readonly measure: () => Promise<number>;
  readonly close: () => void;
};

/** What makes Node answer for its heap on a port of the loopback interface, as an option of the command line. */
export function inspectOption(port: number): string {
  return `--inspect=127.0.0.1:${port} --inspect-publish-uid=http`;
}

/** Connects to a process that was started with `inspectOption`, by the protocol of its inspector. */
export async function openLiveHeap(port: number): Promise<LiveHeap> {
  const [target] = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as [
    { readonly webSocketDebuggerUrl: string },
  ];
  const socket = new WebSocket(target.webSocketDebuggerUrl);
  const waiting = new Map<number, (result: unknown) => void>();
  socket.addEventListener('message', ({ data }) => {
    const { id, result } = JSON.parse(String(data)) as { readonly id?: number; readonly result?: unknown };
    if (id === undefined) return;
    waiting.get(id)?.(result);
    waiting.delete(id);
  });
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', () => reject(new Error('bench: the inspector does not answer')));
  });
  let last = 0;
  const ask = (method: string): Promise<unknown> => {
    last += 1;
    socket.send(JSON.stringify({ id: last, method }));
    return new Promise((resolve) => waiting.set(last, resolve));
  };
  return {
    measure: async () => {
      await ask('HeapProfiler.collectGarbage');
      const { usedSize } = (await ask('Runtime.getHeapUsage')) as { readonly usedSize: number };
      return usedSize / 2 ** 20;
    },
    close: () => socket.close(),
  };
}
