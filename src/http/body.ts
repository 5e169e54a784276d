/** The bodies of replies as readable JSON: good answers, and errors that may be anything. */
import type { HttpReply } from '../ports';
import { faultOf } from './faults';
import { Json, parseJson } from './json';

/** No page of a list that we ask for is larger. */
const MAX_BYTES = 10 * 1024 * 1024;

/** The answer as readable JSON; `about` names it in faults. */
export const bodyOf = (reply: HttpReply, about: string): Json => new Json(parseJson(reply.body, MAX_BYTES), about);

/** What an error says; where it is no JSON nothing can be read in it. */
export function errorIn(reply: HttpReply): Json {
  try {
    return bodyOf(reply, 'error');
  } catch (error) {
    faultOf(error);
    return new Json(undefined, 'error');
  }
}
