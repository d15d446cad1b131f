import { layerNames, layers } from './layers.ts';

/** The layers as documents show them; a spec keeps what they show equal to this. */
export function layersTable(): string {
  const rows = layerNames.map((layer) => {
    const { folders, holds, imports } = layers[layer];
    return [
      `\`${layer}\``,
      folders.map((folder) => `\`${folder}\``).join(', '),
      holds,
      imports.join(', ') || 'nothing',
    ];
  });
  return [['layer', 'where', 'holds', 'imports'], ['---', '---', '---', '---'], ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}
