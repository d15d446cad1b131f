import { expect } from 'chai';
import { ContainerModule } from 'inversify';
import { raceScenario, type Program, type RaceScenario } from '../program.ts';

type Tokens = { readonly access: string; readonly refresh: string };

abstract class TokenStore {
  abstract read(): Promise<Tokens>;
  abstract write(tokens: Tokens): Promise<void>;
}

abstract class Authority {
  /** Takes a refresh token once. One that comes again was stolen, so all that came from it is worth nothing from then on. */
  abstract refresh(token: string): Promise<Tokens>;
  abstract accepts(access: string): Promise<boolean>;
}

class InMemoryTokenStore implements TokenStore {
  #tokens: Tokens = { access: 'expired', refresh: 'refresh 0' };

  async read(): Promise<Tokens> {
    return this.#tokens;
  }

  async write(tokens: Tokens): Promise<void> {
    this.#tokens = tokens;
  }
}

class InMemoryAuthority implements Authority {
  readonly #used = new Set<string>();
  isRevoked = false;

  async refresh(token: string): Promise<Tokens> {
    if (this.#used.has(token)) this.isRevoked = true;
    this.#used.add(token);
    return { access: `access ${this.#used.size}`, refresh: `refresh ${this.#used.size}` };
  }

  async accepts(access: string): Promise<boolean> {
    return access !== 'expired' && !this.isRevoked;
  }
}

class AccessTokens {
  protected readonly store: TokenStore;
  protected readonly authority: Authority;

  constructor(store: TokenStore, authority: Authority) {
    this.store = store;
    this.authority = authority;
  }

  async current(): Promise<string> {
    const { access, refresh } = await this.store.read();
    if (await this.authority.accepts(access)) return access;
    const fresh = await this.authority.refresh(refresh);
    await this.store.write(fresh);
    return fresh.access;
  }
}

class SharedAccessTokens extends AccessTokens {
  #underWay: Promise<string> | undefined;

  override current(): Promise<string> {
    return (this.#underWay ??= super.current().finally(() => (this.#underWay = undefined)));
  }
}

function scenario(UseCase: typeof AccessTokens): RaceScenario {
  return raceScenario({
    world: () => new InMemoryAuthority(),
    modules: (authority) => [
      new ContainerModule(({ bind }) => {
        bind(TokenStore).toResolvedValue(() => new InMemoryTokenStore());
        bind(Authority).toConstantValue(authority);
        bind(UseCase).toResolvedValue((store, authority) => new UseCase(store, authority), [TokenStore, Authority]);
      }),
    ],
    actors: async (get) => {
      const tokens = await get(UseCase);
      return { upload: () => tokens.current(), download: () => tokens.current() };
    },
    check: ({ isRevoked }) => expect(isRevoked).to.equal(false),
  });
}

export const doubleRefresh: Program = {
  name: 'double refresh of a single-use token',
  fault: 'two requests find the access token expired, and both use the one refresh token',
  found: 'orders',
  faulty: scenario(AccessTokens),
  correct: scenario(SharedAccessTokens),
};
