import type { Parameters, SimulatorState } from "../server/simulator-controls.ts";

const address = "/simulator";

/** Reads the state of the demo's simulator. */
export async function readSimulator(): Promise<SimulatorState> {
  const response = await fetch(address);
  return (await response.json()) as SimulatorState;
}

/** The result of a control: the new state, or why it is not possible, in words for people. */
export type ControlResult =
  | { readonly isDone: true; readonly state: SimulatorState }
  | { readonly isDone: false; readonly message: string };

/** Uses a control of the simulator. Never rejects. */
export async function pressControl(control: string, parameters: Parameters = {}): Promise<ControlResult> {
  try {
    const response = await fetch(`${address}/${control}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(parameters),
    });
    if (response.ok) return { isDone: true, state: (await response.json()) as SimulatorState };
    const { message } = (await response.json()) as { message: string };
    return { isDone: false, message };
  } catch {
    return { isDone: false, message: "The demo’s own server does not respond. Is npm start still running?" };
  }
}
