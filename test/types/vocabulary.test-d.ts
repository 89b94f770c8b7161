import {
  createDesk,
  type Desk,
  type InteractionOf,
  type ServerOperations,
  type StandardKinds,
  type VocabularyOf,
} from "../../src/index.ts";
import { gws, gws851, type Dialect } from "../../src/links/gws/index.ts";
import { recorded } from "../../src/recording/index.ts";
import { sibling852, type Words852 } from "../dialect/sibling-8.5.2.ts";

// Checked by `npm run types`: a dialect with other operations gives the desk other actions, with nothing to annotate.

interface SmokeOperations extends ServerOperations {
  readonly interaction: {
    readonly email: { readonly Burn: [] };
    readonly chat: { readonly Puff: [parameters: { rings: number }]; readonly Burn: [] };
  };
  readonly channel: { readonly Light: [] };
}

type Smoke = VocabularyOf<StandardKinds, SmokeOperations>;

declare const smoke: Dialect<SmokeOperations>;

export function anotherDialectBringsItsOwnActions(): void {
  const credentials = { user: "ana", password: "secret" };
  const recordedDesk = createDesk({ link: recorded({ dialect: smoke }) });
  const liveDesk = createDesk({ link: gws({ url: "https://gws.example.com", credentials, dialect: smoke }) });
  for (const desk of [recordedDesk, liveDesk]) {
    const typed: Desk<Smoke> = desk;
    void typed.channel("chat").actions.Light?.();
    // @ts-expect-error this server has no Ready
    void desk.channel("chat").actions.Ready;
    desk.invitations.subscribe(([first]) => {
      if (first === undefined || first.kind === "other") return;
      void first.actions.Burn?.();
      // @ts-expect-error only a chat has Puff
      void first.actions.Puff;
      if (first.kind === "chat") {
        void first.actions.Puff?.({ rings: 3 });
        void first.can("Puff");
        // @ts-expect-error whose rings are counted
        void first.actions.Puff?.({ rings: "three" });
        // @ts-expect-error this server has no Accept
        void first.actions.Accept;
      }
    });
  }
}

export function theNextServerGenerationBringsItsOwn(): void {
  const desk: Desk<Words852> = createDesk({ link: recorded({ dialect: sibling852 }) });
  const chat = desk.interaction("X");
  if (chat?.kind !== "chat") return;
  void chat.actions.SendMessage?.({ text: "Hello" });
  void chat.actions.Accept?.({ nickname: "Ana" });
  // @ts-expect-error there the nickname is required
  void chat.actions.Accept?.();
  // @ts-expect-error Send is a word of 8.5.1
  void chat.actions.Send;
}

export function withoutADialectTheWordsAreThoseOf851(): void {
  const desk: Desk = createDesk({ link: recorded() });
  const named: Desk = createDesk({ link: recorded({ dialect: gws851 }) });
  void [desk, named];
}

export function desksOfDifferentServersAreNotMixedUp(smoking: Desk<Smoke>): void {
  // @ts-expect-error its chats have no Send
  const desk: Desk = smoking;
  const chat = smoking.interaction("X");
  // @ts-expect-error
  const standard: InteractionOf<"chat"> | undefined = chat?.kind === "chat" ? chat : undefined;
  void [desk, standard];
}

// @ts-expect-error operations are named by kind
export type Incomplete = Dialect<{ readonly chat: { readonly Puff: [] } }>;
