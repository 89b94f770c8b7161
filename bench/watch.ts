import type { Desk } from "deskstate";

/**
 * Subscribes as a desktop does: to the lists of interactions and of invitations, and for the rest to single interactions,
 * each follower moving on to another one when its own has ended.
 */
export function watch(desk: Desk, subscribers: number): void {
  if (subscribers === 0) return;
  desk.interactions.subscribe(() => {});
  desk.invitations.subscribe(([first]) => void first);
  let waiting = subscribers - 2;
  desk.changes.subscribe((change) => {
    if (waiting <= 0 || change.about !== "interaction" || change.interaction.isEnded) return;
    waiting--;
    const { interaction } = change;
    const { unsubscribe } = interaction.subscribe(() => {
      if (!interaction.isEnded) return;
      unsubscribe();
      waiting++;
    });
  });
}
