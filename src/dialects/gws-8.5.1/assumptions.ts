const namesFromEmail = "Parameter names are those of the 8.5.2 page; none is printed for 8.5.1.";
const anyEnd = "The state that follows is not documented: any end of the interaction confirms it.";

const shared = {
  Reject: anyEnd,
  SingleStepTransfer: `${namesFromEmail} ${anyEnd}`,
  PlaceInWorkbin: `No 8.5.1 page was seen; operationName and parameter are guesses. ${anyEnd}`,
  AttachUserData: namesFromEmail,
  UpdateUserData: namesFromEmail,
  DeleteUserData: namesFromEmail,
};

/**
 * The assumptions about operations that the documents leave open, by channel and operation. For the documentation only:
 * no other module imports them, so no bundle holds them.
 */
export const assumptions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  email: {
    ...shared,
    StopProcessing: `The 8.5.1 email page names Complete, the 8.5.0 general page StopProcessing. ${anyEnd}`,
    Reply: `That a message follows is documented, its state is not; assumed Composing. ${namesFromEmail}`,
    ReplyAll: `As Reply. ${namesFromEmail}`,
    Send: `Capability, parameters and end state as in 8.5.2. ${namesFromEmail}`,
    Cancel: "Capability and end state as in 8.5.2.",
  },
  chat: {
    ...shared,
    StopProcessing: anyEnd,
    Send: "The event of a text message is not recorded; assumed MESSAGE with text.",
    SendNotification: "The parameter is not documented; named as in the recorded NOTICE events.",
    LeaveChat:
      "No page was seen. Either the chat ends or, as in 8.5.2, it stays to be finished without LeaveChat.",
    EndChatSession: "No page was seen. As LeaveChat, for all parties.",
    SingleStepConference: "No page was seen; the parameter is named as in the 8.5.2 Invite.",
  },
};
