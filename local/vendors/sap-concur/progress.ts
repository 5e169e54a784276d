/** How far SAP Concur is with a receipt: it is queued, worked on and done within half a minute, or given up after some tries. */
import type { Receipt } from './state';

const SECOND_MS = 1000;
const STARTS_MS = 2 * SECOND_MS;
const DONE_MS = 20 * SECOND_MS;
const TRIES_MS = [STARTS_MS, 15 * SECOND_MS, 30 * SECOND_MS];
const GIVEN_UP_MS = 45 * SECOND_MS;
/** After this nobody is told how it went. */
const TOLD_FOR_MS = 14 * 86_400_000;

export type Status = 'ACCEPTED' | 'PROCESSING' | 'PROCESSED' | 'FAILED';

interface Event {
  readonly afterMs: number;
  readonly logLevel: 'INFO' | 'ERROR';
  readonly message: string;
}

const event = (afterMs: number, logLevel: Event['logLevel'], message: string): Event => ({
  afterMs,
  logLevel,
  message,
});

const fails = ({ readable, fate }: Receipt): boolean => !readable || fate !== 'fine';

function eventsOf(receipt: Receipt): readonly Event[] {
  const accepted = event(0, 'INFO', 'Receipt accepted. Queued for processing.');
  const begun = (afterMs: number) => event(afterMs, 'INFO', 'Initiated receipt processing.');
  if (!fails(receipt))
    return [
      accepted,
      begun(STARTS_MS),
      event(DONE_MS - SECOND_MS, 'INFO', 'Receipt image generated.'),
      event(DONE_MS, 'INFO', 'Processing finished.'),
    ];
  const trouble = receipt.readable
    ? 'Error from Imaging service. Queued for reprocessing.'
    : 'Error during image generation or retrieval. Queued for reprocessing.';
  const tries = TRIES_MS.flatMap((afterMs) => [begun(afterMs), event(afterMs + SECOND_MS, 'ERROR', trouble)]);
  return [accepted, ...tries, event(GIVEN_UP_MS, 'ERROR', 'Processing failed.')];
}

export function statusOf(receipt: Receipt, nowMs: number): Status {
  const ageMs = nowMs - receipt.receivedMs;
  if (ageMs < STARTS_MS) return 'ACCEPTED';
  if (fails(receipt)) return ageMs < GIVEN_UP_MS ? 'PROCESSING' : 'FAILED';
  return ageMs < DONE_MS ? 'PROCESSING' : 'PROCESSED';
}

export const logsOf = (receipt: Receipt, nowMs: number) =>
  eventsOf(receipt)
    .filter(({ afterMs }) => receipt.receivedMs + afterMs <= nowMs)
    .map(({ afterMs, logLevel, message }) => ({
      logLevel,
      message,
      timestamp: new Date(receipt.receivedMs + afterMs).toUTCString(),
    }));

export const isStillTold = (receipt: Receipt, nowMs: number): boolean => nowMs - receipt.receivedMs < TOLD_FOR_MS;
