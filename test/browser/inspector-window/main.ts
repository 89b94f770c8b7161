import { createBrowserReceiver, type StatelyInspectionEvent } from "@statelyai/inspect";

declare global {
  interface Window {
    /** Everything that arrived at the window of the inspector. */
    readonly received: StatelyInspectionEvent[];
  }
}

const received: StatelyInspectionEvent[] = [];
Object.assign(window, { received });
createBrowserReceiver().subscribe((event) => void received.push(event));
