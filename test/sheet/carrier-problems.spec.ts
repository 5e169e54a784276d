/** Carriers that are named and not connected are told, beside the cell that names them. */
import { bookOf, ELM, leaseOf, smallWorld, typeInto, type World } from '../worlds';

const carriersIn = (world: World) => (bookOf(world).problems ?? []).filter((each) => /is to carry/.test(each));
const problemsOf = (settings: Readonly<Record<string, string>>) =>
  carriersIn(smallWorld({ on: '2026-12-01', leases: [leaseOf('L-1')], settings }));

describe('a carrier', () => {
  it('that is Gmail, or none, needs no connection', () => {
    expect(problemsOf({ 'Mail by': 'gmail', 'Texts by': '' })).toEqual([]);
  });

  it.each([
    ['Mail by', 'sendgrid'],
    ['Mail by', 'mailgun'],
    ['Texts by', 'twilio'],
  ])('under %s that is not connected is a problem: %s', (setting, by) => {
    const [problem, ...others] = problemsOf({ [setting]: by });
    expect(others).toEqual([]);
    expect(problem).toContain(
      `Settings, ${setting}: ${by} is to carry messages here, but is not connected: they wait.`,
    );
  });

  it('of one property is a problem of its row', () => {
    const world = smallWorld({ on: '2026-12-01', leases: [leaseOf('L-1')] });
    typeInto(world, 'Properties', String(ELM.Property), 'Mail by', 'mailgun');
    expect(carriersIn(world)).toEqual([expect.stringMatching(/^Properties row 2, Mail by: mailgun is to carry/)]);
  });
});
