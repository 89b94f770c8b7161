/** The operations that emails and chats have in common. */
export type SharedOperation =
  | "Accept"
  | "Reject"
  | "StopProcessing"
  | "SingleStepTransfer"
  | "PlaceInWorkbin"
  | "AttachUserData"
  | "UpdateUserData"
  | "DeleteUserData";
