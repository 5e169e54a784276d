/** The legs of a message: rows of the Outbox that are one message by several ways. */
import fc from 'fast-check';
import { isMessage, legKey, legsOf, linkName, messageName, wayOf } from '../../src/domain/legs';
import { key } from '../../src/domain/values';

const row = (name: string) => ({ key: key(name) });

it.each([
  ['email:late:L-1:2026-12', 'email', 'late:L-1:2026-12'],
  ['sms:late:L-1:2026-12', 'sms', 'late:L-1:2026-12'],
  ['email:digest:Elm Street 5:2026-12-09', 'email', 'digest:Elm Street 5:2026-12-09'],
  ['sms:email:L-1', 'sms', 'email:L-1'],
  ['slack:thread:L-1:rent:L-1:2026-12', undefined, 'slack:thread:L-1:rent:L-1:2026-12'],
  ['event:azure-logic-apps:lease.late:rung:late:L-1', undefined, 'event:azure-logic-apps:lease.late:rung:late:L-1'],
  ['emails:late:L-1', undefined, 'emails:late:L-1'],
])('%s goes by %s and is the message %s', (name, way, message) => {
  expect(wayOf(row(name))).toBe(way);
  expect(isMessage(row(name))).toBe(way !== undefined);
  expect(messageName(row(name))).toBe(message);
});

it('legs of one message share its name and its link to pay', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.constantFrom('email', 'sms'), (name, way) => {
      const leg = { key: legKey(way, name) };
      expect(wayOf(leg)).toBe(way);
      expect(messageName(leg)).toBe(name);
      expect(linkName(leg)).toBe(`paylink:${name}`);
    }),
  );
});

it('a message has the legs of its name and no others, whichever of them asks', () => {
  const names = ['late:L-1', 'late:L-10', 'late:L-1:2', 'late-second:L-1'];
  const rows = names.flatMap((name) => [row(`email:${name}`), row(`sms:${name}`), row(`slack:${name}`)]);
  for (const name of names)
    for (const way of ['email', 'sms'] as const)
      expect(legsOf(rows, row(`${way}:${name}`)).map((each) => each.key)).toEqual([`email:${name}`, `sms:${name}`]);
  expect(legsOf(rows, row('slack:late:L-1')).map((each) => each.key)).toEqual(['slack:late:L-1']);
  expect(legsOf([row('email:late:L-2')], row('sms:late:L-1'))).toEqual([]);
});
