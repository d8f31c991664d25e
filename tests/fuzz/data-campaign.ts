import { arbitraryFolder, showFile } from './arbitrary-files.ts';
import { publishFolder, timeToRead } from './publish.ts';
import { type Campaign, type CampaignFigures, leastOf, play } from './rounds.ts';

/** Fuzzes the way from files to documents. `mostMilliseconds` is how long reading one file may take. */
export function fuzzData(
  campaign: Campaign,
  mostMilliseconds: number = Number.POSITIVE_INFINITY,
): Promise<CampaignFigures> {
  const rounds = {
    arbitrary: arbitraryFolder,
    casesOf: ({ length }: { readonly length: number }) => length,
    examine: async (files: Parameters<typeof publishFolder>[0], took: (milliseconds: number) => void) => {
      const measure = (): number => Math.max(...files.map(timeToRead));
      const slowest = await leastOf(measure(), measure, mostMilliseconds);
      took(slowest);
      if (slowest > mostMilliseconds) return `${Math.round(slowest)} ms to read a file`;
      return publishFolder(files);
    },
    show: (files: Parameters<typeof publishFolder>[0]) => files.map(showFile).join('\n'),
    parallel: 1,
  };
  return play(rounds, campaign);
}
