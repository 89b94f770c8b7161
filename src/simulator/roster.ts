import type { Random } from "../domain/random.ts";
import { type SimAgent } from "./interaction.ts";
import { type ChannelName, channelNames } from "./accounts.ts";

/** The agents that can be offered an interaction, by channel. An update costs the same with a thousand agents. */
export interface Roster {
  /** Must be called when the readiness or the live interactions of an agent have changed. */
  update(agent: SimAgent): void;
  hasFreeAgent(channel: ChannelName): boolean;
  /** Returns a random agent among the free agents with the fewest live interactions. */
  choose(
    channel: ChannelName,
    isSkipped: ((agent: SimAgent) => boolean) | undefined,
    chance: Random,
  ): SimAgent | undefined;
}

/** A set of agents in an array, from which any agent is removed in constant time. */
class AgentSet {
  readonly members: SimAgent[] = [];
  readonly #positions = new Map<SimAgent, number>();

  add(agent: SimAgent): void {
    this.#positions.set(agent, this.members.push(agent) - 1);
  }

  remove(agent: SimAgent): void {
    const position = this.#positions.get(agent);
    const last = this.members.pop();
    this.#positions.delete(agent);
    if (position === undefined || last === undefined || last === agent) return;
    this.members[position] = last;
    this.#positions.set(last, position);
  }
}

/** The free agents of one channel, by their number of interactions. */
class FreeAgents {
  readonly #sets: AgentSet[] = [];
  readonly #places = new Map<SimAgent, AgentSet>();

  get size(): number {
    return this.#places.size;
  }

  /** Moves an agent to its place by `busy`, its number of interactions; `undefined` removes the agent. */
  put(agent: SimAgent, busy: number | undefined): void {
    while (busy !== undefined && this.#sets.length <= busy) this.#sets.push(new AgentSet());
    const set = busy === undefined ? undefined : this.#sets[busy];
    const before = this.#places.get(agent);
    if (before === set) return;
    before?.remove(agent);
    set?.add(agent);
    if (set === undefined) this.#places.delete(agent);
    else this.#places.set(agent, set);
  }

  choose(isSkipped: ((agent: SimAgent) => boolean) | undefined, chance: Random): SimAgent | undefined {
    for (const { members } of this.#sets) {
      const free = isSkipped === undefined ? members : members.filter((agent) => !isSkipped(agent));
      if (free.length > 0) return free.length === 1 ? free[0] : free[Math.floor(chance() * free.length)];
    }
    return undefined;
  }
}

export function createRoster(capacity: Readonly<Record<ChannelName, number>>): Roster {
  const lines: Readonly<Record<ChannelName, FreeAgents>> = {
    email: new FreeAgents(),
    chat: new FreeAgents(),
  };
  return {
    update(agent) {
      const live: Record<ChannelName, number> = { email: 0, chat: 0 };
      for (const { interaction } of agent.live.values()) live[interaction.channel]++;
      for (const channel of channelNames) {
        const isFree = agent.channels.get(channel)?.state === "Ready" && live[channel] < capacity[channel];
        lines[channel].put(agent, isFree ? agent.live.size : undefined);
      }
    },
    hasFreeAgent: (channel) => lines[channel].size > 0,
    choose: (channel, isSkipped, chance) => lines[channel].choose(isSkipped, chance),
  };
}
