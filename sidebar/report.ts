/** The text for whoever helps: what failed and in which version. No resident, no address, no amount. */

/** `id` and `kind` are those of the last trouble; '' where there was none. */
export const reportText = (id: string, kind: string, version: string): string =>
  [`Rent Ledger ${version}`, `Last error: ${kind || 'none'}${id ? `, id ${id}` : ''}`, 'What I did: '].join('\n');
