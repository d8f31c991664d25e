import type { AddressInfo } from 'node:net';
import compression from 'compression';
import express from 'express';
import { Feed } from 'feed';
import { type Content, onContent } from './content.ts';

/** Express with `feed` rendering on every request. */
let content: Content;
onContent((next) => {
  content = next;
});

function render(): string {
  const feed = new Feed({
    title: 'Bench',
    link: 'https://news.example.com/',
    id: 'https://news.example.com/',
    updated: new Date(content.lastModified),
  });
  for (const item of content.items) {
    const { id, url, title, summary, content_html, authors, tags } = item;
    feed.addItem({
      id,
      link: url,
      title,
      date: new Date(item.date_modified),
      published: new Date(item.date_published),
      ...(summary === undefined ? {} : { description: summary }),
      ...(content_html === undefined ? {} : { content: content_html }),
      ...(authors === undefined ? {} : { author: authors.map(({ name }) => ({ name })) }),
      ...(tags === undefined ? {} : { category: tags.map((name) => ({ name })) }),
    });
  }
  return feed.rss2();
}

const app = express();
app.use(compression());
app.get('/rss.xml', (_request, response) => {
  response.set('Last-Modified', content.lastModified);
  response.type('application/rss+xml').send(render());
});
const server = app.listen(0, '127.0.0.1', () => process.send!({ port: (server.address() as AddressInfo).port }));
