import { withOperations, type KindOperations } from "../domain/operation.ts";
import type { WithOperations } from "../kinds/vocabulary.ts";
import type { Dialect, ServerOperations } from "./dialect.ts";

/**
 * Returns a dialect with operations for further kinds of interaction, or further operations for the kinds that it knows.
 * The types of desks, hooks, bots and replays that use it follow.
 */
export function extendDialect<Server extends ServerOperations, const Added extends KindOperations>(
  dialect: Dialect<Server>,
  added: Added,
): Dialect<WithOperations<Server, Added>> {
  const { name, topics, rules, session, lists, decode, encode, readAnswer } = dialect;
  const extended = withOperations(rules, added);
  return { name, topics, rules: extended, session, lists, decode, encode, readAnswer };
}
