/** What one language of messages consists of; adding a language is one file of this shape and a line in index.ts. */

export const RESIDENT_KEYS = [
  'before-due',
  'due-today',
  'late',
  'late-second',
  'final-notice',
  'receipt',
  'payment-failed',
  'payment-refunded',
  'autopay-ended',
  'signed',
  'request-answered',
  'account-link',
] as const;
export const PLAN_KEYS = [
  'plan-offered',
  'plan-accepted',
  'plan-instalment',
  'plan-missed',
  'plan-ended',
  'plan-finished',
] as const;
export const DIGEST_KEY = 'digest';
export const PLAN_NEWS_KEY = 'plan-news';
/** What failed, told to the owner. */
export const FAILURE_KEY = 'failure';
export const MANAGER_TEMPLATES = [DIGEST_KEY, PLAN_NEWS_KEY, FAILURE_KEY] as const;
export type ManagerKey = (typeof MANAGER_TEMPLATES)[number];
/** Messages to whoever owns or manages the ledger. */
export const MANAGER_KEYS: readonly string[] = MANAGER_TEMPLATES;

/** The messages that the add-on itself sends; people may add others to the tab and name them in the Ladder. */
export type TemplateKey = (typeof RESIDENT_KEYS)[number] | (typeof PLAN_KEYS)[number] | ManagerKey;

/** A message to managers in one language, with what stands at its foot. */
export interface ManagerMail {
  readonly words: Words;
  readonly footer: string;
}

/** Subject and body as a person edits them: plain text with mustache tags. */
export interface Words {
  readonly subject: string;
  readonly body: string;
  /** The same as a text message; left out where there is none. */
  readonly sms?: string;
}

/** The messages about payment plans, in files of their own. */
export type PlanWords = Readonly<Record<(typeof PLAN_KEYS)[number], Words>>;

/** One row of the Templates tab. */
export interface Template extends Words {
  readonly key: string;
  readonly language: string;
}

export interface LanguagePack {
  readonly language: string;
  readonly messages: Readonly<Record<(typeof RESIDENT_KEYS)[number], Words>> &
    PlanWords & { readonly [Key in ManagerKey]?: Words };
  /**
   * Ends every message to a resident: why it came, how to check it, where the property is. Not in the tab, so that no
   * edit can lose it.
   */
  readonly footer: string;
  /** The same of messages to managers; with their words or not at all. */
  readonly managerFooters?: Readonly<Record<ManagerKey, string>>;
  readonly payButton: string;
  /** What the link to the resident's own page is called. */
  readonly accountLink: string;
  /** Ends every text message: how to opt out. Not in the tab either. */
  readonly smsFooter: string;
}
