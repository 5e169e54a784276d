/** The digest's figures of messages: mails and texts to residents, and nothing that platforms and channels are told. */
import { addDays, day, instantOf } from '../../src/domain/calendar';
import { digests } from '../../src/domain/digest';
import { key } from '../../src/domain/values';
import { bookWith, leg, NOW, PROPERTY, RUN } from './messaging';

it('counts what went to residents since the day before', () => {
  const yesterday = instantOf(addDays(day('2026-12-09'), -1), 10, 0, PROPERTY.zone);
  const sent = (name: string, more = {}) => leg('email', { key: key(name), updatedAt: yesterday, ...more });
  const outbox = [
    sent('email:late:L-1:2026-12'),
    sent('sms:late:L-1:2026-12', { channel: 'twilio', updatedAt: NOW }),
    sent('email:late:L-2:2026-12', { state: 'failed' }),
    sent('email:receipt:stripe:p1', { updatedAt: yesterday - 2 * 86_400_000 }),
    sent('email:digest:Elm Street 5:2026-12-08', { kind: 'digest' }),
    sent('standing:google-sheets:L-1:1a2b3c4d', { channel: 'google-sheets', kind: 'standing' }),
    sent('event:azure-logic-apps:lease.late:x', { channel: 'azure-logic-apps', kind: 'event' }),
    sent('slack:thread:lease.late:x', { channel: 'slack', kind: 'thread' }),
  ];
  const [mail] = digests(bookWith(), outbox, RUN, [PROPERTY.name]);
  expect(mail?.payload.fields).toEqual(expect.objectContaining({ sent_count: '2' }));
});
