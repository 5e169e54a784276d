/** Which lease a form is about: where, who, how it stands, and what it owes. */
import type { LeaseLine } from '../../src/api/desk/told';
import { StatusChip } from './figures';
import { balanceText } from './words';

export const LeaseHead = ({ line }: { readonly line: LeaseLine }) => (
  <div class="lease-head">
    <b>{line.residents || line.lease}</b>
    <span class="quiet">
      {line.property} {line.unit}
    </span>
    <span class="lease-standing">
      <StatusChip word={line.word} standing={line.standing} />
      <span>{balanceText(line.balance)}</span>
    </span>
  </div>
);
