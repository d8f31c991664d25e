import { expect, test } from 'vitest';
import { mostConnections } from '../../src/http/most-connections.ts';

const limits = (files: string): string => `Limit                     Soft Limit           Hard Limit           Units
Max processes             96412                96412                processes
Max open files            ${files.padEnd(20)} 1048576              files
`;

test('readers leave descriptors to the store and the data folder, however few there are', () => {
  expect(mostConnections(limits('1048576'))).toBe(20_000);
  expect(mostConnections(limits('unlimited'))).toBe(20_000);
  expect(mostConnections('')).toBe(20_000);
  expect(mostConnections(limits('4096'))).toBe(3840);
  expect(mostConnections(limits('300'))).toBe(150);
});
