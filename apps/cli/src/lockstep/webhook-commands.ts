import type { Command } from 'commander';
import { served, type Run } from './served.ts';

export function addWebhookCommands(program: Command, run: Run): void {
  const webhook = program.command('webhook').description('who is told what happens');

  served(webhook.command('list'), 'list webhooks, the oldest first', 'webhook list --json').action((options: object) =>
    run(options, async (desk) => (await import('./actions/webhooks.ts')).listWebhooks(desk)),
  );
}
