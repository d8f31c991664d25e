import { monitorEventLoopDelay } from 'node:perf_hooks';
import { readConfig } from '../../../src/config.ts';
import { serve } from '../../../src/serve.ts';

/** What the bench asks; the answer is a LoopDelay in milliseconds since the last question. */
export type LoopDelay = { readonly p50: number; readonly p99: number; readonly max: number };

const resolution = 1;
const histogram = monitorEventLoopDelay({ resolution });
const service = await serve(readConfig(process.env));
process.on('message', () => {
  histogram.disable();
  // The timer's own period is part of what it measures.
  const toDelay = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e6 - resolution);
  const delay: LoopDelay = {
    p50: toDelay(histogram.percentile(50)),
    p99: toDelay(histogram.percentile(99)),
    max: toDelay(histogram.max),
  };
  histogram.reset();
  histogram.enable();
  process.send!(delay);
});
process.send!({ port: service.port });
