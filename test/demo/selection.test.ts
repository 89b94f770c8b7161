import { expect, test } from "vitest";
import { Selection } from "../../demo/desk/selection.ts";
import { email, handDesk } from "../desk/hand-desk.ts";

async function lastChanged() {
  const hand = await handDesk();
  const selection = new Selection(hand.desk);
  selection.follow();
  return { ...hand, selection, id: () => selection.getSnapshot().id };
}

test("the first that is offered is shown, and stays when others come or it ends", async () => {
  const { id, notify } = await lastChanged();
  expect(id()).toBeUndefined();
  notify(email("e", "Invited"));
  notify(email("f", "Invited"));
  expect(id()).toBe("e");
  notify(email("e", "Revoked"));
  expect(id()).toBe("e");
});

test("after what was shown is dismissed, what is offered comes before what is worked on", async () => {
  const { desk, id, notify, selection } = await lastChanged();
  notify(email("e", "Accepted"), email("f", "Accepted"), email("g", "Invited"));
  selection.choose("f");
  expect(id()).toBe("f");
  notify(email("f", "Completed"));
  desk.interaction("f")?.dismiss();
  expect(id()).toBe("g");
});

test("what is wanted is shown as soon as there is one, until something else is chosen", async () => {
  const { id, notify, selection } = await lastChanged();
  selection.chooseLater("g");
  notify(email("e", "Accepted"));
  expect(id()).toBe("e");
  notify(email("g", "Accepted"));
  expect(id()).toBe("g");
  selection.chooseLater("h");
  selection.choose("e");
  notify(email("h", "Accepted"));
  expect([id(), selection.chosen]).toEqual(["e", "e"]);
});

test("without a choice the suggested interaction is selected", async () => {
  const { id, notify, selection } = await lastChanged();
  notify(email("e", "Accepted"), email("f", "Accepted"));
  selection.suggest("f");
  expect(id()).toBe("f");
  selection.choose("e");
  selection.suggest("f");
  expect(id()).toBe("e");
});

test("to visit takes the focus along, to choose does not", async () => {
  const { notify, selection } = await lastChanged();
  notify(email("e", "Accepted"), email("f", "Accepted"));
  selection.choose("f");
  expect(selection.getSnapshot()).toEqual({ id: "f", visits: 0 });
  selection.visit("e");
  expect(selection.getSnapshot()).toEqual({ id: "e", visits: 1 });
});
