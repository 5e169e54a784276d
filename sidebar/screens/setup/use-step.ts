/** A change of the wizard: its good news goes to the top of the step, what is wrong to the fields that it is about. */
import type { FactsRefused } from '../../../src/api/desk/setup';
import { type Acting, type Came, useChange } from '../../use';

type SetupChange =
  | 'saveFacts'
  | 'importRoll'
  | 'demoPortfolio'
  | 'turnOn'
  | 'schedule'
  | 'revokePageLinks'
  | 'handOver';

/** What the script says of it; after a lost reply, what the Log says. */
const saysOf = (value: object): string => ('says' in value && typeof value.says === 'string' ? value.says : 'Done.');

export function useStep<Name extends SetupChange>(name: Name, onSaid: (text: string) => void): Acting<Name> {
  const act = useChange(name);
  const run: Acting<Name>['run'] = async (args) => {
    const value: Came<Name> | undefined = await act.run(args);
    if (value) onSaid(saysOf(value));
    return value;
  };
  return { ...act, run };
}

/** What is wrong with which field; empty where the refusal is about none. */
export const fieldFaults = ({ refusal }: Pick<Acting<'saveFacts'>, 'refusal'>): FactsRefused['fields'] =>
  refusal && 'fields' in refusal ? (refusal as FactsRefused).fields : {};
