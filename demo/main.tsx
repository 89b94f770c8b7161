import { createDesk, type Desk } from "deskstate";
import { gws, gws851 } from "deskstate/gws";
import { record } from "deskstate/recording";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { readSimulator } from "./simulator-panel/simulator-client.ts";
import { SimulatorNote, SimulatorPanel } from "./simulator-panel/simulator-panel.tsx";

declare global {
  interface Window {
    /** The desk of the page, to be used in the browser's console. */
    desk: Desk;
  }
}

const simulator = await readSimulator();
const [agent] = simulator.agents;
const element = document.getElementById("page");
if (agent === undefined || element === null)
  throw new Error("The demo has no agent, or no element to render into.");

// Many desks reconnect at random times, to spread the load; a single one need not wait.
const alone = { random: () => 0.03, handshakeSpread: 0 };
const desk = createDesk({ link: gws({ url: `${location.origin}/api/v2`, credentials: agent, ...alone }) });
// Its customers are invented. What real customers write is recorded only on request.
const recorder = record(desk, { includeCustomerData: true });
window.desk = desk;

createRoot(element).render(
  <StrictMode>
    <App
      desk={desk}
      recorder={recorder}
      rules={gws851.rules}
      nickname="Ana"
      reasons={simulator.reasons}
      offerTimeout={simulator.offerTimeout}
      controls={<SimulatorPanel state={simulator} />}
      footer={<SimulatorNote agent={agent} />}
    />
  </StrictMode>,
);
