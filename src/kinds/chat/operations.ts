import type { OperationsOf } from "../../domain/portable-operations.ts";
import type { SharedOperation } from "../shared-operations.ts";

/** What can be asked about a chat. */
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
