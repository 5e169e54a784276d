/** The people of a setting: addresses separated by commas, each with the properties it may see in brackets, or all of them. */

export interface Listed {
  /** Lower case. */
  readonly mail: string;
  /** Lower case; left out: all properties. */
  readonly properties?: readonly string[];
}

/** `ann@example.com, bob@example.com (Elm House; Oak Court)`. What is no address is left out: it opens nothing. */
export function readPeopleList(text: string): readonly Listed[] {
  return [...text.matchAll(/([^\s,;()]+@[^\s,;()]+)\s*(\(([^)]*)\))?/g)].map(([, mail = '', brackets, inside = '']) => {
    const properties = inside
      .split(';')
      .map((each) => each.trim().toLowerCase())
      .filter((each) => each !== '');
    return { mail: mail.toLowerCase(), ...(brackets === undefined ? {} : { properties }) };
  });
}
