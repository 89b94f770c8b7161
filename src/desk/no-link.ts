import type { Link } from "./link.ts";

/** A link to no server, for a desk that is only shown, as when a page is rendered on a server. It never connects. */
export const noLink: Link = {
  rules: { channel: new Map(), interaction: new Map() },
  connect: () => {},
  disconnect: () => Promise.resolve(),
  readList: () => Promise.resolve({ kind: "failed" }),
  perform: () => Promise.resolve({ kind: "unanswered" }),
};
