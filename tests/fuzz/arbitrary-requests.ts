import fc from 'fast-check';
import { edited } from './edits.ts';
import { feedPaths, headers, otherPaths, smuggled, targetScraps } from './wire-parts.ts';

/** What is sent over one connection, one character for each byte, and what has to come of it. */
export type WireCase = {
  readonly bytes: string;
  /** Parts of the whole, in ten-thousandths, at which the writing pauses. */
  readonly pauses: readonly number[];
  /** How it ends: waiting for the answers, or closing the connection before them. */
  readonly ending: 'wait' | 'leave';
  /** What has to be answered; undefined where the bytes are none that a client should send. */
  readonly expected: readonly Expected[] | undefined;
  /** No more answers than these may come. */
  readonly most: number;
};

/** `isFeed` when the target is a feed's: then no fault of the server is an answer. */
export type Expected = { readonly method: string; readonly isFeed: boolean };

type Request = { readonly method: string; readonly target: string; readonly isFeed: boolean; readonly lines: string };

const method = fc.oneof(
  { weight: 8, arbitrary: fc.constant('GET') },
  { weight: 2, arbitrary: fc.constant('HEAD') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('OPTIONS', 'POST', 'PUT', 'DELETE', 'PATCH', 'TRACE', 'PROPFIND', 'PURGE', 'M-SEARCH'),
  },
);
const query = fc.constantFrom('', '', '', '?utm_source=x', '?page=1', '?_=1', '?a[b]=c&a=%', '?%00');
const prefix = fc.constantFrom('', '', '/base', 'http://news.example.com', 'HTTP://x/base', 'http://x:80');
const feedTarget = fc
  .tuple(prefix, fc.constantFrom(...feedPaths), query)
  .map(([start, path, rest]) => ({ target: start + path + rest, isFeed: true }));
// A space or a control character ends a target, and is left to the requests that nobody should send.
const plain = (text: string): string => text.replace(/[^\x21-\x7e]/g, encodeURIComponent);
const otherTarget = fc
  .tuple(prefix, edited(fc.constantFrom(...feedPaths, ...otherPaths), fc.constantFrom(...targetScraps), 300))
  .map(([start, path]) => ({ target: plain(start + (path.startsWith('/') ? path : `/${path}`)), isFeed: false }));

// Those that say where a request ends, or that it is to be another protocol, are the builder's.
const harmless = headers.filter((header) => !/^(?:host|connection)\b/i.test(header));
const headerLines = fc.oneof(
  { weight: 10, arbitrary: fc.array(fc.constantFrom(...harmless), { maxLength: 8 }) },
  { weight: 1, arbitrary: fc.array(fc.constantFrom(...harmless), { minLength: 40, maxLength: 90, size: 'max' }) },
);

/** Node takes 16 kB of headers and no more. */
const mostHeaders = 15_000;

const request: fc.Arbitrary<Request> = fc
  .tuple(method, fc.oneof(feedTarget, otherTarget), headerLines)
  .map(([verb, { target, isFeed }, lines]) => {
    const all = lines.map((line) => `${line}\r\n`).join('');
    const fits = target.length + all.length < mostHeaders;
    return { method: verb, target: fits ? target : '/', isFeed: fits && isFeed, lines: fits ? all : '' };
  });

function toBytes({ method: verb, target, lines }: Request, isLast: boolean, version: string): string {
  const body = verb === 'POST' || verb === 'PUT' ? 'abc' : '';
  const length = body === '' ? '' : `Content-Length: ${body.length}\r\n`;
  const end = isLast ? 'Connection: close\r\n' : '';
  return `${verb} ${target} HTTP/${version}\r\nHost: news.example.com\r\n${lines}${length}${end}\r\n${body}`;
}

const version = fc.oneof({ weight: 5, arbitrary: fc.constant('1.1') }, { weight: 1, arbitrary: fc.constant('1.0') });
const pauses = fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, fc.array(fc.nat({ max: 10_000 }), { maxLength: 4 }));
const ending = fc.oneof(
  { weight: 12, arbitrary: fc.constant('wait' as const) },
  { weight: 1, arbitrary: fc.constant('leave' as const) },
);

const wellFormed: fc.Arbitrary<WireCase> = fc
  .tuple(fc.array(request, { minLength: 1, maxLength: 5 }), version, pauses, ending)
  .map(([all, spoken, pause, end]) => {
    // A server of HTTP/1.0 may close after each answer.
    const requests = spoken === '1.0' ? all.slice(0, 1) : all;
    return {
      bytes: requests.map((one, index) => toBytes(one, index === requests.length - 1, spoken)).join(''),
      pauses: pause,
      ending: end,
      expected: requests,
      most: requests.length,
    };
  });

const wireScrap = fc.oneof(
  fc.constantFrom(...targetScraps, ...headers.map((line) => `${line}\r\n`)),
  fc.constantFrom(
    '\r\n',
    '\n',
    '\r',
    ' ',
    '\t',
    '\0',
    ':',
    'HTTP/9.9',
    'HTTP/1.1',
    'HTTP/2.0',
    'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  ),
  fc.constantFrom(
    'Upgrade: websocket\r\nConnection: Upgrade\r\n',
    'Upgrade: h2c\r\n',
    'Expect: 100-continue\r\n',
    'Expect: x\r\n',
  ),
  fc.constantFrom(
    'Content-Length: 9\r\n',
    'Transfer-Encoding: chunked\r\n',
    '5\r\nabcde\r\n',
    '0\r\n\r\n',
    'CONNECT x:1 HTTP/1.1\r\n\r\n',
  ),
  fc.constantFrom('\x16\x03\x01\x02\x00\x01', 'GET', '*', 'X'.repeat(20_000), 'X: y\r\n'.repeat(3000)),
  fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 8 }).map((codes) => String.fromCharCode(...codes)),
);
const broken: fc.Arbitrary<WireCase> = fc
  .tuple(
    edited(
      fc.array(request, { minLength: 1, maxLength: 3 }).map((requests) =>
        // How an answer to HEAD ends could not be told where nobody knows whether it is one.
        requests.map((one, index) => toBytes({ ...one, method: 'GET' }, index === requests.length - 1, '1.1')).join(''),
      ),
      wireScrap,
      50,
    ),
    pauses,
    ending,
  )
  .map(([bytes, pause, end]) => ({
    bytes: bytes.replaceAll('HEAD', 'HEAP'),
    pauses: pause,
    ending: end,
    expected: undefined,
    most: Number.POSITIVE_INFINITY,
  }));

const smuggling: fc.Arbitrary<WireCase> = fc
  .tuple(fc.constantFrom('GET', 'POST'), fc.constantFrom(...smuggled), pauses)
  .map(([verb, rest, pause]) => ({
    bytes: `${verb} /articles/ HTTP/1.1\r\nHost: x\r\n${rest}`.replace(/Host: x\r\nHost: x/, 'Host: x'),
    pauses: pause,
    ending: 'wait',
    expected: undefined,
    most: 1,
  }));

/** All that comes over a connection to a server that anybody can reach. */
export const arbitraryWireCase: fc.Arbitrary<WireCase> = fc.oneof(
  { weight: 10, arbitrary: wellFormed },
  { weight: 4, arbitrary: broken },
  { weight: 1, arbitrary: smuggling },
);
