import { createDesk, noLink, type Desk, type Link, type ReadableStore } from "deskstate";
import { handClock } from "../simulator/hand-clock.ts";
import { settle } from "./hand-desk.ts";

/** A desk that counts who listens to what of it. */
export interface CountedDesk {
  readonly desk: Desk;
  /** Returns the number of listeners by what they listen to. */
  readonly listening: () => Record<string, number>;
}

/** Stands before a desk and counts. */
export function countListeners(desk: Desk): CountedDesk {
  const counts: Record<string, number> = {};
  const counted = <Part extends Pick<ReadableStore<never>, "subscribe">>(name: string, part: Part): Part => {
    const subscribe: Part["subscribe"] = (observer) => {
      const end = part.subscribe(observer);
      counts[name] = (counts[name] ?? 0) + 1;
      return Object.assign(() => {
        end();
        counts[name]! -= 1;
      }, end);
    };
    return new Proxy(part, {
      get: (_, property) =>
        property === "subscribe" ? subscribe : (Reflect.get(part, property, part) as unknown),
    });
  };
  return {
    desk: {
      ...desk,
      changes: counted("changes", { ...desk.changes }),
      channels: counted("channels", { ...desk.channels }),
      interactions: counted("interactions", { ...desk.interactions }),
      invitations: counted("invitations", { ...desk.invitations }),
      ended: counted("ended", { ...desk.ended }),
      connection: counted("connection", desk.connection),
      anomalies: counted("anomalies", desk.anomalies),
      channel: (name) => counted(name, desk.channel(name)),
      watch: (id) => counted(id, desk.watch(id)),
    },
    listening: () => Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)),
  };
}

/** A counted desk whose link counts how often it was put up and taken down. */
export interface LinkedDesk extends CountedDesk {
  readonly links: { up: number; down: number };
  /** The channels that each start asked for. */
  readonly channels: (readonly string[])[];
  /** Lets time go on for as long as a released desk needs to stop. */
  readonly wait: () => Promise<void>;
}

/** Makes one; it connects, and never becomes Live. */
export function linkedDesk(): LinkedDesk {
  const clock = handClock();
  const links = { up: 0, down: 0 };
  const channels: (readonly string[])[] = [];
  const link: Link = {
    ...noLink,
    connect: (_, named) => {
      links.up++;
      channels.push(named);
    },
    disconnect: () => {
      links.down++;
      return Promise.resolve();
    },
  };
  return {
    ...countListeners(createDesk({ link, clock })),
    links,
    channels,
    wait: async () => {
      await settle();
      clock.advance(1000);
      await settle();
    },
  };
}
