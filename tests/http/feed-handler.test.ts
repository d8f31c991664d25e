import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { applyChange, type Edition } from '../../src/edition/edition.ts';
import { createFeedHandler } from '../../src/http/feed-handler.ts';
import { createFreshness } from '../../src/http/freshness.ts';
import { Desk } from '../harness.ts';
import { ask } from './raw.ts';

let server: Server;
let origin: string;
let edition: Edition | undefined;

beforeAll(async () => {
  const desk = new Desk();
  desk.write({ 'one.md': '# One\n\nText.\n' });
  edition = applyChange(undefined, (await desk.refresh()).change);
  const app = express();
  const freshness = createFreshness(() => undefined);
  const none = (): Promise<never> => Promise.reject(new Error('none'));
  const pages = { head: () => undefined, document: none, encode: none };
  app.use('/news', createFeedHandler({ current: () => edition, pages, freshness, prefix: '', count: () => undefined }));
  app.use((request, response) => void response.status(418).send(request.originalUrl));
  server = createServer(app).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

test('it answers below a path of anybody’s Express app, and passes on what is not a feed', async () => {
  const feed = await ask(origin, 'GET /news/rss.xml');
  expect([feed.status, feed.header('content-type')]).toEqual([200, 'application/rss+xml; charset=utf-8']);
  expect((await ask(origin, 'GET /news/feed/', [`If-None-Match: ${feed.header('etag')}`])).status).toBe(304);
  expect((await ask(origin, 'OPTIONS /news/rss.xml')).status).toBe(204);
  for (const path of ['/news/other', '/rss.xml']) {
    const other = await ask(origin, `GET ${path}`);
    expect([other.status, other.body.toString()]).toEqual([418, path]);
  }
});

test('before there is an edition it passes everything on', async () => {
  const kept = edition;
  edition = undefined;
  expect((await ask(origin, 'GET /news/rss.xml')).status).toBe(418);
  edition = kept;
});
