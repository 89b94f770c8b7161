import type { OperationsOf } from "../../domain/portable-operations.ts";
import type { SharedOperation } from "../shared-operations.ts";

/** The operations of a chat. */
export type ChatOperations = OperationsOf<
  Record<
    | SharedOperation
    | "SendNotification"
    | "LeaveChat"
    | "EndChatSession"
    | "SingleStepConference"
    | "RequestChatHistory",
    object
  > & { readonly Send: { readonly takes: readonly ["text"] } }
>;
