import { emailMachine } from "../../machines/email.machine.ts";
import { defineKind } from "./kind.ts";

/** What stands for interactions of which a desk has no kind: they live like an email, and can be seen, not handled. */
export const otherKind = defineKind({ name: "other", machine: emailMachine, fields: {} });
