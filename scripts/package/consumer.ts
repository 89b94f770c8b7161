// Type-checked by check-package.ts against the packed declarations, with library checks on.
import * as main from "deskstate";
import * as bot from "deskstate/bot";
import * as gws from "deskstate/gws";
import * as inspect from "deskstate/inspect";
import * as machines from "deskstate/machines";
import * as react from "deskstate/react";
import * as recording from "deskstate/recording";
import * as simulator from "deskstate/simulator";
import * as text from "deskstate/text";
import * as vue from "deskstate/vue";

export const entries = { main, bot, gws, inspect, machines, react, recording, simulator, text, vue };
