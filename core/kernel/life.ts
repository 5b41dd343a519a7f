/** What a process owns; closing it drains and stops everything. */
export interface Life {
  close(): Promise<void>;
  /** Told once when the process begins to end, for the log. */
  onEnd?(why: string): void;
  /** After that the process ends with 1, drained or not. Default 8 000. */
  drainMilliseconds?: number;
}

/**
 * Ends the process cleanly on SIGTERM or SIGINT, and when the process that started it is gone (its IPC channel breaks):
 * a killed parent leaves no orphans.
 */
export function liveUntilTold({ close, onEnd, drainMilliseconds = 8_000 }: Life): void {
  let ending = false;
  const end = (why: string) => {
    if (ending) return;
    ending = true;
    onEnd?.(why);
    setTimeout(() => process.exit(1), drainMilliseconds).unref();
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', () => end('SIGTERM'));
  process.on('SIGINT', () => end('SIGINT'));
  process.on('disconnect', () => end('the parent process is gone'));
  // It went while this process was still loading.
  if (process.send && !process.connected) end('the parent process is gone');
}
