/** What the services of an execution work on; the world is the one machine there is. */
import type { Faults } from '../faults';
import type { HarRecorder } from '../har';
import type { Sandbox } from '../vendors/sandbox';
import type { Bundle } from './bundle';
import type { Execution } from './execution';
import type { HostState } from './state';
import type { WorkbookModel } from './workbook/workbook';

export interface Machine {
  readonly state: HostState;
  readonly workbook: WorkbookModel;
  readonly bundle: Bundle;
  readonly sandboxes: readonly Sandbox[];
  readonly faults: Faults;
  /** Holder of each lock: an execution's id. */
  readonly locks: Map<string, number>;
  /** Set while exchanges are recorded. */
  readonly recorder?: HarRecorder;
  readonly webAppUrl: string;
  /** Real milliseconds after which an endless loop is ended. */
  readonly wallLimitMs: number;
  nextExecution(): number;
  /** How many executions are under way. */
  running(): number;
  entered(execution: Execution): void;
  left(execution: Execution): void;
  /** Runs what was planned to happen inside this call of the execution. */
  interleave(call: number, execution: Execution): void;
}
