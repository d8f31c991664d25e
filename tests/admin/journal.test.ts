import { expect, test } from 'vitest';
import { createJournal } from '../../src/admin/journal.ts';
import { Desk } from '../harness.ts';

test('what was due at a refresh that failed is not what comes next, what is due later is', async () => {
  const desk = new Desk();
  desk.write({
    'one.md': '# One\n\nText.\n',
    'later.md': '---\ntitle: Later\ndate: 2026-02-08T12:10:00Z\n---\nText.\n',
  });
  const outcome = await desk.refresh();
  const journal = createJournal(() => desk.now);
  journal.note({ order: 'refresh', ok: true, outcome });
  expect(journal.read().nextDue).toBe(Date.UTC(2026, 1, 8, 12, 10));

  const fail = (): void => journal.note({ order: 'refresh', ok: false, message: 'source: away' });
  desk.now = Date.UTC(2026, 1, 8, 12, 9);
  fail();
  expect(journal.read().nextDue).toBe(Date.UTC(2026, 1, 8, 12, 10));
  desk.now = Date.UTC(2026, 1, 8, 12, 10);
  fail();
  expect(journal.read()).not.toHaveProperty('nextDue');
});
