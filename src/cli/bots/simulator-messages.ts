/** What the simulator's process is asked. */
export type SimulatorRequest =
  | {
      readonly ask: "start";
      readonly agents: number;
      readonly seed: number;
      /** Customers per minute; 0 is none. */
      readonly rate: number;
      /** Milliseconds; 0 is never. */
      readonly offerTimeout: number;
      readonly channels: readonly ("email" | "chat")[];
    }
  /** Which interactions do agents have? */
  | { readonly ask: "holdings" };

/** What it answers. */
export type SimulatorAnswer =
  | {
      readonly told: "started";
      readonly url: string;
      readonly accounts: readonly { readonly user: string; readonly password: string }[];
    }
  | { readonly told: "failed"; readonly why: string }
  | { readonly told: "holdings"; readonly holdings: readonly Holding[] };

/** What an agent has in hand, by the server's word; what is only offered to him is not in it. */
export interface Holding {
  readonly user: string;
  readonly ids: readonly string[];
}
