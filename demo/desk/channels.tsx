import type { ChannelSnapshot } from "deskstate";
import { useChannel, useDesk } from "deskstate/react";
import { humanize, operationText, unavailabilityText } from "deskstate/text";
import type { ReactNode } from "react";
import { Button, Icon, Options } from "../controls.tsx";
import { useDemoContext } from "../demo-context.tsx";
import { Section } from "../lists.tsx";
import { useObservable } from "../observable-value.ts";
import { rendererOf } from "./kinds/renderers.ts";

/** The agent's channels, each with its readiness. */
export function Channels(): ReactNode {
  const channels = useObservable(useDesk().channels);
  return (
    <Section
      title="Channels"
      empty="The server has not listed any yet."
      isCounted={false}
      listName="channels"
      items={channels.map(({ name }) => (
        <ChannelRow key={name} name={name} />
      ))}
    />
  );
}

/** The readiness of one channel. The switch shows the server's state, and moves when that changes. */
function ChannelRow({ name }: { readonly name: string }): ReactNode {
  const channel = useChannel(name);
  const { isRecorded } = useDemoContext();
  return (
    <li className="channel" data-state={channel.state}>
      <Icon path={rendererOf(name).icon} />
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
  const { reasons } = useDemoContext();
  const { name, state, actions, pending } = channel;
  const isReady = state === "Ready";
  const operation = isReady ? "NotReady" : "Ready";
  const availability = channel.can(operation);
  const title = humanize(name);

  return (
    <>
      <select
        aria-label={`${title}: not ready because`}
        value=""
        disabled={actions.NotReady === undefined}
        onChange={({ target }) => void actions.NotReady?.({ reason: target.value })}
      >
        <option value="" disabled>
          Not ready…
        </option>
        <Options values={reasons} textOf={humanize} />
      </select>
      <Button
        role="switch"
        className="switch"
        aria-checked={isReady}
        aria-label={`${title} ready`}
        aria-busy={pending.length > 0}
        isDisabled={!availability.allowed}
        title={availability.allowed ? undefined : unavailabilityText(availability.reason)}
        press={() => actions[operation]?.()}
      >
        <span aria-hidden="true" />
      </Button>
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
