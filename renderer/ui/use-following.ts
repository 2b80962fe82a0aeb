import { useLayoutEffect, useRef, useState } from 'react';

/** The reader who scrolled this far up is reading: new text does not pull the page away. */
const nearEndPx = 40;

/** Keeps the newest of a scrolled `content` in view while the reader is at the end. */
export function useFollowing(content: unknown) {
  const scroller = useRef<HTMLDivElement>(null);
  const [isAtEnd, setAtEnd] = useState(true);
  const jump = () => {
    setAtEnd(true);
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  };
  const onScroll = () => {
    const element = scroller.current;
    if (element !== null) setAtEnd(element.scrollHeight - element.scrollTop - element.clientHeight < nearEndPx);
  };
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element !== null && isAtEnd) element.scrollTop = element.scrollHeight;
  }, [content, isAtEnd]);
  return { scroller, isAtEnd, onScroll, jump };
}
