import { defineConfig, type ViteUserConfig } from 'vitest/config';

const config: ViteUserConfig = defineConfig({ test: { globalSetup: 'tests/temporary-folder.ts' } });

export default config;
