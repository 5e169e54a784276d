/** What a platform is told of the ledger, in plain words. */
import type { Connection } from '../../../src/api/desk/connections';

const WHAT: Readonly<Record<string, string>> = {
  standing: 'How each lease stands',
  receipt: 'Each payment',
  event: 'What happens: rent that is late, paid or returned',
  task: 'Tasks about a debt: opened, closed, opened again',
};
const WHOM: Readonly<Record<string, string>> = {
  'all leases': 'of all leases',
  'linked leases': 'of leases that the Links tab joins to it',
};

/** `standing: all leases; receipt: linked leases`, one sentence each; what a newer version wrote stands as it is. */
function sentences(told: string): readonly string[] {
  return told
    .split(';')
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => {
      const [, minutes] = /^figures every (\d+) minutes$/.exec(part) ?? [];
      if (minutes) return `Figures alone wait up to ${minutes} minutes; a change of standing goes at once.`;
      const [kind = '', whom = ''] = part.split(':').map((word) => word.trim());
      return WHAT[kind] && WHOM[whom] ? `${WHAT[kind]}, ${WHOM[whom]}.` : part;
    });
}

export function Told({ connection: { told, title } }: { readonly connection: Connection }) {
  if (!told) return null;
  return (
    <section class="part-of-card" aria-label={`What ${title} is told`}>
      <h4>It is told</h4>
      {sentences(told).map((text) => (
        <p key={text}>{text}</p>
      ))}
    </section>
  );
}
