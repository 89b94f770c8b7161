import { plain } from "./plain-text.ts";
import { isInteraction, type Subject } from "./reporter.ts";

/** Short names for people: an interaction is called by its channel and a number, such as `chat 2`. */
export class Labels {
  readonly #numbers = new Map<string, number>();

  of(subject: Subject): string {
    if (!isInteraction(subject)) return plain(subject.name);
    return this.ofInteraction(subject);
  }

  ofInteraction({ id, channel }: { readonly id: string; readonly channel: string }): string {
    const number = this.#numbers.get(id) ?? this.#numbers.size + 1;
    this.#numbers.set(id, number);
    return `${plain(channel)} ${number}`;
  }
}
