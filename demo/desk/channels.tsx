import { useDesk } from "deskstate/react";
import type { ReactNode } from "react";
import { useReadable } from "../watchable.ts";
import { ChannelRow } from "./channel-row.tsx";
import { Section } from "./section.tsx";

/** The agent's channels, each with its readiness. */
export function Channels(): ReactNode {
  const channels = useReadable(useDesk().channels);
  return (
    <Section title="Channels">
      {channels.length === 0 && <p className="nothing">The server has not told of any yet.</p>}
      <ul className="channels">
        {channels.map(({ name }) => (
          <ChannelRow key={name} name={name} />
        ))}
      </ul>
    </Section>
  );
}
