export type Durability = 'durable' | 'throwaway';

const ALWAYS = { listen_addresses: '127.0.0.1', unix_socket_directories: '', timezone: 'UTC', log_timezone: 'UTC' };

/** What is committed survives a crash of the process and of the machine. The defaults, said here so that they stay. */
const DURABLE = { fsync: 'on', full_page_writes: 'on', synchronous_commit: 'on' };

/** Nothing is to survive; many short sessions of parallel tests. */
const THROWAWAY = {
  ...{ fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' },
  ...{ jit: 'off', autovacuum_naptime: '5s', max_connections: '200' },
  // Shared memory in the folder of the cluster, so that a server which is killed leaves none behind.
  dynamic_shared_memory_type: 'mmap',
};

export function settingsFor(durability: Durability): { auth: 'scram-sha-256' | 'trust'; settings: string[] } {
  const chosen = { ...ALWAYS, ...(durability === 'durable' ? DURABLE : THROWAWAY) };
  return {
    // Checking a password takes longer than all the rest of connecting, and a throwaway cluster has nothing to protect.
    auth: durability === 'durable' ? 'scram-sha-256' : 'trust',
    settings: Object.entries(chosen).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  };
}
