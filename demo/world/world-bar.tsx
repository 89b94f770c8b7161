import { useInteraction } from "deskstate/react";
import { useState, type ReactNode } from "react";
import type { Control, Parameters } from "../server/world.ts";
import { useReadable } from "../watchable.ts";
import { useWorkplace } from "../workplace.tsx";
import { ask } from "./control.ts";
import { Guide } from "./guide.tsx";

const cutFor = 5_000;

/** Everything outside the desk that the visitor may be: customers, a supervisor, the network, the server. */
export function WorldBar({
  offerTimeout,
  customersCome,
}: {
  readonly offerTimeout: number;
  readonly customersCome: boolean;
}): ReactNode {
  const { activity, selection } = useWorkplace();
  const { id = "" } = useReadable(selection);
  const selected = useInteraction(id);
  const [areComing, setComing] = useState(customersCome);

  const wish = async (text: string, control: Control, parameters?: Parameters) => {
    const answer = await ask(control, parameters);
    if (!answer.isDone) return activity.tell("The world", answer.message, "warning");
    activity.tell("The world", text, "quiet");
    setComing(answer.world.customersCome);
  };

  const isChat = selected?.kind === "chat" && !selected.isEnded;
  const isLive = selected !== undefined && !selected.isEnded;
  return (
    <section className="world" aria-label="Be the world">
      <Guide offerTimeout={offerTimeout} />
      <div className="world-buttons">
        <h2>Be the world</h2>
        <WorldButton press={() => wish("A customer wrote an email.", "email")}>Send an email</WorldButton>
        <WorldButton press={() => wish("A customer opened a chat.", "chat")}>Start a chat</WorldButton>
        <WorldButton
          press={() => wish("The customer writes.", "say", { id })}
          whyNot={isChat ? undefined : "Choose a chat first"}
        >
          Customer writes
        </WorldButton>
        <WorldButton
          press={() => wish("A supervisor took it away.", "revoke", { id })}
          whyNot={isLive ? undefined : "Choose an interaction that has not ended"}
        >
          Revoke this
        </WorldButton>
        <WorldButton press={() => wish("The network is cut for 5 s.", "cut", { duration: cutFor })}>
          Cut the network 5 s
        </WorldButton>
        <WorldButton press={() => wish("The server was down for 2 s and forgot every session.", "restart")}>
          Restart the server
        </WorldButton>
        <label className="check">
          <input
            type="checkbox"
            role="switch"
            checked={areComing}
            onChange={({ target: { checked } }) =>
              void wish(
                checked ? "Customers come by themselves." : "No more customers by themselves.",
                "customers",
                { on: checked },
              )
            }
          />
          Customers come by themselves
        </label>
      </div>
    </section>
  );
}

function WorldButton({
  press,
  whyNot,
  children,
}: {
  readonly press: () => Promise<void>;
  readonly whyNot?: string | undefined;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <button
      type="button"
      className="button world-button"
      aria-disabled={whyNot !== undefined}
      title={whyNot}
      onClick={() => {
        if (whyNot === undefined) void press();
      }}
    >
      {children}
    </button>
  );
}
