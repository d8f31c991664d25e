import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** All tests that need nothing installed but the packages. */
const config: ViteUserConfig = defineConfig({
  test: { globalSetup: 'tests/temporary-folder.ts', testTimeout: 60_000, hookTimeout: 60_000 },
});

export default config;
