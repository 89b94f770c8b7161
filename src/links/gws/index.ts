export { gws } from "./gws.ts";
export type { GwsOptions } from "./options.ts";
export type { Credentials } from "./http-session.ts";
export { gws851 } from "../../dialects/gws-8.5.1/index.ts";
export { extendDialect } from "../../dialects/extend-dialect.ts";
export type {
  Decoded,
  Dialect,
  List,
  ListContent,
  SessionRequests,
  WireRequest,
} from "../../dialects/dialect.ts";
