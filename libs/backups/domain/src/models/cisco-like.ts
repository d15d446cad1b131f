import type { RestoreFrame } from './device-model.ts';

/** What prompts look like where a host name is followed by `#` or `>`. A banner's row of `#` is none. */
export const HOST_PROMPT = /^[A-Za-z0-9_][\w.:@()/-]{0,127}[>#] ?$/;

/** How a configuration is pasted where it is a list of commands. Whether it is to be kept is for the person to say. */
export const CONFIGURE_TERMINAL: RestoreFrame = { before: ['configure terminal'], after: ['end'] };

/** How the systems that descend from the same command line show their secrets. */
export const CISCO_LIKE_SECRETS: readonly RegExp[] = [
  /^((?! *(?:description|remark) ).*?\b(?:password|secret) (?:\d+ |sha512 )?)\S.*/gm,
  /^( *(?:client \S+ |(?:tacacs|radius)-server (?:host \S+ )?)?key (?!chain )(?!\d+$)(?:\d+ )?)\S.*/gm,
  /^( *(?:tacacs|radius)-server host .*? key (?:\d+ )?)\S.*/gm,
  /(\b(?:server-key|key-string|pre-shared-key|shared-secret|pac-key) (?:\d+ )?)\S.*/gm,
  /(\b(?:set-key|wpa-psk) (?:ascii|hex) (?:\d+ )?)\S.*/gm,
  /(\bauthentication-key \d+ \S+ (?:\d+ )?)\S+/gm,
  /(\bmessage-digest-key \d+ \S+ (?:\d+ )?)\S+/gm,
  /^( *ip ospf authentication-key (?:\d+ )?)\S+/gm,
  /(\bauthentication (?:text|simple) )\S+/gm,
  /^( *crypto isakmp key (?:\d+ )?)\S+/gm,
  /^( *snmp-server community )(?:"[^"\n]*"|\S+)/gm,
  /^( *snmp mib community-map )\S+/gm,
  /^( *snmp-server host .*?\bversion (?:1|v1|2c|v2c) (?:community )?)\S+/gm,
  /^( *snmp-server host \S+ (?!version |vrf |traps? |informs? |use-vrf |source-interface )(?:community )?)\S+$/gm,
  /^( *snmp(?:-server user|v3 user) .*?\bauth(?:-pass)? )\S.*/gm,
];
