/** Reads a decision on a waiting receipt as it comes from the page: exactly the fields of its kind. */
import * as v from 'valibot';
import { amount, day, flag, type Reader, text } from '../../args';
import type { Resolution } from '../reconcile';

const part = () => v.strictObject({ lease: text, amount, charge: v.optional(text) });

/** Made for the call at hand, as all readers are. */
export const resolution = (): Reader<Resolution> =>
  v.variant('kind', [
    v.strictObject({ kind: v.literal('match'), lease: text, remember: flag, version: text }),
    v.strictObject({ kind: v.literal('split'), parts: v.pipe(v.array(part()), v.maxLength(100)), version: text }),
    v.strictObject({ kind: v.literal('not rent'), reason: text, version: text }),
    v.strictObject({
      kind: v.literal('later'),
      question: text,
      owner: v.optional(text),
      due: v.optional(day),
      version: text,
    }),
  ]) as Reader<Resolution>;
