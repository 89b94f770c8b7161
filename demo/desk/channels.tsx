import type { ChannelSnapshot } from "deskstate";
import { useChannel, useDesk } from "deskstate/react";
import { humanize, operationText, unavailabilityText } from "deskstate/text";
import type { ReactNode } from "react";
import { useDemoContext } from "../demo-context.tsx";
import { useObservable } from "../observable-value.ts";
import { Icon } from "./icon.tsx";
import { Section } from "./section.tsx";

/** The agent's channels, each with its readiness. */
export function Channels(): ReactNode {
  const channels = useObservable(useDesk().channels);
  return (
    <Section title="Channels">
      {channels.length === 0 && <p className="nothing">The server has not listed any yet.</p>}
      <ul className="channels">
        {channels.map(({ name }) => (
          <ChannelRow key={name} name={name} />
        ))}
      </ul>
    </Section>
  );
}

/** The readiness of one channel. The switch shows the server's state, and moves when that changes. */
function ChannelRow({ name }: { readonly name: string }): ReactNode {
  const channel = useChannel(name);
  const { isRecorded } = useDemoContext();
  return (
    <li className="channel" data-state={channel.state}>
      <Icon kind={name} />
      <div className="channel-words">
        <span className="channel-name">{humanize(name)}</span>
        <span className="channel-state">{readinessText(channel)}</span>
      </div>
      {!isRecorded && <Readiness channel={channel} />}
    </li>
  );
}

/** The controls that change the readiness. */
function Readiness({ channel }: { readonly channel: ChannelSnapshot }): ReactNode {
  const { logs, reasons } = useDemoContext();
  const { name, state, actions, pending } = channel;
  const isReady = state === "Ready";
  const operation = isReady ? "NotReady" : "Ready";
  const availability = channel.can(operation);
  const title = humanize(name);

  const toggle = () => {
    if (availability.allowed) void logs.activity.perform(title, operation, actions[operation]?.());
  };
  const giveReason = (reason: string) => {
    const running = actions.NotReady?.(reason === "" ? {} : { reason });
    void logs.activity.perform(title, "NotReady", running);
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
            {humanize(reason)}
          </option>
        ))}
      </select>
      <button
        type="button"
        role="switch"
        className="switch"
        aria-checked={isReady}
        aria-label={`${title} ready`}
        aria-disabled={!availability.allowed}
        aria-busy={pending.length > 0}
        title={availability.allowed ? undefined : unavailabilityText(availability.reason)}
        onClick={toggle}
      >
        <span aria-hidden="true" />
      </button>
    </>
  );
}

/** Returns the readiness in words, or the operation that is pending. */
function readinessText({ state, serverState, reason, pending }: ChannelSnapshot): string {
  const [operation] = pending;
  if (operation !== undefined) return `${operationText(operation)} requested …`;
  const readiness = state === "Unknown" ? (serverState ?? "not known yet") : humanize(state);
  return reason === null ? readiness : `${readiness}: ${humanize(reason).toLowerCase()}`;
}
