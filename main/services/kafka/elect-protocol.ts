import type { GroupMember } from './group-member.ts';

/** The assignment strategy of a group: each member votes for the first of its protocols that all have. */
export function electProtocol(members: readonly GroupMember[]): string {
  const votes = new Map<string, number>();
  for (const member of members) {
    const choice = member.facts.protocols.find(({ name }) => members.every((other) => other.supports(name)));
    if (choice !== undefined) votes.set(choice.name, (votes.get(choice.name) ?? 0) + 1);
  }
  return [...votes].reduce((best, vote) => (vote[1] > best[1] ? vote : best), ['', 0] as [string, number])[0];
}
