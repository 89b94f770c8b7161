import { createDesk, type Desk } from "deskstate";
import { gws, gws851 } from "deskstate/gws";
import { DeskProvider } from "deskstate/react";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Page } from "./page.tsx";
import { readWorld } from "./world/control.ts";
import { SimulatorNote } from "./world/simulator-note.tsx";
import { WorldBar } from "./world/world-bar.tsx";

declare global {
  interface Window {
    /** The desk that the page shows, to be played with in the browser's console. */
    desk: Desk;
  }
}

const world = await readWorld();
const [agent] = world.agents;
const element = document.getElementById("page");
if (agent === undefined || element === null) throw new Error("The demo has neither an agent nor a place.");

// A thousand desks come back at random times, so that they do not do it in step; one alone need not wait for that.
const alone = { random: () => 0.03, handshakeSpread: 0 };
const desk = createDesk({ link: gws({ url: `${location.origin}/api/v2`, credentials: agent, ...alone }) });
window.desk = desk;

createRoot(element).render(
  <StrictMode>
    <DeskProvider desk={desk} hold>
      <Page
        rules={gws851.rules}
        nickname="Ana"
        reasons={world.reasons}
        offerTimeout={world.offerTimeout}
        around={<WorldBar offerTimeout={world.offerTimeout} customersCome={world.customersCome} />}
        note={<SimulatorNote agent={agent} />}
      />
    </DeskProvider>
  </StrictMode>,
);
