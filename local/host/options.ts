/** What a world is told: how it begins, how a function is run, how far time goes. */
import type { Sandbox } from '../vendors/sandbox';
import type { Bundle } from './bundle';
import type { Profile } from './limits';
import type { Mode } from './scopes';
import type { RunResult, TriggerKind, TriggerRecord } from './state';
import type { WorkbookModel } from './workbook/workbook';

/** Milliseconds since 1970, an ISO text, or a Date. */
export type When = number | string | Date;

export interface WorldParts {
  /** The folder that is pushed to Google, or a bundle made from texts. */
  readonly bundle: string | Bundle;
  readonly sandboxes: readonly Sandbox[];
}

export interface WorldOptions extends WorldParts {
  readonly now: When;
  /** Zone of the spreadsheet; the script's own is in the manifest. */
  readonly zone: string;
  /** Of the spreadsheet, such as `en_US`. */
  readonly locale: string;
  /** E-mail of the account that owns the file and its triggers. */
  readonly owner: string;
  readonly title: string;
  readonly profile?: Profile;
  readonly seed?: number;
}

export interface RunOptions {
  readonly user?: string;
  readonly trigger?: TriggerKind;
  readonly event?: unknown;
  /** For a simple trigger before the first use of the add-on in this file: `none`. */
  readonly mode?: Mode;
}

export interface EditResult {
  /** What the workbook says about the edit. */
  readonly change: ReturnType<WorkbookModel['edit']>;
  /** Executions that the edit set off. */
  readonly runs: readonly RunResult[];
}

export interface AdvanceOptions {
  readonly onRun?: (result: RunResult, trigger: TriggerRecord) => void;
  /** Most executions before it stops where it is; no limit when left out. */
  readonly limit?: number;
}

/** Milliseconds of an instant; throws for a text that is none. */
export function instantOfWhen(when: When): number {
  const ms = typeof when === 'number' ? when : new Date(when).getTime();
  if (!Number.isFinite(ms)) throw new Error(`Not an instant: ${String(when)}`);
  return ms;
}
