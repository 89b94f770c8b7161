import type { Random } from "../domain/random.ts";
import type { SimAgent, ChannelName } from "./agent.ts";
import { channelNames } from "./agent.ts";

/** Who could be offered something, by channel; kept up to date, so that a thousand agents are as easy as three. */
export interface Roster {
  /** To be called when the readiness or the live interactions of an agent have changed. */
  update(agent: SimAgent): void;
  isAnyoneFree(channel: ChannelName): boolean;
  /** The free agent with the fewest live interactions; chance decides between equals. */
  choose(
    channel: ChannelName,
    isSkipped: ((agent: SimAgent) => boolean) | undefined,
    chance: Random,
  ): SimAgent | undefined;
}

/** Agents in no particular order, each of whom is found and removed at once. */
class Crowd {
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

/** The free agents of one channel, by how many interactions they have. */
class Line {
  readonly #crowds: Crowd[] = [];
  readonly #places = new Map<SimAgent, Crowd>();

  get size(): number {
    return this.#places.size;
  }

  /** Frees the agent of his place, or gives him one: `busy` is how much he has. */
  put(agent: SimAgent, busy: number | undefined): void {
    while (busy !== undefined && this.#crowds.length <= busy) this.#crowds.push(new Crowd());
    const crowd = busy === undefined ? undefined : this.#crowds[busy];
    const before = this.#places.get(agent);
    if (before === crowd) return;
    before?.remove(agent);
    crowd?.add(agent);
    if (crowd === undefined) this.#places.delete(agent);
    else this.#places.set(agent, crowd);
  }

  choose(isSkipped: ((agent: SimAgent) => boolean) | undefined, chance: Random): SimAgent | undefined {
    for (const { members } of this.#crowds) {
      const free = isSkipped === undefined ? members : members.filter((agent) => !isSkipped(agent));
      if (free.length > 0) return free.length === 1 ? free[0] : free[Math.floor(chance() * free.length)];
    }
    return undefined;
  }
}

export function createRoster(capacity: Readonly<Record<ChannelName, number>>): Roster {
  const lines: Readonly<Record<ChannelName, Line>> = { email: new Line(), chat: new Line() };
  return {
    update(agent) {
      const live: Record<ChannelName, number> = { email: 0, chat: 0 };
      for (const { interaction } of agent.live.values()) live[interaction.channel]++;
      for (const channel of channelNames) {
        const isFree = agent.channels.get(channel)?.state === "Ready" && live[channel] < capacity[channel];
        lines[channel].put(agent, isFree ? agent.live.size : undefined);
      }
    },
    isAnyoneFree: (channel) => lines[channel].size > 0,
    choose: (channel, isSkipped, chance) => lines[channel].choose(isSkipped, chance),
  };
}
