import type { RequestListener } from 'node:http';
import { sendAnswer } from './answer.ts';
import { type AppParts, createApp, prefixOf } from './app.ts';
import { createFeedHandler, findDocument } from './feed-handler.ts';
import { createRateLimit } from './rate-limit.ts';
import { tooMany } from './refusals.ts';

/** What answers every request: the feed handler first, then the Express app. */
export function createListener(
  parts: AppParts,
  { perMinute, proxies }: { readonly perMinute: number | undefined; readonly proxies: number | undefined },
): RequestListener {
  const { current, freshness, count, pages, publicUrl } = parts;
  const prefix = prefixOf(publicUrl);
  const feeds = createFeedHandler({ current, pages, freshness, prefix, count });
  const app = createApp(parts);
  const answer: RequestListener = (request, response) => feeds(request, response, () => app(request, response));
  if (perMinute === undefined) return answer;
  const waitOf = createRateLimit({ perMinute, proxies });
  return (request, response) => {
    const wait = probes.has(request.url!) ? 0 : waitOf(request);
    if (wait === 0) return answer(request, response);
    const refusal = tooMany(wait);
    const document = findDocument(current(), request.url!, prefix);
    if (document !== undefined) count(request, document, refusal, freshness());
    sendAnswer(request, response, refusal);
  };
}

const probes: ReadonlySet<string> = new Set(['/livez', '/readyz', '/metrics']);
