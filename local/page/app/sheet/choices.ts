/** Which choices of a dropdown are offered while somebody types. */

const MOST = 60;

/** Choices that hold what is typed; all of them as long as the text is the cell's own. */
export function fitting(choices: readonly string[], typed: string, isUntouched: boolean): readonly string[] {
  const wanted = typed.trim().toLowerCase();
  if (wanted === '' || isUntouched) return choices.slice(0, MOST);
  return choices.filter((choice) => choice.toLowerCase().includes(wanted)).slice(0, MOST);
}
