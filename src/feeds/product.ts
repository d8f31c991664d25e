/** The generator that documents name: without a version, so that new software changes no document. */
export const generator = { name: 'Linecaster', uri: 'https://www.npmjs.com/package/linecaster' } as const;
