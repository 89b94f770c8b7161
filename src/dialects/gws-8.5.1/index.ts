import type { Dialect } from "../dialect.ts";
import { readAnswer } from "./answers.ts";
import { decode, topics } from "./decode.ts";
import { encode } from "./encode.ts";
import { rules, type Gws851Operations } from "./operations.ts";
import { lists, session } from "./session.ts";

/** Genesys Web Services 8.5.1: one topic for email and chat, `InteractionStateMessage`. */
export const gws851: Dialect<Gws851Operations> = {
  name: "gws-8.5.1",
  topics: Object.values(topics),
  rules,
  session,
  lists,
  decode,
  encode,
  readAnswer,
};
