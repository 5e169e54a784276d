/** `link`: a platform's customer, saved method or payer belongs to a lease. */
import { askApi } from '../api';
import { withBook } from '../book';
import { bookRequest, operand, type Verb } from '../verb';

export const linkVerb: Verb = {
  name: 'link',
  usage: 'link LEASE PLATFORM KIND ID --book BOOK',
  about: 'ties an id at a platform to a lease; KIND is customer, autopay or payer',
  operands: [4, 4],
  options: [],
  run: async (call) => {
    const [lease, platform, kind, externalId] = [0, 1, 2, 3].map((at) => operand(call, at));
    return withBook(call.io, bookRequest(call), (book) => {
      book.touch();
      const link = { lease, platform, kind, externalId };
      askApi(book.world, 'link', [link]);
      return { json: { ok: true, ...link }, lines: [`${externalId} at ${platform} is the ${kind} of ${lease}.`] };
    });
  },
};
