import type { Report } from "../../domain/anomaly.ts";

/** Calls observers of charts. */
export interface Delivery {
  /** Takes the failures of observers. */
  readonly report: Report;
  /** Calls now, or, while the desk is taking something in, when it has finished. In the order of the calls. */
  readonly defer: (deliver: () => void) => void;
}
