import { remember } from '../lib/remember.ts';
import { type AgentFacts, readAgent } from './agent.ts';
import { type Hash, hashOf, type Salt } from './hash.ts';

/** A User-Agent that was read, with its hash. */
export type KnownAgent = AgentFacts & Hash;

/** Readers send a few hundred different ones between them; what is longer than this is nobody's. */
const remembered = 5000;
const longest = 500;

/** Reads each User-Agent once. */
export function openAgents(salt: Salt): (userAgent: string | undefined) => KnownAgent {
  const read = remember(remembered, (text: string): KnownAgent => ({ ...readAgent(text), ...hashOf(text, salt) }));
  return (userAgent = '') => read(userAgent.length > longest ? userAgent.slice(0, longest) : userAgent);
}
