export class TimeoutError extends Error {
  override readonly name = "TimeoutError";
}

/** For promises of the browser's that may never settle. */
export async function withTimeout<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    const late = () => reject(new TimeoutError(`No answer within ${milliseconds} ms.`));
    timer = setTimeout(late, milliseconds);
  });
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
