import { type AgentFacts, readAgent } from './agent.ts';
import { type Hash, hashOf, type Salt } from './hash.ts';

/** A User-Agent that was read, with its hash. */
export type KnownAgent = AgentFacts & Hash;

/** Readers send a few hundred different ones between them; what is longer than this is nobody's. */
const remembered = 5000;
const longest = 500;

/** Reads each User-Agent once. */
export function openAgents(salt: Salt): (userAgent: string | undefined) => KnownAgent {
  const known = new Map<string, KnownAgent>();
  return (userAgent = '') => {
    const text = userAgent.length > longest ? userAgent.slice(0, longest) : userAgent;
    const found = known.get(text);
    if (found !== undefined) return found;
    const made = { ...readAgent(text), ...hashOf(text, salt) };
    if (known.size >= remembered) known.clear();
    known.set(text, made);
    return made;
  };
}
