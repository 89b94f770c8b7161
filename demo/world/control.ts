import type { Control, Parameters, WorldState } from "../server/world.ts";

const address = "/simulator";

/** What the demo's server tells of itself. */
export async function readWorld(): Promise<WorldState> {
  const response = await fetch(address);
  return (await response.json()) as WorldState;
}

/** What became of a wish: the world as it is now, or why it cannot be, for people. */
export type Answer =
  | { readonly isDone: true; readonly world: WorldState }
  | { readonly isDone: false; readonly message: string };

/** Asks the world for something. */
export async function ask(control: Control, parameters: Parameters = {}): Promise<Answer> {
  try {
    const response = await fetch(`${address}/${control}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(parameters),
    });
    if (response.ok) return { isDone: true, world: (await response.json()) as WorldState };
    const { message } = (await response.json()) as { message: string };
    return { isDone: false, message };
  } catch {
    return { isDone: false, message: "The demo’s own server does not answer. Is npm start still running?" };
  }
}
