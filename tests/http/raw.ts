import { connect } from 'node:net';

/** One answer as it came over the wire. */
export type Raw = {
  readonly status: number;
  readonly version: string;
  /** In the order they came, names as they were written. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
  /** The value of a header, by its lower-case name. */
  readonly header: (name: string) => string | undefined;
};

/** The lines of a request with its end; `Host` and `Connection: close` unless they are among them. */
export function toRequest(start: string, headers: readonly string[] = []): string {
  const has = (name: string): boolean => headers.some((one) => one.toLowerCase().startsWith(`${name}:`));
  const lines = [
    start.endsWith('HTTP/1.0') || start.endsWith('HTTP/1.1') ? start : `${start} HTTP/1.1`,
    ...(has('host') ? [] : ['Host: any.example']),
    ...(has('connection') ? [] : ['Connection: close']),
    ...headers,
  ];
  return `${lines.join('\r\n')}\r\n\r\n`;
}

/** Sends bytes to a server and gives all that it answers until it closes the connection, or is silent for a while. */
export function exchange(origin: string, bytes: string, silence = 3000): Promise<Buffer> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(port), hostname, () => socket.write(bytes, 'latin1'));
    socket.setTimeout(silence, () => socket.destroy());
    socket.on('data', (chunk) => chunks.push(Buffer.from(chunk as Buffer)));
    socket.on('error', (error: NodeJS.ErrnoException) => (error.code === 'ECONNRESET' ? undefined : reject(error)));
    socket.on('close', () => resolve(Buffer.concat(chunks)));
  });
}

/** One request, one answer. */
export async function ask(origin: string, start: string, headers: readonly string[] = []): Promise<Raw> {
  const [answer] = parse(await exchange(origin, toRequest(start, headers)), [start.split(' ')[0]!]);
  if (answer === undefined) throw new Error(`no answer to ${start}`);
  return answer;
}

/** Takes a stream of answers apart; `methods` are those of the requests, since a HEAD is answered without a body. */
export function parse(stream: Buffer, methods: readonly string[]): readonly Raw[] {
  const answers: Raw[] = [];
  let rest = stream;
  for (const method of methods) {
    const end = rest.indexOf('\r\n\r\n');
    if (end === -1) break;
    const [start = '', ...lines] = rest.subarray(0, end).toString('latin1').split('\r\n');
    const headers = lines.map((line) => {
      const colon = line.indexOf(': ');
      return [line.slice(0, colon), line.slice(colon + 2)] as const;
    });
    const header = (name: string): string | undefined => headers.find(([own]) => own.toLowerCase() === name)?.[1];
    const status = Number(start.split(' ')[1]);
    const hasBody = method !== 'HEAD' && status !== 304 && status !== 204;
    const length = header('content-length');
    const size = !hasBody ? 0 : length === undefined ? rest.length - end - 4 : Number(length);
    const body = rest.subarray(end + 4, end + 4 + size);
    answers.push({ status, version: start.split(' ')[0]!, headers, header, body });
    rest = rest.subarray(end + 4 + size);
  }
  return answers;
}
