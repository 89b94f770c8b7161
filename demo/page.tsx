import type { ReactNode } from "react";
import { DemoProvider, type DemoContext } from "./demo-context.tsx";
import { Toasts } from "./desk/activities.tsx";
import { Channels } from "./desk/channels.tsx";
import { ConnectionStatus } from "./desk/connection-status.tsx";
import { InteractionPanel } from "./desk/interaction-panel.tsx";
import { Ended, Interactions } from "./desk/interactions.tsx";
import { Invitations } from "./desk/invitations.tsx";
import { useFocusKeeper } from "./focus-keeper.ts";
import { Inspector } from "./inspector/inspector.tsx";

/** The parts of a {@link Page} beside the desk. */
export interface PageProps extends DemoContext {
  /** Controls above the desk. */
  readonly controls?: ReactNode;
  /** The source of everything that is shown. */
  readonly footer?: ReactNode;
}

/** An agent's desk with its statecharts beside it. It shows the desk of the provider, whatever its link is. */
export function Page({ controls, footer, ...context }: PageProps): ReactNode {
  useFocusKeeper();
  return (
    <DemoProvider {...context}>
      <header className="page-header">
        <div className="page-name">
          <h1>deskstate</h1>
          <p>An agent’s desk that shows the state of the server, and the statecharts behind it.</p>
        </div>
        <ConnectionStatus />
      </header>
      {controls}
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
      <footer className="page-footer">{footer}</footer>
      {context.isRecorded !== true && <Toasts />}
    </DemoProvider>
  );
}
