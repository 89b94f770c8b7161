import type { ChannelSnapshot } from "deskstate";
import { useChannel } from "deskstate/react";
import type { ReactNode } from "react";
import { useWorkplace } from "../workplace.tsx";
import { Icon } from "./icon.tsx";
import { inWords, unavailabilityWords } from "./words.ts";

/** The readiness of one channel. The switch shows what the server says, and moves when the server says so. */
export function ChannelRow({ name }: { readonly name: string }): ReactNode {
  const channel = useChannel(name);
  const { isRecorded } = useWorkplace();
  return (
    <li className="channel" data-state={channel.state}>
      <Icon name={name} />
      <div className="channel-words">
        <span className="channel-name">{inWords(name)}</span>
        <span className="channel-state">{stateWords(channel)}</span>
      </div>
      {!isRecorded && <Readiness channel={channel} />}
    </li>
  );
}

/** Where the agent asks for another readiness. */
function Readiness({ channel }: { readonly channel: ChannelSnapshot }): ReactNode {
  const { activity, reasons } = useWorkplace();
  const { name, state, actions, pending } = channel;
  const isReady = state === "Ready";
  const operation = isReady ? "NotReady" : "Ready";
  const may = channel.can(operation);
  const title = inWords(name);

  const toggle = () => {
    if (!may.allowed) return;
    void activity.perform(title, inWords(operation), actions[operation]?.());
  };
  const giveReason = (reason: string) => {
    const running = actions.NotReady?.(reason === "" ? {} : { reason });
    void activity.perform(title, inWords("NotReady"), running);
  };

  return (
    <>
      <select
        aria-label={`${title}: not ready because`}
        value=""
        disabled={actions.NotReady === undefined}
        onChange={({ target }) => giveReason(target.value)}
      >
        <option value="" disabled>
          Not ready…
        </option>
        {reasons.map((reason) => (
          <option key={reason} value={reason}>
            {inWords(reason)}
          </option>
        ))}
      </select>
      <button
        type="button"
        role="switch"
        className="switch"
        aria-checked={isReady}
        aria-label={`${title} ready`}
        aria-disabled={!may.allowed}
        aria-busy={pending.length > 0}
        title={may.allowed ? undefined : unavailabilityWords[may.reason]}
        onClick={toggle}
      >
        <span aria-hidden="true" />
      </button>
    </>
  );
}

/** The readiness in words, with what was asked for. */
function stateWords({ state, serverState, reason, pending }: ChannelSnapshot): string {
  const [asked] = pending;
  if (asked !== undefined) return `${inWords(asked)} asked for …`;
  const readiness = state === "Unknown" ? (serverState ?? "not told yet") : inWords(state);
  return reason === null ? readiness : `${readiness}: ${inWords(reason).toLowerCase()}`;
}
