import type { Desk } from "deskstate";

/** The subscribers of a desk. */
export interface Watchers {
  /** Subscribers to the lists of interactions and of invitations, in equal parts. */
  readonly lists: number;
  /** Subscribers to one interaction each. When it has ended, they subscribe to a new one. */
  readonly interactions: number;
}

/** Subscribes before the first interaction exists. */
export function watch(desk: Desk, watchers: Watchers): void {
  for (let count = 0; count < watchers.lists; count++) {
    (count % 2 === 0 ? desk.interactions : desk.invitations).subscribe(() => {});
  }
  let idle = watchers.interactions;
  if (idle === 0) return;
  desk.invitations.subscribe((invitations) => {
    const interaction = invitations.at(-1);
    if (idle === 0 || interaction === undefined) return;
    idle--;
    const { unsubscribe } = interaction.subscribe(() => {
      if (!interaction.isEnded) return;
      unsubscribe();
      idle++;
    });
  });
}
