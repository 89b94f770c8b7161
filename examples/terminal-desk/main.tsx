// A desk in a terminal: npm run example:terminal. DESKSTATE_URL, DESKSTATE_USER and DESKSTATE_PASSWORD name a server.
// Without them it connects to a simulated contact centre inside this process.
import { render } from "ink";
import { createDesk } from "deskstate";
import { gws } from "deskstate/gws";
import { DeskProvider } from "deskstate/react";
import { createSimulator } from "deskstate/simulator";
import { TerminalDesk } from "./terminal-desk.tsx";

const { DESKSTATE_URL: url, DESKSTATE_USER: user = "agent1", DESKSTATE_PASSWORD: password } = process.env;
const simulator = url === undefined ? createSimulator({ offerTimeout: 30_000 }) : undefined;
await simulator?.start();
simulator?.startCustomers({ meanGap: 15_000 });

const credentials = { user, password: password ?? `secret-${user}` };
const desk = createDesk({ link: gws({ url: url ?? simulator?.url ?? "", credentials }) });
desk.start({ channels: ["email", "chat"] }).catch(() => {});

const { waitUntilExit, unmount } = render(
  <DeskProvider desk={desk}>
    <TerminalDesk
      title={`${user} at ${url ?? "a simulated contact centre"}`}
      nickname={user}
      onQuit={() => unmount()}
    />
  </DeskProvider>,
  { exitOnCtrlC: false },
);
await waitUntilExit();
// Open interactions stay with the agent, who gets no more offers.
await Promise.all(desk.channels.getSnapshot().map(async (channel) => channel.actions.NotReady?.()));
await desk.stop();
await simulator?.stop();
