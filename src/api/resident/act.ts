/** What a resident can do on the page: a form's fields come in, words for the resident and perhaps an address to go on to come out. */
import type { App } from '../../run/app';
import type { OneLease } from './lease';

/** Text of a form, by name: outside text until an act has read it. */
export type Fields = Readonly<Record<string, string>>;

/** `says` names a sentence of the page's words, in the reader's language; `with` fills it; a day stands there as 2026-11-30. */
export type Outcome =
  | {
      readonly done: true;
      readonly says: string;
      readonly with?: Readonly<Record<string, string>>;
      /** A hosted page at the processor: the only place where money or its means are asked for. */
      readonly open?: { readonly url: string; readonly by: string };
    }
  | { readonly done: false; readonly says: string; readonly with?: Readonly<Record<string, string>> };

/**
 * Does it once for one `request`, which the page has made: a second click, a reload or a lost reply comes to the same outcome. It works
 * on the lease of the link, whatever the fields say.
 */
export type ResidentAct = (app: App, one: OneLease, request: string, fields: Fields) => Outcome;
