/** Batches that write: each part has an outcome of its own, also where HubSpot refuses a batch as a whole. */
import { fault, faultOf } from '../../http/faults';
import type { Json } from '../../http/json';
import type { Fault } from '../../http/types';
import { asked, type Flow } from '../connector';
import { answerIn, faultsIn, type Input, writeBatch } from './api';

export type Outcomes = ReadonlyMap<string, string | Fault>;

/** By their traces: the id of what was written, or why it was not. `nameOf` tells which input a result belongs to. */
export function* writeAll(
  what: Parameters<typeof writeBatch>[0],
  inputs: readonly Input[],
  nameOf: (result: Json) => string,
): Flow<Outcomes> {
  if (inputs.length === 0) return new Map();
  let reply: Json;
  try {
    reply = answerIn(yield* asked(writeBatch(what, inputs)));
  } catch (error) {
    const refused = faultOf(error);
    if (!mayBeOneOfThem(refused)) throw error;
    const [first] = inputs;
    if (inputs.length === 1 && first) return new Map([[first.objectWriteTraceId, refused]]);
    return yield* inHalves(what, inputs, nameOf);
  }
  const failed = faultsIn(reply);
  const written = new Map(reply.items('results').map((result) => [nameOf(result), result.str('id')]));
  return new Map(
    inputs.map(({ objectWriteTraceId: trace }) => [trace, failed.get(trace) ?? written.get(trace) ?? silent(trace)]),
  );
}

const silent = (trace: string): Fault => fault('malformed', `HubSpot's answer says nothing of ${trace}.`);

/** A property that is not there is refused for all of them; any other refusal may be about one. */
const mayBeOneOfThem = ({ fault: kind, code }: Fault): boolean =>
  (kind === 'rejected' || kind === 'missing') && code !== 'PROPERTY_DOESNT_EXIST';

/** Nothing was written of a batch that was refused: its halves are tried, until only what is wrong is left. */
function* inHalves(
  what: Parameters<typeof writeBatch>[0],
  inputs: readonly Input[],
  nameOf: (result: Json) => string,
): Flow<Outcomes> {
  const middle = Math.ceil(inputs.length / 2);
  const first = yield* writeAll(what, inputs.slice(0, middle), nameOf);
  const second = yield* writeAll(what, inputs.slice(middle), nameOf);
  return new Map([...first, ...second]);
}
