import type { Keys, KeysOf } from '#testing/order';

type Declared = Readonly<Record<string, Keys | ((...args: readonly never[]) => Keys)>>;

const reads = (...keys: readonly string[]): Keys => ({ reads: keys });
const writes = (...keys: readonly string[]): Keys => ({ writes: keys });

/**
 * What the calls of the corpus read and write, by program. A program that shares memory beside its ports has none: its steps touch
 * more than their calls tell.
 */
const declared: Readonly<Record<string, Declared>> = {
  'lost update': {
    'Accounts.find': reads('account'),
    'Accounts.save': writes('account'),
    'Accounts.add': writes('account'),
  },
  'check-then-act uniqueness': {
    'Members.isTaken': reads('members'),
    'Members.add': writes('members'),
    'Members.addUnlessTaken': writes('members'),
  },
  'double claim': {
    'Jobs.nextQueued': reads('jobs'),
    'Jobs.assign': writes('jobs'),
    'Jobs.assignIfQueued': writes('jobs'),
  },
  'cancel against complete': {
    'Orders.stateOf': reads('order'),
    'Orders.move': writes('order'),
    'Orders.moveIfOpen': writes('order'),
    'Warehouse.send': writes('warehouse'),
    'Payments.refund': writes('payments'),
  },
  'out-of-order events': {
    'Depots.addressOf': reads('depots'),
    'Tracking.save': writes('parcel'),
    'Tracking.saveIfNewer': writes('parcel'),
  },
  'lock order': {
    'Locks.acquire': (name: string) => writes(`lock of ${name}`),
    'Locks.release': (name: string) => writes(`lock of ${name}`),
    'Ledger.book': writes('ledger'),
  },
  'lost wake-up': {
    'Queue.take': writes('queue'),
    'Queue.put': writes('queue'),
    'Bell.rings': reads('bell'),
    'Bell.ring': writes('bell'),
    'Bell.ringsBeyond': reads('bell'),
  },
  'read skew': {
    'Accounts.balanceOf': (id: string) => reads(id),
    'Accounts.balances': reads('checking', 'savings'),
    'Accounts.transfer': writes('checking', 'savings'),
  },
  'write skew': {
    'TeamTransaction.run': reads('rows'),
    'SnapshotTeam.admins': reads('rows'),
    'SnapshotTeam.dismiss': writes('rows'),
    'SnapshotTeam.touch': writes('rows'),
  },
  'last writer wins': { 'Devices.find': reads('device'), 'Devices.update': writes('device') },
  'late answer after a time-out': {
    'Hotel.book': (trip: string) => writes(`room for ${trip}`),
    'Hotel.cancel': (trip: string) => writes(`room for ${trip}`),
    'Hotel.close': (trip: string) => writes(trip),
  },
  'cache filled with a stale value': {
    'Prices.find': reads('price'),
    'Prices.change': writes('price'),
    'Cache.get': reads('cache'),
    'Cache.put': writes('cache'),
    'Cache.putIfNewer': writes('cache'),
  },
  'double submit': {
    'Requests.isKnown': reads('requests'),
    'Requests.note': writes('requests'),
    'Orders.place': writes('orders'),
  },
  'stale lease write': {
    'Leases.take': writes('lease'),
    'Leases.write': writes('result'),
    'Leases.writeFenced': writes('result'),
  },
  'pool exhaustion': {
    'Pool.take': writes('pool'),
    'Pool.give': writes('pool'),
    'Statements.run': ({ number }: { readonly number: number }) => writes(`connection ${number}`),
  },
  'listener registered after the event': {
    'Jobs.start': writes('jobs'),
    'Jobs.next': writes('jobs'),
    'Events.subscribe': writes('events'),
    'Events.publish': writes('events'),
  },
  'retry of what is not idempotent': {
    'Shows.find': reads('show'),
    'Shows.sell': writes('show'),
    'Mailer.sendTicket': (guest: string) => writes(`mail to ${guest}`),
  },
  'changed and changed back': {
    'Expenses.find': reads('expense'),
    'Expenses.moveFrom': writes('expense'),
    'Expenses.moveAsRead': writes('expense'),
  },
  'given up silently': { 'Stock.find': reads('stock'), 'Stock.update': writes('stock') },
};

/** Undefined where nothing is declared: then everything counts as touched. */
export function touchedBy(program: string): KeysOf | undefined {
  const calls = declared[program];
  if (calls === undefined) return undefined;
  return ({ what, args }) => {
    const keys = calls[what];
    return typeof keys === 'function' ? keys(...(args as never[])) : keys;
  };
}
