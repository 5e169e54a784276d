/** Checks in a story: the manager has one in hand, and the bank takes one back. */
import type { Stage } from './chapter';

/** `reference` is the check's number, one for each of the lease. */
export function recordCheck(stage: Stage, lease: string, amount: string, reference: string): void {
  const request = `check-${lease}-${stage.day}-${reference}`;
  stage.ask('recordOne', { request, lease, amount, method: 'check', reference, on: stage.day });
}

export function returnCheck(stage: Stage, lease: string, reference: string): void {
  const { receipts } = stage.ask<{ receipts: readonly { key: string }[] }>('exportBook');
  const isIt = ({ key }: { key: string }) => key.startsWith(`manual:${lease}:`) && key.endsWith(`check-${reference}`);
  const receipt = receipts.find(isIt)?.key ?? '';
  const act = { kind: 'reverse', lease, receipt, because: 'returned', reason: 'The bank returned it' };
  const { version } = stage.ask<{ version: string }>('preview', { act });
  stage.ask('apply', { request: `check-${lease}-${stage.day}-return`, act, before: { version } });
}
