import type { ReactNode } from "react";
import type { ShallowRef } from "vue";
import {
  createDesk,
  type AnySnapshot,
  type Desk,
  type Interaction,
  type VocabularyOfDesk,
} from "../../src/index.ts";
import { DeskProvider } from "../../src/react/index.ts";
import * as react from "../../src/react/index.ts";
import { recorded } from "../../src/recording/index.ts";
import * as vue from "../../src/vue/index.ts";
import { dialect, kinds } from "../kinds/survey/survey.ts";

// Checked by `npm run types`: hooks and composables know the kinds that an application brings.

const desk = createDesk({ link: recorded({ dialect }), kinds });
type Words = VocabularyOfDesk<typeof desk>;
type Found = AnySnapshot<Words> | undefined;

const gradeOf = (found: Found) => (found?.kind === "survey" ? found.grade : undefined);

export function AHookNarrowsToAKindOfTheApplication(): ReactNode {
  const found = react.useInteraction<Words>("S");
  if (found?.kind === "survey") {
    const grade: number | undefined = found.grade;
    void found.actions.Grade?.({ grade: 5 });
    // @ts-expect-error a grade is a number
    void found.actions.Grade?.({ grade: "five" });
    // @ts-expect-error a survey has no Send
    void found.actions.Send;
    return grade;
  }
  if (found?.kind === "chat") return found.transcript.length;
  // @ts-expect-error the desk has no such kind
  if (found?.kind === "fax") return null;
  // @ts-expect-error a standard desk has no surveys
  return react.useInteraction("S")?.kind === "survey";
}

export function ASelectorSeesTheKinds(): ReactNode {
  const grade: number | undefined = react.useInteraction<Words, number | undefined>("S", gradeOf);
  const inline = react.useInteraction<Words, string | undefined>("S", (found) =>
    found?.kind === "survey" ? found.question : found?.id,
  );
  const waiting: number = react.useDeskSelector(
    (all: Desk<Words>) => all.interactions.getSnapshot().filter(({ kind }) => kind === "survey").length,
  );
  const offered: boolean = react.useInvitations((list: readonly Interaction<Words>[]) =>
    list.some(({ kind }) => kind === "survey"),
  );
  // @ts-expect-error a selector that is not annotated sees the standard kinds
  react.useDeskSelector((all) => all.interactions.getSnapshot().some(({ kind }) => kind === "survey"));
  // @ts-expect-error a survey has no subject
  react.useInteraction<Words, unknown>("S", (found) => (found?.kind === "survey" ? found.subject : null));
  const own: Desk<Words> = react.useDesk<Words>();
  return (
    <DeskProvider desk={own} autoStart>
      {[grade, inline, waiting, offered].join()}
    </DeskProvider>
  );
}

export function aComposableKnowsThemToo(): void {
  vue.provideDesk(desk, { autoStart: () => ({ channels: ["feedback"] }) });
  const found: Readonly<ShallowRef<Found>> = vue.useInteraction<Words>("S");
  if (found.value?.kind === "survey") void found.value.actions.Grade?.({ grade: 5 });
  const grade: Readonly<ShallowRef<number | undefined>> = vue.useInteraction<Words, number | undefined>(
    () => "S",
    gradeOf,
  );
  const waiting: Readonly<ShallowRef<number>> = vue.useDeskSelector(
    (all: Desk<Words>) => all.interactions.getSnapshot().filter(({ kind }) => kind === "survey").length,
  );
  // @ts-expect-error a standard desk has no surveys
  void (vue.useInteraction("S").value?.kind === "survey");
  // @ts-expect-error a grade is a number
  const text: Readonly<ShallowRef<string | undefined>> = vue.useInteraction<Words, string>("S", gradeOf);
  void [grade, waiting, text];
}
