import type { Report } from "../../domain/anomaly.ts";
import type { OperationRules } from "../../domain/operation.ts";
import type { Inspection } from "../inspection/inspection.ts";
import type { Effects } from "../journal.ts";
import type { OperationRunner } from "../operations/operation-runner.ts";

/** What a cell needs of the desk it belongs to. */
export interface EntityContext<Cell> {
  readonly rules: OperationRules;
  readonly runner: OperationRunner;
  readonly report: Report;
  readonly effects: Effects;
  readonly inspection: Inspection;
  readonly isLive: () => boolean;
  /** Reads the server's list, because something was met that only the list can decide. */
  readonly lookUp: () => void;
  /** Something that can be seen has changed. */
  readonly changed: (cell: Cell) => void;
}

/** What an interaction needs besides. */
export interface InteractionHost<Cell> extends EntityContext<Cell> {
  readonly dismiss: (cell: Cell) => boolean;
}
