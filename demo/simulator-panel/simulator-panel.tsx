import { useInteraction } from "deskstate/react";
import { useState, type ReactNode } from "react";
import { PanelButton } from "../controls.tsx";
import { useDemoContext } from "../demo-context.tsx";
import { renderers, rendererOf } from "../desk/kinds/renderers.ts";
import { useObservable } from "../observable-value.ts";
import type { Parameters, SimulatorState } from "../server/simulator-controls.ts";
import { Guide } from "./guide.tsx";
import { pressControl } from "./simulator-client.ts";

/** The controls of everything outside the desk: customers, a supervisor, the network and the server. */
export function SimulatorPanel({ state }: { readonly state: SimulatorState }): ReactNode {
  const { activity, selection } = useDemoContext().logs;
  const { id = "" } = useObservable(selection);
  const selected = useInteraction(id);
  const [areArriving, setArriving] = useState(state.customersArrive);

  const press = async (text: string, control: string, parameters?: Parameters) => {
    const result = await pressControl(control, parameters);
    if (!result.isDone) return activity.add("The simulator", result.message, "warning");
    activity.add("The simulator", text, "quiet");
    setArriving(result.state.customersArrive);
  };

  const cutSeconds = `${state.cutDuration / 1000} s`;
  const isLive = selected !== undefined && !selected.isEnded;
  const canWrite = isLive && rendererOf(selected.kind).customerWrites === true;
  return (
    <section className="simulator-panel" aria-label="Simulator">
      <Guide offerTimeout={state.offerTimeout} />
      <div className="panel-buttons">
        <h2>Simulator</h2>
        {Object.entries(renderers).map(([kind, { arrival }]) => (
          <PanelButton key={kind} press={() => press(arrival.logged, kind)}>
            {arrival.button}
          </PanelButton>
        ))}
        <PanelButton
          press={() => press("The customer writes.", "write", { id })}
          isDisabled={!canWrite}
          title={canWrite ? undefined : "Select a chat first"}
        >
          Customer writes
        </PanelButton>
        <PanelButton
          press={() => press("A supervisor took it away.", "revoke", { id })}
          isDisabled={!isLive}
          title={isLive ? undefined : "Select an interaction that has not ended"}
        >
          Revoke this
        </PanelButton>
        <PanelButton press={() => press(`The network is cut for ${cutSeconds}.`, "cut")}>
          Cut the network {cutSeconds}
        </PanelButton>
        <PanelButton
          press={() =>
            press(
              `The server was down for ${state.restartDuration / 1000} s and forgot every session.`,
              "restart",
            )
          }
        >
          Restart the server
        </PanelButton>
        <label className="check">
          <input
            type="checkbox"
            role="switch"
            checked={areArriving}
            onChange={({ target: { checked } }) =>
              void press(
                checked ? "Customers arrive by themselves." : "No more customers arrive by themselves.",
                "customers",
                { on: checked },
              )
            }
          />
          Customers arrive by themselves
        </label>
      </div>
    </section>
  );
}

interface SimulatorNoteProps {
  readonly agent: { readonly user: string; readonly password: string };
}

/** The source of everything that the page shows. */
export function SimulatorNote({ agent: { user, password } }: SimulatorNoteProps): ReactNode {
  return (
    <p>
      A simulated contact centre on this machine, over HTTP and CometD. You are its agent <code>{user}</code>{" "}
      (password <code>{password}</code>). Nothing leaves this computer. In the browser’s console,{" "}
      <code>desk</code> is this desk.
    </p>
  );
}
