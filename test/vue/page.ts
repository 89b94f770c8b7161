import { defineComponent, h } from "vue";
import {
  useChannel,
  useConnection,
  useDeskSelector,
  useInteraction,
  useInteractions,
  useInvitations,
} from "deskstate/vue";

/** A page that calls most composables. Its elements depend on their values. */
export const Page = defineComponent({
  setup() {
    const connection = useConnection();
    const chat = useChannel("chat");
    const interaction = useInteraction("E");
    const interactions = useInteractions();
    const invitations = useInvitations((list) => list.length);
    const ended = useDeskSelector((desk) => desk.ended.getSnapshot().length);
    return () => [
      h("p", { class: connection.value.state }, connection.value.state),
      h("p", `${chat.value.name} ${chat.value.state}, ${invitations.value} offered, ${ended.value} ended`),
      chat.value.actions.Ready === undefined ? null : h("button", "Ready"),
      h(
        "ul",
        interactions.value.map(({ id, state }) => h("li", { key: id }, `${id} ${state}`)),
      ),
      interaction.value === undefined ? h("i", "none") : h("b", interaction.value.state),
    ];
  },
});

/** The page of a desk that was never started. */
export const blankPage = [
  `<p class="Offline">Offline</p>`,
  `<p>chat Unknown, 0 offered, 0 ended</p>`,
  `<!---->`,
  `<ul></ul>`,
  `<i>none</i>`,
].join("");
