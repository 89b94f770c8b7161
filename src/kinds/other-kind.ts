import { emailMachine } from "../../machines/email.machine.ts";
import { defineKind } from "./kind.ts";

/** The kind of interactions for which a desk has none. They have the chart of an email and no operations. */
export const otherKind = defineKind({ name: "other", machine: emailMachine, fields: {} });
