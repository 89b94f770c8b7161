import type { OfferSeen } from "./offer-times.ts";

/**
 * How long an offer has been there and when it will be revoked, for people.
 *
 * @param timeout - milliseconds after which the server revokes it; `undefined` when that is not known.
 */
export function offerWords({ time, isExact }: OfferSeen, now: number, timeout: number | undefined): string {
  const age = Math.max(0, Math.floor((now - time) / 1000));
  const since = isExact ? `offered ${age} s ago` : `offered ${age} s ago or earlier`;
  if (timeout === undefined) return since;
  const end = Math.round(timeout / 1000);
  return age < end ? `${since} · revoked at ${end} s` : `${since} · about to be revoked`;
}
