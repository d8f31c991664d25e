import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Content, onContent } from './content.ts';

/** As little as node:http can do: three answers, made beforehand. */
let content: Content;
let identity: Buffer;
let gzip: Buffer;
onContent((next) => {
  content = next;
  identity = Buffer.from(next.text);
  gzip = Buffer.from(next.gzip, 'base64');
});

const server = createServer({ keepAliveTimeout: 75_000, noDelay: true }, (request, response) => {
  const { headers } = request;
  if (headers['if-none-match'] === content.etag || headers['if-modified-since'] === content.lastModified) {
    response.writeHead(304, content.notModifiedHeaders as string[]).end();
  } else if (headers['accept-encoding']?.includes('gzip')) {
    response.writeHead(200, content.gzipHeaders as string[]).end(gzip);
  } else response.writeHead(200, content.identityHeaders as string[]).end(identity);
});
server.listen(0, '127.0.0.1', () => process.send!({ port: (server.address() as AddressInfo).port }));
