/** A file that is not a recording, and where that shows. */
export class RecordingInvalid extends Error {
  readonly file: string;
  readonly line: number;

  constructor({ file, line, problem }: { readonly file: string; readonly line: number; readonly problem: string }) {
    super(`${file}, line ${line}: ${problem}`);
    this.name = 'RecordingInvalid';
    this.file = file;
    this.line = line;
  }
}
