/**
 * How to collect the configuration of one kind of device: data and pure functions, nothing that runs by itself.
 *
 * Every pattern takes linear time. All but `secrets` are matched against one line without its end.
 */
export type DeviceModel = ShellModel | ExecModel;

type Common = {
  readonly name: string;
  /** The answer of a device that does not know, or does not allow, a command: one of its first lines matches. */
  readonly rejections: readonly RegExp[];
  /** Lines that change although nobody changed the configuration. */
  readonly volatile: readonly RegExp[];
  /** How a whole configuration is typed back in; null where it is none that can be typed. */
  readonly restore: RestoreFrame | null;
  /** Matched against the whole text, with the flags `gm`. Group 1 may be seen, the rest of the match may not. */
  readonly secrets: readonly RegExp[];
};

/** Lines to type before and after the configuration. Nothing in them makes the device keep it over a restart. */
export type RestoreFrame = { readonly before: readonly string[]; readonly after: readonly string[] };

/** A device that is spoken to as a person would: prompt, command, answer, prompt. */
export type ShellModel = Common & {
  readonly mode: 'shell';
  /** What a prompt may look like. Which one it is, the dialogue learns from the device. */
  readonly prompt: RegExp;
  readonly pagers: readonly Pager[];
  /** Commands that make the answer easier to read. A device that does not know them is not in the way. */
  readonly preparation: readonly string[];
  readonly command: string;
  readonly logout: string;
  readonly proof: ShellProof;
};

/** A device that runs one command per channel and says how it went. */
export type ExecModel = Common & {
  readonly mode: 'exec';
  readonly commands: readonly string[];
  /** Written above the answer of each command, where the configuration is made of several. */
  readonly heading: ((command: string) => string) | null;
  readonly proof: ExecProof;
};

/** A line that stands until a key is pressed. */
export type Pager = { readonly line: RegExp; readonly key: string };

/** The configuration is whole when the prompt follows it, the logout follows the prompt, and then only the close. */
export type ShellProof = {
  /** The first line of every whole configuration, where the device writes one. */
  readonly header: string | null;
  /** The last line of every whole configuration, where the device writes one. */
  readonly endMarker: string | null;
  /** Whether the device must echo the logout: the one sign of a true prompt where there is no end marker. */
  readonly logoutEcho: 'required' | 'optional';
};

/** The configuration is whole when each command ended with status 0, end of file and close, and its text has this form. */
export type ExecProof = { readonly form: TextForm | null };

export type TextForm = {
  readonly says: string;
  /** What is wrong with the text, as the end of a sentence that begins with "the answer"; null when nothing is. */
  readonly flaw: (text: string) => string | null;
};
