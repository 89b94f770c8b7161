import type { InspectionEvent } from "xstate";
import type { Report } from "../domain/anomaly.ts";
import type { OperationRules } from "../domain/operation.ts";
import type { OperationRunner } from "./operation-runner.ts";

/** What a cell needs of the desk it belongs to. */
export interface CellHost<Cell> {
  readonly rules: OperationRules;
  readonly runner: OperationRunner;
  readonly report: Report;
  /** Told of everything that the charts do; absent when nobody inspects. */
  readonly inspection: { readonly inspect?: (event: InspectionEvent) => void };
  readonly isLive: () => boolean;
  /** Reads the server's list, because something was met that only the list can decide. */
  readonly lookUp: () => void;
  /** Something that can be seen has changed. */
  readonly changed: (cell: Cell) => void;
}

/** What an interaction needs besides. */
export interface InteractionHost<Cell> extends CellHost<Cell> {
  /** Somebody began to watch this cell, or nobody does any more. */
  readonly watched: (cell: Cell, isWatched: boolean) => void;
  readonly dismiss: (cell: Cell) => boolean;
}
