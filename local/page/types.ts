/** What the page and its server tell each other: plain JSON. */

export interface TabInfo {
  readonly id: number;
  readonly title: string;
  readonly rows: number;
  /** The add-on writes it; edits by people only warn. */
  readonly isGuarded: boolean;
  readonly charts: number;
}

export interface SwitchInfo {
  readonly vendor: string;
  readonly title: string;
  /** Words such as `refuses the credentials (401), until switched off`; empty when it works. */
  readonly armed: readonly string[];
}

/** Somebody at the keyboard, and what the Settings tab says of them. */
export interface Person {
  readonly email: string;
  readonly role: 'owner' | 'manager' | 'viewer';
}

/** The moment to which "Back to yesterday" returns. */
export interface PastMoment {
  readonly atMs: number;
  /** Words such as `Sun, 8 Nov 2026, 23:59`. */
  readonly label: string;
}

export interface PageState {
  /** Grows with every change of the world. */
  readonly revision: number;
  readonly title: string;
  readonly book: string;
  readonly nowMs: number;
  readonly zone: string;
  /** The civil day in the workbook's zone. */
  readonly today: string;
  readonly clock: string;
  readonly tabs: readonly TabInfo[];
  readonly people: readonly Person[];
  readonly past?: PastMoment;
  readonly mails: number;
  readonly texts: number;
  readonly chats: number;
  readonly executions: number;
  readonly problems: readonly string[];
  readonly switches: readonly SwitchInfo[];
  /** Kinds of trouble by their word. */
  readonly troubles: Readonly<Record<string, string>>;
  readonly busy?: string;
  /** Why the book could not be written to its folder; absent when it could. */
  readonly unsaved?: string;
}

export interface ChartSeries {
  readonly name: string;
  readonly colour: string;
  readonly values: readonly (number | null)[];
  readonly texts: readonly string[];
  /** One per value where the series is coloured value by value. */
  readonly colours: readonly string[];
}

/** Where a chart lies: the cell at its top left, 0-based, and pixels from there. */
export interface ChartPlace {
  readonly row: number;
  readonly column: number;
  readonly leftPx: number;
  readonly topPx: number;
  readonly widthPx: number;
  readonly heightPx: number;
}

export interface ChartView {
  readonly place: ChartPlace;
  readonly title: string;
  readonly altText: string;
  readonly kind: 'bar' | 'stacked bar' | 'column' | 'line' | 'steps' | 'table';
  readonly labels: readonly string[];
  readonly labelTitle: string;
  readonly series: readonly ChartSeries[];
}

export interface MailInfo {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly at: string;
  /** What carried it: `Gmail`, `SendGrid`. */
  readonly by: string;
  /** What has become of it, as its carrier knows; '' where nobody tells. */
  readonly state: string;
}

export interface MailView extends MailInfo {
  readonly text: string;
  readonly hasHtml: boolean;
  readonly headers: readonly (readonly [string, string])[];
  readonly thread: number;
}

export interface ChatView {
  readonly channel: string;
  readonly at: string;
  /** `Rent Ledger`, or the member who wrote it. */
  readonly by: string;
  /** Where it stands and what became of it: `in a thread`, `changed`. */
  readonly notes: readonly string[];
  readonly text: string;
  /** The texts of its blocks, in order. */
  readonly blocks: readonly string[];
}

/** A resident's phone, by its last text. */
export interface PhoneInfo {
  readonly phone: string;
  /** `Ada Brook, W1`; '' where the Leases tab has no such phone. */
  readonly who: string;
  readonly last: string;
  readonly at: string;
  readonly count: number;
}

export interface TextView {
  readonly id: string;
  readonly by: 'Rent Ledger' | 'Twilio' | 'resident';
  readonly text: string;
  readonly at: string;
  /** `delivered`, `waits until 2026-12-13 08:00`; '' of what the resident wrote. */
  readonly state: string;
  /** Parts into which it was cut. */
  readonly parts: number;
}

export interface ExecutionView {
  readonly handler: string;
  /** The function that the sidebar asked the gateway for; '' for other executions. */
  readonly asked: string;
  /** How many equal reads of the sidebar this line stands for. */
  readonly times: number;
  readonly trigger: string;
  readonly user: string;
  readonly at: string;
  readonly ok: boolean;
  readonly outcome: string;
  readonly calls: number;
  readonly seconds: number;
  readonly log: readonly string[];
}

export interface ActionResult {
  readonly title: string;
  readonly ok: boolean;
  /** Plain sentences. */
  readonly lines: readonly string[];
  readonly facts: readonly (readonly [string, string])[];
  readonly problems: readonly string[];
  readonly log: readonly string[];
}

export interface ProgressEvent {
  readonly day: string;
  readonly done: number;
  readonly of: number;
  readonly counts: readonly (readonly [string, number])[];
}
