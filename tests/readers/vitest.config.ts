import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** Checks by feed readers that have to be installed on the machine: newsboat, sfeed, feedparser, jing. */
const config: ViteUserConfig = defineConfig({
  test: {
    include: ['tests/readers/*.readers.ts', 'tests/postgres/*.postgres.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    fileParallelism: false,
  },
});

export default config;
