import { enablePatches, produceWithPatches } from "immer";
import { describeType } from "../../domain/anomaly.ts";
import { invalidArgument } from "../../domain/error-text.ts";
import type { OperationOutcome } from "../../domain/outcome.ts";
import { invalidArguments } from "../../domain/parameters.ts";
import { isUserDataValue, type UserData, type UserDataValue } from "../../domain/user-data.ts";
import type { InteractionRecord } from "../../domain/record.ts";
import type { Perform } from "./action-set.ts";
import type { OperationTarget } from "./operation-target.ts";

type Draft = Record<string, UserDataValue>;

/** Performs what an edit of the user data needs; see `editUserData` of an interaction. */
export function editUserData(
  target: OperationTarget & { readonly record: InteractionRecord },
  perform: Perform,
  edit: (draft: Draft) => void,
): Promise<readonly OperationOutcome[]> {
  const { attached, updated, deleted } = changesOf(target.record.userData.object, edit);
  const operations: [operation: string, parameters: object, content: object][] = [
    ["AttachUserData", { userData: attached }, attached],
    ["UpdateUserData", { userData: updated }, updated],
    ["DeleteUserData", { keys: deleted }, deleted],
  ];
  return Promise.all(
    operations
      .filter(([, , content]) => Object.keys(content).length > 0)
      .map(([operation, parameters]): Promise<OperationOutcome> => {
        const rule = target.rules.get(operation);
        if (rule !== undefined) return perform(target, rule, parameters);
        return Promise.resolve({ operation, outcome: "NotAllowed", reason: "not-known" });
      }),
  );
}

/** Returns the entries that an edit adds, replaces and removes. @throws DeskError `invalid-arguments` */
function changesOf(userData: UserData, edit: (draft: Draft) => void) {
  enablePatches();
  const [, patches] = produceWithPatches(userData as Draft, (draft) => {
    // The editor's return value is not a new state, as immer would take it.
    edit(draft);
  });
  const attached = Object.create(null) as Draft;
  const updated = Object.create(null) as Draft;
  const deleted: string[] = [];
  for (const { op, path, value } of patches) {
    const key = String(path[0]);
    if (op === "remove") deleted.push(key);
    else if (path.length !== 1 || !isUserDataValue(value)) {
      const expected = "text, a number, a boolean or null";
      throw invalidArguments("editUserData", invalidArgument(key, expected, describeType(value)));
    } else if (op === "add") attached[key] = value;
    else updated[key] = value;
  }
  return { attached, updated, deleted };
}
