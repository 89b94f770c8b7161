import { useInteraction, useInvitations } from "deskstate/react";

/** A component of an application: the offers, each with a button while it can be accepted. */
export function Offers() {
  const invitations = useInvitations();
  return (
    <ul>
      {invitations.map(({ id }) => (
        <Offer key={id} id={id} />
      ))}
    </ul>
  );
}

function Offer({ id }: { readonly id: string }) {
  const offer = useInteraction(id);
  if (offer?.kind !== "chat") return null;
  const { Accept } = offer.actions;
  const subject = String(offer.userData["Subject"] ?? "Chat");
  return <li>{Accept && <button onClick={() => void Accept({ nickname: "Ana" })}>{subject}</button>}</li>;
}
