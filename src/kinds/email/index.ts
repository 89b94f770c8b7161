import { emailMachine } from "../../../machines/email.machine.ts";
import { merged } from "../../domain/record-field.ts";
import { defineKind } from "../kind.ts";
import type { EmailContent } from "./email-content.ts";

/** An email, or the outbound reply to one. */
export const email = defineKind({
  name: "email",
  machine: emailMachine,
  fields: {
    /** The content; `undefined` until the server sent it. */
    email: merged<EmailContent>(),
  },
});
