import { withoutUserInfo } from '../lib/url.ts';
import type { NoticeStatus } from '../store/notice.ts';

/** How many notices are shown. */
const most = 100;

/** In the order of what asks for a look. */
export const noticeStates = ['given up', 'pending', 'taken'] as const;

/** What is, or was, to be said to hubs and hooks: how many of each state, and some of them, what is not done first. */
export type OutboxFacts = {
  readonly counts: Readonly<Record<NoticeStatus['state'], number>>;
  readonly notices: readonly Omit<NoticeStatus, 'body'>[];
};

/** The outbox in short: what is posted may be long, and stays where it is, as does a password in an address. */
export function toOutboxFacts(all: readonly NoticeStatus[]): OutboxFacts {
  const count = (state: NoticeStatus['state']): number => all.filter((one) => one.state === state).length;
  const rank = ({ state }: NoticeStatus): number => noticeStates.indexOf(state);
  const ordered = all.toSorted((a, b) => rank(a) - rank(b) || b.due - a.due);
  return {
    counts: { pending: count('pending'), taken: count('taken'), 'given up': count('given up') },
    notices: ordered
      .slice(0, most)
      .map(({ body: _, ...notice }) => ({ ...notice, target: withoutUserInfo(notice.target) })),
  };
}
