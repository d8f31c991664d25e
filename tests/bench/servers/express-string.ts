import type { AddressInfo } from 'node:net';
import compression from 'compression';
import express from 'express';
import { type Content, onContent } from './content.ts';

/** Express as most would write it: a kept string, and `compression`. */
let content: Content;
onContent((next) => {
  content = next;
});

const app = express();
app.use(compression());
app.get('/rss.xml', (_request, response) => {
  response.set('Last-Modified', content.lastModified);
  response.type('application/rss+xml').send(content.text);
});
const server = app.listen(0, '127.0.0.1', () => process.send!({ port: (server.address() as AddressInfo).port }));
