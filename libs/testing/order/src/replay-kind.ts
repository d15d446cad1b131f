import type { ReplayKind } from '#testing/report';

export const ORDER: ReplayKind = { variable: 'LOCKSTEP_TEST_ORDER', what: 'an order', example: '4b9c' };
