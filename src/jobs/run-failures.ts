/** Runs that fail as a whole: nothing can be written to the sheet then, its Outbox included, so the owner is mailed from here. */
import type { Address } from '../domain/addresses';
import { parseAddressList } from '../domain/addresses';
import { localDay } from '../domain/calendar';
import { failureWords } from '../domain/failure-words';
import { type Failure, failureFields } from '../domain/failures';
import { render, templateFor } from '../domain/messages';
import { buildMail } from '../domain/mime';
import { FAILURE_KEY } from '../domain/templates';
import type { Day, Zone } from '../domain/values';
import { type App, errorText, runNow } from '../run/app';
import { alertsHint, readersOf } from '../run/failures';
import { zoneHint } from '../run/hints';
import type { JobName, Kept } from '../run/told';

const FAILING = 'runs-fail';
/** A first failure is often a hiccup of Google's: only what a later run of the same job meets again is told. */
const LASTS_MS = 20 * 60_000;

interface Failing {
  /** Since when each job has failed. */
  readonly since: Readonly<Partial<Record<JobName, number>>>;
  readonly told?: Day;
}

function failingIn(kept: Kept): Failing {
  try {
    const value = JSON.parse(kept[FAILING] ?? '') as Failing;
    return typeof value.since === 'object' ? value : { since: {} };
  } catch {
    return { since: {} };
  }
}

const today = (app: App, kept: Kept): Day => localDay(runNow(app).now, zoneOf(kept));
const zoneOf = (kept: Kept): Zone => zoneHint(kept) ?? ('Etc/UTC' as Zone);

/**
 * Remembers it, and tells the owner once a day when it lasts. The day is noted before the mail leaves: a run that is killed in between
 * tells it tomorrow, and none tells it twice. Whoever started the run sees on the screen what came of it.
 */
export function runFailed(app: App, kept: Kept, job: JobName, said: string): void {
  if (app.run.by.includes('@')) return;
  const { since, told } = failingIn(kept);
  const now = runNow(app).now;
  const first = since[job];
  const day = today(app, kept);
  const isDue = first !== undefined && now - first >= LASTS_MS && told !== day;
  const readers = isDue ? readersIn(app, kept) : [];
  const isTold = readers.length > 0 && app.host.mail.remaining() >= readers.length;
  if (first !== undefined && !isTold) return;
  const next: Failing = {
    since: { ...since, [job]: first ?? now },
    ...(isTold ? { told: day } : told ? { told } : {}),
  };
  app.host.documentStore.set(FAILING, JSON.stringify(next));
  if (isTold) send(app, kept, said, readers);
}

/** The job works again; costs nothing where it always did. */
export function runWorked(app: App, kept: Kept, job: JobName): void {
  if (kept[FAILING] === undefined) return;
  const { since, told } = failingIn(kept);
  const { [job]: failed, ...others } = since;
  const isOver = Object.keys(others).length === 0 && told !== today(app, kept);
  if (isOver) app.host.documentStore.remove(FAILING);
  else if (failed !== undefined)
    app.host.documentStore.set(FAILING, JSON.stringify({ since: others, ...(told ? { told } : {}) }));
}

/** As the last run of a day found the Settings tab, which may be what cannot be read now. */
function readersIn(app: App, kept: Kept): readonly Address[] {
  const hint = alertsHint(kept);
  if (hint === 'off') return [];
  const owner = kept.owner || app.host.session.effectiveUser();
  return parseAddressList(readersOf(owner, hint?.to ?? '').join(', ')).addresses;
}

const TITLE = 'Rent Ledger';

/** By Gmail, which needs no key; its refusal must not hide what the run itself met. */
function send(app: App, kept: Kept, said: string, to: readonly Address[]): void {
  const { language = 'en', link = '' } = named(alertsHint(kept));
  const failure: Failure = { platform: 'rent-ledger', title: TITLE, kind: 'run', isMoney: false, said };
  const words = failureWords('run', TITLE, false, language);
  const at = runNow(app).now;
  const template = templateFor([], FAILURE_KEY, language);
  const message =
    template && render(template, failureFields(failure, words, { at, zone: zoneOf(kept), link }), language);
  if (!message || 'reason' in message) return;
  const messageIdRef = `${FAILURE_KEY}:${failure.platform}:run:${today(app, kept)}`;
  const raw = buildMail({ fromName: TITLE, to, ...message, date: at, headers: { messageIdRef } });
  try {
    app.host.mail.send(app.host.digest.base64url(raw), to.length);
  } catch (error) {
    app.host.note(`The owner could not be told: ${errorText(error)}`);
  }
}

const named = (hint: ReturnType<typeof alertsHint>) => (hint === undefined || hint === 'off' ? {} : hint);
