import type { List, SessionRequests } from "../dialect.ts";
import { readChannelList, readInteractionList } from "./decode.ts";
import { isSource } from "../fields.ts";

/** The requests that begin and end a session (PROTOCOL section 8). */
export const session: SessionRequests = {
  notifications: "/notifications",
  signIn: { method: "GET", path: "/me" },
  signedInAs: (body) => {
    const user = isSource(body) ? body["user"] : undefined;
    const name = isSource(user) ? user["userName"] : undefined;
    return typeof name === "string" ? name : undefined;
  },
  // Documented from 8.5.2 on; a server that does not know it refuses, and the link goes on without.
  begin: (channels) => ({
    method: "POST",
    path: "/me",
    body: { operationName: "StartContactCenterSession", channels },
  }),
  end: { method: "POST", path: "/me", body: { operationName: "EndContactCenterSession" } },
};

/** The truth about one agent, as the server lists it. */
export const lists: readonly List[] = [
  {
    request: { method: "GET", path: "/me/channels?fields=*" },
    holdsInteractions: false,
    read: readChannelList,
  },
  {
    request: { method: "GET", path: "/me/interactions?fields=*" },
    holdsInteractions: true,
    read: readInteractionList,
  },
];
