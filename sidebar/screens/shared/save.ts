/** A text as a file that the browser saves; it is made in the page. */
export function save(name: string, text: string, type: 'text/csv' | 'text/html' = 'text/csv'): void {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  // The page's base opens links in a new tab; a file needs none.
  link.target = '_self';
  link.click();
  // The browser reads the file after this turn; a minute is far more than it takes.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
