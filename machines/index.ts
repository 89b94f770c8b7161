export { catalogue } from "./catalogue.ts";
export { channelMachine } from "./channel.machine.ts";
export { chatMachine } from "./chat.machine.ts";
export { connectionMachine } from "./connection.machine.ts";
export { emailMachine } from "./email.machine.ts";
export type { ChannelContext, ChannelEvent } from "../src/domain/channel-context.ts";
export type { ConnectionContext, ConnectionFact } from "../src/domain/connection.ts";
export {
  afterEnding,
  afterOperation,
  afterState,
  afterUpdate,
  newInteraction,
} from "../src/domain/interaction-context.ts";
export type {
  InteractionContext,
  InteractionEvent,
  LifecycleFact,
} from "../src/domain/interaction-context.ts";
export type { OperationFact } from "../src/domain/pending-operations.ts";
