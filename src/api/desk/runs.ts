/** The progress of a run: its steps with counts as it goes, and what came of it; kept so that a page opened later sees it too. */

export interface RunStep {
  readonly name: string;
  readonly state: 'waiting' | 'running' | 'done' | 'skipped' | 'failed';
  readonly counts: readonly {
    readonly what: string;
    readonly count: number;
    /** The Log filter that lists them. */
    readonly group?: string;
  }[];
}

export interface RunProgress {
  readonly run?: {
    readonly id: string;
    readonly job: string;
    readonly by: string;
    /** `schedule` or `manual`. */
    readonly reason: 'schedule' | 'manual';
    /** `2026-12-06 09:05`, by the workbook's clock. */
    readonly startedAt: string;
    readonly elapsedMs: number;
    readonly state: 'running' | 'stopping' | 'stopped' | 'goes on' | 'done' | 'failed';
    readonly steps: readonly RunStep[];
    readonly problems: readonly string[];
    readonly trouble?: string;
  };
  /** The person is not the owner: the owner's next run does it, and when that is. */
  readonly nudged?: string;
  readonly zone: string;
}
