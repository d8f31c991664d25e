import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applyChange, type Edition } from '../../src/edition/edition.ts';
import { Desk } from '../harness.ts';

const text = (edition: Edition | undefined, path: string): string =>
  new TextDecoder().decode(edition?.resources.get(path)?.identity);

describe.each([
  ['has just ended', Date.UTC(2026, 1, 8, 14)],
  ['ended long ago', Date.UTC(2026, 3, 8, 14)],
])('a main feed that %s, by its date alone', (_, later) => {
  const desk = new Desk();
  let going: Edition | undefined;
  let restarted: Edition | undefined;
  beforeAll(async () => {
    desk.write({
      'publication.yaml': 'title: Paper\ngone: [{ feed: headlines, ended: 2026-02-08T13:00:00Z }]\n',
      'one.md': '# One\n\nText.\n',
      'headlines.txt': 'Harbour opens its new pier\n',
    });
    going = applyChange(undefined, (await desk.refresh()).change);
    desk.now = later;
    going = applyChange(going, (await desk.refresh()).change);
    await desk.restart();
    restarted = applyChange(undefined, (await desk.restore())!.change);
  });
  afterAll(() => desk.restart());

  test('is answered as after a restart', () => {
    expect(text(going, '/headlines/feed.json')).toBe(text(restarted, '/headlines/feed.json'));
    expect(text(going, '/headlines/feed.json').includes('"expired": true')).toBe(later < Date.UTC(2026, 2, 1));
  });

  test('has the pages of a restart beside it', () => {
    expect([...going!.resources.keys()].sort()).toEqual([...restarted!.resources.keys()].sort());
    expect(text(going, '/')).toBe(text(restarted, '/'));
  });
});
