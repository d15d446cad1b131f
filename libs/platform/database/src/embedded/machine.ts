/** What decides which PostgreSQL programs can run here. */
export type Machine = {
  readonly platform: string;
  readonly arch: string;
  /** Linux only: false where the C library is another one, such as Alpine's musl. */
  readonly glibc: boolean;
};

export function thisMachine(): Machine {
  return { platform: process.platform, arch: process.arch, glibc: process.platform !== 'linux' || hasGlibc() };
}

function hasGlibc(): boolean {
  // Without this the report looks up the name of every open connection. Node's types do not know it yet.
  Object.assign(process.report, { excludeNetwork: true });
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return report.header?.glibcVersionRuntime !== undefined;
}
