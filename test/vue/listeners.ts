import type { Desk } from "deskstate";

/** A desk that counts who listens to it. */
export interface CountedDesk {
  readonly desk: Desk;
  /** How many listen, by what they listen to. */
  readonly listening: () => Record<string, number>;
}

/** Stands before a desk and counts. */
export function countListeners(desk: Desk): CountedDesk {
  const counts = new Map<string, number>();
  const count = (name: string, by: number) => counts.set(name, (counts.get(name) ?? 0) + by);
  /** The same thing, with counted subscriptions. */
  const counted = <Part extends { subscribe: (observer: never) => () => void }>(
    name: string,
    part: Part,
  ): Part =>
    new Proxy(part, {
      get(target, property) {
        if (property !== "subscribe") return Reflect.get(target, property, target) as unknown;
        return (observer: never) => {
          const end = target.subscribe(observer);
          count(name, 1);
          return () => {
            end();
            count(name, -1);
          };
        };
      },
    });
  const { connection, interactions, invitations, ended, channels, anomalies, changes } = desk;
  return {
    desk: {
      ...desk,
      connection: counted("connection", connection),
      interactions: counted("interactions", { ...interactions }),
      invitations: counted("invitations", { ...invitations }),
      ended: counted("ended", { ...ended }),
      channels: counted("channels", { ...channels }),
      anomalies: counted("anomalies", { ...anomalies }),
      changes: counted("changes", changes),
      channel: (name) => counted(`channel ${name}`, desk.channel(name)),
      watch: (id) => counted(id, desk.watch(id)),
    },
    listening: () => Object.fromEntries([...counts].filter(([, number]) => number !== 0)),
  };
}
