import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** Checks by programs that have to be installed on the machine: `.ci/run` names their packages. */
const config: ViteUserConfig = defineConfig({
  test: {
    globalSetup: 'tests/temporary-folder.ts',
    include: ['tests/readers/*.readers.ts', 'tests/postgres/*.postgres.ts', 'tests/faults/*.readers.ts'],
    // Browsers and readers are programs that we do not control: what goes wrong has to go wrong again.
    retry: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    fileParallelism: false,
  },
});

export default config;
