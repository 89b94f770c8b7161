import type { ReactNode } from "react";
import { ConnectionStatus } from "./desk/connection-status.tsx";
import { Channels } from "./desk/channels.tsx";
import { Ended } from "./desk/ended.tsx";
import { InteractionPanel } from "./desk/interaction-panel.tsx";
import { Interactions } from "./desk/interactions.tsx";
import { Invitations } from "./desk/invitations.tsx";
import { Toasts } from "./desk/toasts.tsx";
import { useFocusKeeper } from "./focus-keeper.ts";
import { Inspector } from "./inspector/inspector.tsx";
import { WorkplaceProvider, type WorkplaceOptions } from "./workplace.tsx";

/** What is shown beside the desk of the provider. */
export interface PageProps extends WorkplaceOptions {
  /** What the world around the desk can be asked for. */
  readonly around?: ReactNode;
  /** Where what is shown comes from. */
  readonly note?: ReactNode;
}

/** An agent's desk with its statecharts beside it. It shows the desk of the provider, whatever feeds it. */
export function Page({ around, note, ...options }: PageProps): ReactNode {
  useFocusKeeper();
  return (
    <WorkplaceProvider {...options}>
      <header className="page-header">
        <div className="page-name">
          <h1>deskstate</h1>
          <p>An agent’s desk that shows what the server says, and the statecharts that keep it so.</p>
        </div>
        <ConnectionStatus />
      </header>
      {around}
      <main className="page-columns">
        <div className="page-column page-lists">
          <Channels />
          <Invitations />
          <Interactions />
          <Ended />
        </div>
        <InteractionPanel />
        <Inspector />
      </main>
      <footer className="page-footer">{note}</footer>
      {options.isRecorded !== true && <Toasts />}
    </WorkplaceProvider>
  );
}
