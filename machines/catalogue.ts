import { channelMachine } from "./channel.machine.ts";
import { chatMachine } from "./chat.machine.ts";
import { connectionMachine } from "./connection.machine.ts";
import { emailMachine } from "./email.machine.ts";

/**
 * The four charts, for tools that show them: the connection, the channel, and the two kinds of interaction. Each has its
 * name in `id`, and the meaning of its states in their `description`.
 */
export const catalogue: readonly [
  typeof connectionMachine,
  typeof channelMachine,
  typeof emailMachine,
  typeof chatMachine,
] = Object.freeze([connectionMachine, channelMachine, emailMachine, chatMachine] as const);
