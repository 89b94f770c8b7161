import type { OperationOutcome } from "../../src/index.ts";
import { english, outcomeText, type DeskText } from "../../src/text/index.ts";

// Checked by `npm run types`: a table of another language is complete, or it does not compile.

const { Done: _, ...incomplete } = english.operationOutcomes;
const { "session-lost": __, ...fewerReasons } = english.lossReasons;

export const aTableOfAnotherLanguage: DeskText = {
  ...english,
  channelStates: { Unknown: "Unbekannt", Ready: "Bereit", NotReady: "Nicht bereit" },
};

export const aMissingKeyDoesNotCompile: DeskText = {
  ...english,
  // @ts-expect-error Done is missing
  operationOutcomes: incomplete,
  // @ts-expect-error session-lost is missing
  lossReasons: fewerReasons,
  // @ts-expect-error NotReady is missing
  channelStates: { Unknown: "Unbekannt", Ready: "Bereit" },
};

// @ts-expect-error a whole table is missing
export const aMissingTableDoesNotCompile: DeskText = { channelStates: english.channelStates };

export const aMisspeltKeyDoesNotCompile: DeskText["operations"] = {
  ...english.operations,
  // @ts-expect-error there is no such operation
  Acept: "Annehmen",
};

export function aFunctionTakesTheWholeTableOrTheParts(outcome: OperationOutcome): void {
  outcomeText(outcome);
  outcomeText(outcome, english);
  const { operationOutcomes, statusCode, unavailabilities } = english;
  outcomeText(outcome, { operationOutcomes, statusCode, unavailabilities });
  // @ts-expect-error the reasons are missing
  outcomeText(outcome, { operationOutcomes, statusCode });
}
