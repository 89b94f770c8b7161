// Type-checked by check-package.ts against the packed declarations, with library checks on.
import * as main from "deskstate";
import * as gws from "deskstate/gws";
import * as machines from "deskstate/machines";
import * as simulator from "deskstate/simulator";

export const entries = { main, gws, machines, simulator };
