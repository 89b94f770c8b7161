import { expect, test } from "vitest";
import { isReactive, reactive, ref } from "vue";
import { chat, handDesk, joined, transcript } from "../desk/hand-desk.ts";

test("an interaction in a reactive object stays the same object, and so does its transcript", async () => {
  const { desk, notify } = await handDesk();
  notify(chat("c", "Accepted", transcript(2, ...joined)));
  const interaction = desk.interaction("c")!;
  const held = ref(interaction);
  expect(held.value).toBe(interaction);
  const state = reactive({ interaction, snapshot: interaction.getSnapshot() });
  expect(state.interaction).toBe(interaction);
  if (state.snapshot.kind !== "chat") throw new Error("It is a chat.");
  expect(state.snapshot.transcript.parties).toHaveLength(2);
  expect(isReactive(state.snapshot.transcript)).toBe(false);
});
