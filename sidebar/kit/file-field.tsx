/** A text file from this computer, read here; nothing is sent before the person says so. */
import { useState } from 'preact/hooks';
import { Field } from './fields';

/** What one call can carry, with room to spare. */
const MEGABYTES = 2;

/** Spreadsheets save CSV as UTF-8, or, on some computers, as Windows-1252. */
async function textOf(file: File): Promise<string> {
  const bytes = await file.arrayBuffer();
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

export function FileField(props: {
  readonly label: string;
  readonly accept: string;
  /** The most that is taken. */
  readonly megabytes?: number;
  readonly onText: (text: string, name: string) => void;
}) {
  const [wrong, setWrong] = useState<string | undefined>();
  const take = async (file: File | undefined) => {
    if (!file) return;
    const { megabytes = MEGABYTES } = props;
    if (file.size > megabytes * 1_000_000) {
      setWrong(`This file is larger than ${megabytes} MB. Split it.`);
      return;
    }
    setWrong(undefined);
    props.onText(await textOf(file), file.name);
  };
  return (
    <Field label={props.label} error={wrong}>
      {(wired) => (
        <input {...wired} type="file" accept={props.accept} onChange={(e) => void take(e.currentTarget.files?.[0])} />
      )}
    </Field>
  );
}
