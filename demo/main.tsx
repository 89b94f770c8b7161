import { createDesk, type Desk } from "deskstate";
import { gws, gws851 } from "deskstate/gws";
import { record } from "deskstate/recording";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
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
// Its customers are invented. What real ones write is not recorded unless one asks for it.
const recorder = record(desk, { includeCustomerData: true });
window.desk = desk;

createRoot(element).render(
  <StrictMode>
    <App
      desk={desk}
      recorder={recorder}
      rules={gws851.rules}
      nickname="Ana"
      reasons={world.reasons}
      offerTimeout={world.offerTimeout}
      around={<WorldBar offerTimeout={world.offerTimeout} customersCome={world.customersCome} />}
      note={<SimulatorNote agent={agent} />}
    />
  </StrictMode>,
);
