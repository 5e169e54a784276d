/** Setup: six steps that can be left and taken up again, and the hand-over to another owner. */
import { Shown } from '../kit';
import type { Params } from '../route';
import { useAsked } from '../use';
import { Wizard } from './setup/wizard';

export function Setup({ params }: { readonly params: Params }) {
  const asked = useAsked('setupView', {});
  return (
    <Shown asked={asked} rows={6}>
      {(view) => <Wizard view={view} wanted={params.step} />}
    </Shown>
  );
}
