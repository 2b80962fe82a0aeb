import { cleanup, render } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { Markdown } from '../../../renderer/ui/markdown.tsx';

afterEach(cleanup);
const drawn = (source: string, attachments = {}) =>
  render(<Markdown source={source} attachments={attachments} />).container;

test('HTML and scripts of a notebook are shown as text', () => {
  const page = drawn('<script>alert(1)</script> <img src=x onerror=alert(1)> [x](javascript:alert(1))');
  expect(page.querySelector('script, img, a')).toBeNull();
  expect(page.textContent).toContain('<script>alert(1)</script>');
});

test('a remote picture is never loaded; its description stays', () => {
  const page = drawn('![un gráfico](https://example.com/p.png)');
  expect(page.querySelector('img')).toBeNull();
  expect(page.textContent).toContain('un gráfico');
});

test('a drawing that could hold scripts is not a picture, whether it travels in the cell or in its text', () => {
  const svg = 'data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9ImFsZXJ0KDEpIi8+';
  const page = drawn(`![uno](${svg}) ![dos](attachment:p.svg)`, { 'p.svg': { 'image/svg+xml': 'PHN2Zy8+' } });
  expect(page.querySelector('img, svg')).toBeNull();
});

test('a picture that travels in the cell is shown', () => {
  const page = drawn('![foto](attachment:p.png)', { 'p.png': { 'image/png': 'iVBORw0KGgo=' } });
  expect(page.querySelector('img')?.getAttribute('src')).toBe('data:image/png;base64,iVBORw0KGgo=');
});

test('a link opens outside and tells nobody where it came from', () => {
  const link = drawn('[Spark](https://spark.apache.org)').querySelector('a');
  expect(link?.getAttribute('target')).toBe('_blank');
  expect(link?.getAttribute('rel')).toContain('noopener');
});
