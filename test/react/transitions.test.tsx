// @vitest-environment happy-dom
import { Suspense, startTransition, useState } from "react";
import { expect, test } from "vitest";
import { useInteraction, useInteractions } from "deskstate/react";
import { chat, email, handDesk, joined, said, transcript } from "../desk/hand-desk.ts";
import { happen, show, tidy } from "./view.tsx";

tidy();

test("all components of one transition show the same snapshot, even if a message arrives meanwhile", async () => {
  const { desk, notify } = await handDesk();
  notify(chat("C", "Accepted", transcript(3, ...joined, said(3, "c", "Hello"))));
  const committed: string[] = [];
  let isRendering = false;
  const Length = ({ place }: { readonly place: number }) => {
    const length = useInteraction("C", (found) => (found?.kind === "chat" ? found.transcript.length : 0));
    // The message arrives when React has rendered half of the components.
    if (isRendering && place === 5) {
      isRendering = false;
      notify(chat("C", "PropertiesChanged", transcript(4, said(4, "c", "Still there?"))));
    }
    return <span>{length} </span>;
  };
  let open: () => void = () => {};
  const Page = () => {
    const [isOpen, setOpen] = useState(false);
    open = () => setOpen(true);
    return isOpen ? Array.from({ length: 10 }, (_, place) => <Length key={place} place={place} />) : null;
  };
  const { root, text } = show(desk, <Page />);
  const watch = new MutationObserver(() => committed.push(text()));
  watch.observe(root, { subtree: true, childList: true, characterData: true });
  await happen(() => {
    isRendering = true;
    startTransition(open);
  });
  expect(text()).toBe("4 ".repeat(10));
  expect(committed.filter((seen) => new Set(seen.trim().split(" ")).size > 1)).toEqual([]);
});

test("a change during a suspended transition is shown immediately, and in the transition, too", async () => {
  const { desk, notify } = await handDesk();
  notify(email("A", "Invited"));
  let arrive: () => void = () => {};
  let hasArrived = false;
  const data = new Promise<void>((resolve) => {
    arrive = () => {
      hasArrived = true;
      resolve();
    };
  });
  const Row = ({ id }: { readonly id: string }) =>
    `${id} ${useInteraction(id)?.state} of ${useInteractions().length}`;
  const Slow = () => {
    // oxlint-disable-next-line typescript/only-throw-error
    if (!hasArrived) throw data;
    return <Row id="B" />;
  };
  let turn: () => void = () => {};
  const Page = () => {
    const [isTurned, setTurned] = useState(false);
    turn = () => setTurned(true);
    return <Suspense fallback="waiting">{isTurned ? <Slow /> : <Row id="A" />}</Suspense>;
  };
  const { text } = show(desk, <Page />);
  await happen(() => startTransition(turn));
  expect(text()).toBe("A Invited of 1");
  await happen(() => notify(email("A", "Accepted"), email("B", "Invited")));
  expect(text()).toBe("A Accepted of 2");
  await happen(() => {
    arrive();
    return data;
  });
  expect(text()).toBe("B Invited of 2");
});
