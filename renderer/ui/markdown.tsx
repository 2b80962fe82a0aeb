import MarkdownIt from 'markdown-it';
import { useMemo } from 'react';
import './markdown.css';

/** No HTML, no scripts; a picture loads only when it lies in the notebook itself. */
const renderer = new MarkdownIt({ html: false, linkify: false, breaks: false });
const localImage = /^data:image\/(?:png|jpeg|gif|webp);base64,/i;
const webLink = /^https?:\/\//i;

const { image: drawImage } = renderer.renderer.rules;
renderer.renderer.rules.image = (tokens, index, options, environment, self) => {
  const token = tokens[index];
  const address = String(token?.attrGet('src') ?? '');
  if (token === undefined || !localImage.test(address))
    return `<em>${renderer.utils.escapeHtml(token?.content ?? '')}</em>`;
  return drawImage === undefined
    ? self.renderToken(tokens, index, options)
    : drawImage(tokens, index, options, environment, self);
};
renderer.renderer.rules.link_open = (tokens, index, options, _environment, self) => {
  const token = tokens[index];
  const address = String(token?.attrGet('href') ?? '');
  if (webLink.test(address)) {
    token?.attrSet('target', '_blank');
    token?.attrSet('rel', 'noopener noreferrer');
  } else token?.attrSet('href', '#');
  return self.renderToken(tokens, index, options);
};
// Pictures of a notebook's own attachments come as data addresses, which markdown-it refuses unless told.
const plain = new MarkdownIt();
renderer.validateLink = (address) => localImage.test(address) || plain.validateLink(address);

export type Attachments = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** `attachment:name` becomes the picture that travels in the cell. */
function withAttachments(source: string, attachments: Attachments): string {
  return source.replace(/\(attachment:([^)\s]+)\)/g, (whole, name: string) => {
    const [kind, data] = Object.entries(attachments[name] ?? {})[0] ?? [];
    return typeof data === 'string' ? `(data:${kind};base64,${data.replaceAll('\n', '')})` : whole;
  });
}

const noAttachments: Attachments = {};

/** Markdown from an activity or a learner, as safe as plain text. */
export function Markdown({
  source,
  attachments = noAttachments,
  className = '',
}: {
  readonly source: string;
  readonly attachments?: Attachments;
  readonly className?: string;
}) {
  const html = useMemo(() => renderer.render(withAttachments(source, attachments)), [source, attachments]);
  return <div className={`markdown ${className}`} dangerouslySetInnerHTML={{ __html: html }} />;
}

/** One line: code and emphasis, no blocks. */
export function InlineMarkdown({ source }: { readonly source: string }) {
  const html = useMemo(() => renderer.renderInline(source), [source]);
  return <span className="markdown-inline" dangerouslySetInnerHTML={{ __html: html }} />;
}
