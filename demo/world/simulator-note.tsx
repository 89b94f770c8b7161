import type { ReactNode } from "react";
import type { WorldState } from "../server/world.ts";

/** Where what the page shows comes from. */
export function SimulatorNote({ agent }: { readonly agent: WorldState["agents"][number] }): ReactNode {
  return (
    <p>
      A simulated contact centre on this machine, over HTTP and CometD. You are its agent{" "}
      <code>{agent.user}</code> (password <code>{agent.password}</code>). Nothing leaves this computer. In the
      browser’s console, <code>desk</code> is this desk.
    </p>
  );
}
