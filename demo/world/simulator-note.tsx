import type { ReactNode } from "react";
import type { WorldState } from "../server/world.ts";

/** Where what the page shows comes from. */
export function SimulatorNote({ agent }: { readonly agent: WorldState["agents"][number] }): ReactNode {
  return (
    <p>
      A simulated contact centre on this machine, reached over HTTP and CometD. You are its agent{" "}
      <code>{agent.user}</code> (password <code>{agent.password}</code>), signed in by the page. Nothing
      leaves this computer.
    </p>
  );
}
