import { act, cleanup, fireEvent, render } from "@testing-library/react";
import type { Desk } from "deskstate";
import { gws851 } from "deskstate/gws";
import { DeskProvider } from "deskstate/react";
import type { ReactNode } from "react";
import { afterEach } from "vitest";
import { Page } from "../../demo/page.tsx";
import { useDeskLogs } from "../../demo/desk-logs.ts";
import { handDesk, type HandDesk } from "../desk/hand-desk.ts";

/** Unmounts whatever each test has rendered. */
export function usePage(): void {
  afterEach(cleanup);
}

/** The page on a desk whose server is in the hands of the test. */
export interface ShownPage extends HandDesk {
  /** Lets something happen, and the page show what comes of it. */
  readonly happen: (change: () => unknown) => Promise<void>;
  readonly press: (element: HTMLElement) => Promise<void>;
}

function LivePage({ desk }: { readonly desk: Desk }): ReactNode {
  const logs = useDeskLogs(desk);
  return (
    <Page
      logs={logs}
      clock={{ now: desk.journal.now }}
      rules={gws851.rules}
      nickname="Ana"
      reasons={["OutToLunch"]}
      offerTimeout={15_000}
    />
  );
}

/** Shows the page. Both channels are known and NotReady. */
export async function showPage(options: Parameters<typeof handDesk>[0] = {}): Promise<ShownPage> {
  const hand = await handDesk(options);
  const userState = { state: "NotReady" };
  const channels = ["email", "chat"].map((channel) => ({ channel, userState }));
  hand.deliver({ channel: "/v2/me/channels", data: { channels } });
  const happen = (change: () => unknown) =>
    act(async () => {
      await change();
    });
  await happen(() =>
    render(
      <DeskProvider desk={hand.desk}>
        <LivePage desk={hand.desk} />
      </DeskProvider>,
    ),
  );
  return { ...hand, happen, press: (element) => happen(() => fireEvent.click(element)) };
}
