import type { ChannelName } from "./accounts.ts";
import type { Identifiers } from "./identifiers.ts";
import type { UserDataValue } from "./interaction.ts";

/** The user data that the routing strategy attaches; keys and values are those of the recorded messages. */
const routing: readonly (readonly [string, UserDataValue])[] = [
  ["RTargetTypeSelected", "2"],
  ["RTargetObjectSelected", "?: 2>1"],
  ["RTargetRequested", "?: 2>1"],
  ["RTargetAgentGroup", "?: 2>1"],
  ["PegAG?: 2>1", 1],
  ["RTenant", "Environment"],
  ["RRequestedSkills", null],
  ["RRequestedSkillCombination", ""],
  ["CustomerSegment", "default"],
  ["ServiceType", "default"],
  ["ServiceObjective", 0],
];

const perChannel: Readonly<Record<ChannelName, readonly (readonly [string, UserDataValue])[]>> = {
  email: [
    ["RStrategyName", "SimpleEmailInStrategy"],
    ["Origination_Source", "Email"],
    ["Mailbox", "support"],
    ["Header_MIME-Version", "1.0"],
    ["_AutoReplyCount", 0],
    ["_ContainsAttachment", "false"],
    ["_AttachmentsSize", "0"],
  ],
  chat: [
    ["RStrategyName", "SimpleChatInStrategy"],
    ["IdentifyCreateContact", "3"],
    ["ChatServerAppName", "es_chat"],
    ["ChatServerPort", "7160"],
  ],
};

/** Returns the user data of a new interaction: the strategy's, then the customer's, which may override it. */
export function incomingUserData(
  channel: ChannelName,
  identifiers: Identifiers,
  own: readonly (readonly [string, UserDataValue])[],
): Map<string, UserDataValue> {
  return new Map([...routing, ...perChannel[channel], ["ContactId", identifiers.interaction()], ...own]);
}
