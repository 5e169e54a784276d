/** As much of an address as may be shown to whoever holds a link, and told in the Log: `m…@example.com`, `…4567`. */

/** Of several addresses each is masked. */
export const masked = (addresses: string): string =>
  addresses
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')
    .map(maskedOne)
    .join(', ');

function maskedOne(address: string): string {
  const at = address.lastIndexOf('@');
  if (at > 0) return `${[...address][0]}…${address.slice(at)}`;
  const digits = address.replace(/\D/g, '');
  return digits.length > 6 ? `…${digits.slice(-4)}` : '…';
}
