import type { Report } from "../domain/anomaly.ts";
import type { AnyRecordField } from "../domain/record-field.ts";
import type { InteractionKind } from "./kind.ts";

/**
 * Returns a kind whose functions never throw. An error is reported and a harmless value returned, because otherwise the
 * error would end the round and lose the operations that settled in it.
 */
export function guardKind(kind: InteractionKind, report: Report): InteractionKind {
  const guard = <Call extends (...given: never[]) => unknown>(
    name: string,
    call: Call,
    otherwise: (held: never) => unknown,
  ): Call =>
    ((one: never, two: never, three: never) => {
      try {
        return call(one, two, three);
      } catch {
        // Nothing is quoted of the error, because it may quote a customer.
        report({ code: "kind-failed", message: `"${name}" of the kind "${kind.name}" threw an error.` });
        return otherwise(one);
      }
    }) as Call;
  const nothing = () => undefined;
  const no = () => false;
  const fields = Object.entries(kind.fields).map(([name, field]) => {
    const { merge, view, read, toIncoming } = field;
    const guarded = {
      ...field,
      merge: guard(name, merge, (held) => held),
      view: view && guard(name, view, nothing),
      read: read && guard(name, read, nothing),
      toIncoming: toIncoming && guard(name, toIncoming, nothing),
    };
    return [name, guarded as AnyRecordField] as const;
  });
  const evidence = Object.entries(kind.evidence).map(
    ([name, shows]) => [name, guard(name, shows, no)] as const,
  );
  return {
    ...kind,
    fields: Object.fromEntries(fields),
    evidence: Object.fromEntries(evidence),
    isOutdated: guard("isOutdated", kind.isOutdated, no),
    countMissing: guard("countMissing", kind.countMissing, () => 0),
  };
}
