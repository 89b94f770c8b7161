import type { OperationsOf } from "../../domain/portable-operations.ts";
import type { SharedOperation } from "../shared-operations.ts";

/** The operations of an email, or of the outbound reply to one. */
export type EmailOperations = OperationsOf<
  Record<SharedOperation | "Reply" | "ReplyAll" | "Send" | "Cancel", object>
>;
